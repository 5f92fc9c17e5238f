"""Golden documents of the small prefecture. `python -m tests.notices.golden` writes them again; read the difference.

A golden file is the outline of an HTML document: a line a block, `tag.class text`, a table row a line. What changes
from run to run (ids, hashes, the parts that stay on the screen) is left out.
"""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from analytics.notices.campaign import Campaign
from analytics.notices.period import read_period
from analytics.notices.write import write_notices

if TYPE_CHECKING:
    from tests.notices.conftest import Judged

FOLDER = Path(__file__).parent / "golden"
CAMPAIGN = Campaign(
    issuer="岚川市人民政府办公室",
    number="岚政办〔2026〕7号",
    region="全市",
    period=read_period("检查周"),
    recipients=("各县（市、区）人民政府", "市政府各部门"),
    legal_basis=("《政府网站发展指引》（国办发〔2017〕47号）",),
    deadline_on=date(2026, 12, 10),
    report_to="市政府办公室政务公开科",
    contact="李四",
    phone="0999-1234567",
    signed_on=date(2026, 11, 25),
    publicity="此件公开发布",
    copied_to=("省政府办公厅",),
    demands=("各单位要把外链纳入日常巡检范围。",),
    documents=("circular", "rectification_notice"),
)
_BLOCKS = "h1, h2, h3, p, tr, hr"


def outlines(judged: Judged) -> dict[str, str]:
    """File of the golden folder → outline of the document, of the second day."""
    written = write_notices(judged.data, judged.assessments[1], CAMPAIGN)
    paths = (*written.of("circular"), *written.of("rectification_notice"))
    return {f"{path.stem}.txt": outline(path.read_text("utf-8")) for path in paths}


def outline(html: str) -> str:
    main = LexborHTMLParser(html).css_first("main")
    for screen in main.css(".screen, .blank-page"):
        screen.decompose()
    return "".join(f"{_line(node)}\n" for node in main.css(_BLOCKS))


def _line(node) -> str:
    name = ".".join([node.tag, *(node.attributes.get("class") or "").split()])
    if node.tag == "tr":
        return f"{name} {' | '.join(_text(cell) for cell in node.iter())}"
    return f"{name} {_text(node)}".rstrip()


def _text(node) -> str:
    return re.sub(r"\s+", " ", node.text(separator=" " if node.tag in {"td", "th"} else "")).strip()


def main() -> None:
    from tests.notices.conftest import judge_two_days  # noqa: PLC0415 - the fixtures' own prefecture

    with tempfile.TemporaryDirectory() as place:
        made = outlines(judge_two_days(Path(place)))
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    FOLDER.mkdir(exist_ok=True)
    for name, text in made.items():
        (FOLDER / name).write_text(text, "utf-8")
        sys.stdout.write(f"{FOLDER / name}\n")


if __name__ == "__main__":
    main()
