"""What is read of a page arrives in its record by the names of the fields alone."""

from dataclasses import asdict, dataclass, field, fields

import pytest

from govcrawl.network.requests import FetchFacts
from govcrawl.pages.markup.document import Document
from govcrawl.pages.read import PageRead
from govcrawl.records.items import Page, PageFacts, carried
from govcrawl.records.outcomes import Outcome

URL = "http://www.lanchuan.gov.cn/"
FETCHED = FetchFacts(
    url=URL,
    final_url=f"{URL}index.html",
    status=200,
    outcome=Outcome.OK,
    fetched_at="2026-11-22T02:00:00.000000",
    elapsed_s=0.3,
    redirects=[URL],
    content_type="text/html",
    size_bytes=9,
    body=b"<p>",
    rendered=True,
    depth=2,
)


def test_every_field_a_page_says_of_itself_reaches_its_record():
    said = {each.name: f"<{each.name}>" for each in fields(PageFacts)}
    read = PageRead(document=Document("", URL), **said)

    page = Page(**carried(FETCHED, Page) | carried(read, PageFacts) | {"site_code": "6500000001"})

    assert said == {name: value for name, value in asdict(page).items() if name in said}


def test_what_became_of_a_request_reaches_the_record_of_its_page():
    page = Page(**carried(FETCHED, Page), site_code="6500000001")

    assert {"url", "final_url", "status", "outcome", "fetched_at", "elapsed_s", "depth", "rendered"} <= {
        name for name in carried(FETCHED, Page) if getattr(page, name) == getattr(FETCHED, name)
    }
    assert (page.size_bytes, page.content_type, page.redirects) == (9, "text/html", [URL])


@pytest.mark.parametrize("name", [each.name for each in fields(PageFacts)])
def test_a_page_that_says_nothing_has_a_value_for_every_field(name):
    assert getattr(PageRead(document=Document("", URL)), name) == getattr(PageFacts(), name)


def test_a_new_field_travels_without_being_named_again():
    @dataclass
    class Wider(PageFacts):
        newest: list[str] = field(default_factory=list)

    assert ["x"] == carried(Wider(newest=["x"]), Wider)["newest"]
