"""Whole nights on a site whose pages are damaged: a fault is called mended only by its own page, read again or gone.

Every page of the site carries faults: a link that is dead and no official tags. What happens to it on the second night
differs from page to page; the pages are dealt their damage at random, by a seed that a failure names.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.netlab.server import Asked, Reaction, Server, answer, reset
from tests.night.small_night import small_night

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

HOST = "www.proof-example.gov.cn"
FIRST = date(2026, 11, 22)
TEXT = "<p>现将有关事项通知如下,请认真贯彻执行,并于月底前报送落实情况。</p>" * 5


def body(title: str, more: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>{more}</body></html>"


def article(number: int) -> bytes:
    more = f'<p>发布时间:2026-11-{10 + number % 10}</p>{TEXT}<p><a href="/files/{number}.pdf">附件{number}</a></p>'
    return answer(body(f"关于第{number}号事项的通知", more))


def listing(numbers: list[int], address: str) -> bytes:
    rows = "".join(
        f'<li><a href="{address.format(number)}">关于第{number}号事项的通知</a></li>' for number in numbers
    )
    return answer(body("某局", f'<div class="list"><ul>{rows}</ul></div>'))


def too_large(connection: socket.socket, _: Asked) -> None:
    connection.sendall(answer(body("大", f"<p>{'段落' * 2000}</p>" * 1_200)))


DAMAGES: dict[str, bytes | Reaction] = {
    "blank": answer("<html><body>\n</body></html>"),
    "only a script": answer("<html><script src=/gate/x.js></script></html>"),
    "a gate in words of its own": answer(
        "<script>let k=1</script><div>本站正在核实访问来源,片刻后自动转入,请勿关闭窗口。</div>"
    ),
    "an empty shell": answer("<html><body><div id=main-view></div><script type=module src=/app.js></script></body>"),
    "a frame": answer("<html><frameset rows=*><frame src=/inner.html></frameset></html>"),
    "refused": answer("no", status=403),
    "broken": answer("oops", status=503),
    "reset": reset,
    "too large": too_large,
    "another file": answer(b"%PDF-1.4 ...", content_type="text/html"),
}  # fmt: skip


def night(folder: Path, port: int, day: date, *settings: str) -> None:
    registry = folder / "registry"
    registry.mkdir(exist_ok=True)
    row = f"3414009901,某局,http://{HOST}/,某局,http"
    (registry / "sites.csv").write_text(f"site_code,name,home_url,unit,render\n{row}\n", "utf-8")
    rule = f"{HOST}:80:127.0.0.1:{port}"
    small_night(registry, folder / "data", day, "--workers", 1, "--resolve", rule, settings=settings)


def states(folder: Path, check: str) -> dict[str, str]:
    with duckdb.connect(str(folder / "data/published/latest.duckdb"), read_only=True) as db:
        rows = db.execute("SELECT subject_url, state FROM ledger WHERE check_id = ?", [check]).fetchall()
    return {subject.removeprefix(f"http://{HOST}"): state for subject, state in rows}


def gone_with_their_pages(folder: Path) -> set[str]:
    with duckdb.connect(str(folder / "data/published/latest.duckdb"), read_only=True) as db:
        rows = db.execute(
            "SELECT subject_url FROM ledger WHERE page_gone AND check_id <> 'link-dead'"
        ).fetchall()
    return {subject.removeprefix(f"http://{HOST}") for (subject,) in rows}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server({}) as one:
        yield one


def test_damaged_pages_mend_nothing_and_read_ones_do(tmp_path: Path, server: Server) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    numbers = list(range(1, len(DAMAGES) + 4))
    pages = {f"/xx/{number}.html": article(number) for number in numbers}
    server.paths.update(pages, **{"/": listing(numbers, "/xx/{}.html")})
    night(tmp_path, server.port, FIRST)
    dead, untagged = states(tmp_path, "attachment-dead"), states(tmp_path, "tags-missing")
    assert {f"/files/{number}.pdf" for number in numbers} <= dead.keys()
    assert untagged  # a sample of the pages
    assert untagged.keys() <= pages.keys()

    dealt = dict(zip(chance.sample(numbers, len(DAMAGES)), DAMAGES, strict=True))
    server.paths |= {f"/xx/{number}.html": DAMAGES[damage] for number, damage in dealt.items()}
    night(tmp_path, server.port, FIRST + timedelta(days=1))
    for check in ("attachment-dead", "tags-missing"):
        mended = {subject for subject, state in states(tmp_path, check).items() if state == "fixed"}
        assert not mended, (seed, check, mended, dealt)

    gone, *others = numbers
    tag = '<meta name="SiteName" content="某局"><meta name="SiteDomain" content="x"><meta name="SiteIDCode" content="3414009901">'
    tag += '<meta name="ArticleTitle" content="通知"><meta name="PubDate" content="2026-11-20"><meta name="ContentSource" content="某局">'
    for number in others:  # the link is taken away, the tags are added
        server.paths[f"/xx/{number}.html"] = answer(
            body(f"关于第{number}号事项的通知", TEXT).replace("</head>", f"{tag}</head>")
        )
    del server.paths[f"/xx/{gone}.html"]
    night(tmp_path, server.port, FIRST + timedelta(days=2))
    assert {"fixed"} == {states(tmp_path, "attachment-dead")[f"/files/{number}.pdf"] for number in numbers}
    assert {"fixed"} == {states(tmp_path, "tags-missing")[subject] for subject in untagged}
    assert {f"/files/{gone}.pdf", *({f"/xx/{gone}.html"} & untagged.keys())} == gone_with_their_pages(
        tmp_path
    )


def test_a_page_pushed_out_of_its_quota_keeps_its_fault(tmp_path: Path, server: Server) -> None:
    limits = ("SITE_MAX_PER_TEMPLATE=6", "SITE_MAX_PER_QUERY_TEMPLATE=6")
    address = "/show.asp?id={}&amp;lm=3"
    server.paths |= {f"/show.asp?id={number}&lm=3": article(number) for number in range(1, 40)}
    server.paths["/"] = listing(list(range(1, 6)), address)
    night(tmp_path, server.port, FIRST, *limits)
    assert "new" == states(tmp_path, "attachment-dead")["/files/3.pdf"]

    server.paths["/"] = listing([*range(20, 40), *range(1, 6)], address)  # twenty newer ones stand before it
    night(tmp_path, server.port, FIRST + timedelta(days=1), *limits)
    assert "open" == states(tmp_path, "attachment-dead")["/files/3.pdf"]
    assert server.asked_for("/show.asp?id=3&lm=3")
