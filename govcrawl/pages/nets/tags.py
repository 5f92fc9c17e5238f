"""The net for the official tags: anything in the head that is called like one of the group and says something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.facts.tags import GROUPS, is_template_word
from govcrawl.pages.nets.snippet import LONGEST, around

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

_NOT_LETTERS: Final = re.compile(r"[^a-z]")
_MOST_TAGS: Final = 200


def tag_groups(doc: Document, missing: Iterable[str]) -> dict[str, str]:
    """Of the tag groups `missing` those that may be there under another spelling, as `<group>_tags` → snippet."""
    found: dict[str, str] = {}
    elements = doc.tree.css("meta, [itemprop]" if "itemprop" in doc.source else "meta")[:_MOST_TAGS]
    for group in missing:
        names = {name.lower(): name for name in GROUPS[group]}
        snippet = next(filter(None, (_tag(node, names) for node in elements)), None)
        snippet = snippet or _in_scripts(doc, names)
        if snippet:
            found[f"{group}_tags"] = snippet
    return found


def _tag(node: LexborNode, names: dict[str, str]) -> str | None:
    """An element with one attribute called like a tag and another that says something; blank and template words do not."""
    attributes = {key: " ".join((value or "")[:LONGEST].split()) for key, value in node.attributes.items()}
    for key, value in attributes.items():
        name = next((names[word] for word in (_letters(value), _letters(key)) if word in names), None)
        if name is None:
            continue
        others = [said for other, said in attributes.items() if other != key or _letters(key) in names]
        if any(said and not is_template_word(name, said) and _letters(said) not in names for said in others):
            return " ".join(f'{other}="{said}"' for other, said in attributes.items() if said)[:LONGEST]
    return None


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.lower())


def _in_scripts(doc: Document, names: dict[str, str]) -> str | None:
    """A script of the page that speaks of meta tags and of one of these."""
    for script in doc.scripts:
        if "meta" in script.lower():
            for name in names.values():
                at = script.lower().find(name.lower())
                if at >= 0:
                    return around(script, at, at + len(name))
    return None
