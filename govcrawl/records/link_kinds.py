"""What a link leads to, by the element that names it and the ending of its address."""

from enum import StrEnum

from govcrawl.records.vocabulary import WordSet


class LinkKind(StrEnum):
    """The `kind` of a `Link`."""

    PAGE = "page"  # anchors, areas, buttons that lead to a page
    ATTACHMENT = "attachment"  # anchors that lead to a document or archive
    IMAGE = "image"  # pictures, icons, posters
    STYLE = "style"  # style sheets
    SCRIPT = "script"  # files of scripts
    FRAME = "frame"  # a page shown within the page
    REFRESH = "refresh"  # where the page sends its reader by itself
    MEDIA = "media"  # sound, film, embedded objects


LEADS_TO_PAGES = WordSet(
    "A page lies behind it. The visit reads those of its own site; the links spider checks the others.",
    LinkKind.PAGE,
    LinkKind.FRAME,
    LinkKind.REFRESH,
)
LEADS_TO_FILES = WordSet(
    "A file is promised. One that is empty, or is a page instead, is as good as dead.",
    LinkKind.ATTACHMENT,
    LinkKind.IMAGE,
)
READ_AS_LINKS = WordSet(
    "The clause on dead links means it. Attachments and images have clauses of their own; scripts and styles have none.",
    LinkKind.PAGE,
    LinkKind.FRAME,
    LinkKind.REFRESH,
    LinkKind.MEDIA,
)
CLICKED = WordSet(
    "A reader follows it or sees it as a page: what may lead to an unapproved or a closed site.",
    LinkKind.PAGE,
    LinkKind.FRAME,
    LinkKind.ATTACHMENT,
)
