"""Every number of every document is borne out: counted again from the raw rows by SQL that is not the product's.

A document's prose is read sentence by sentence: each sentence with a number has a rule here, which finds its numbers in
the raw tables. A number that no rule claims fails the test, so none can be added unseen.
"""

import re
import shutil
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest
from selectolax.lexbor import LexborHTMLParser

from analytics.notices.environment import TEMPLATES
from analytics.notices.intranet.index import write_index
from analytics.notices.write import figures_of, write_notices
from tests.notices.conftest import OFFICE
from tests.notices.golden import CAMPAIGN
from tests.warehouse.folders import TODAY

WORDING = tomllib.loads((TEMPLATES / "wording.toml").read_text("utf-8"))
REPORTED = "state IN ('found', 'confirmed')"
A = "assessment_id = getvariable('now')"
B = "assessment_id = getvariable('before')"
STANDING = "state IN ('new', 'open', 'reopened', 'overdue')"


@pytest.fixture(scope="module")
def ask(prefecture, tmp_path_factory):
    """One number by one statement over the raw tables."""
    judged, _ = prefecture
    copy = tmp_path_factory.mktemp("copy") / "published.duckdb"
    shutil.copy(judged.data / "published" / "latest.duckdb", copy)
    with duckdb.connect(copy, read_only=True) as connection:
        connection.execute(f"SET VARIABLE before = '{judged.assessments[0]}'")
        connection.execute(f"SET VARIABLE now = '{judged.assessments[1]}'")

        def answer(sql: str, *values: object) -> object:
            rows = connection.execute(sql, values).fetchall()
            assert [1] == [len(row) for row in rows], sql
            return rows[0][0]

        yield answer


# ---------- figures: numbers that are links


def of_group(group: str) -> str:
    checks = [name for name, words in WORDING["check"].items() if words["group"] == group]
    return f"check_id IN ({', '.join(map(repr, checks))})"


def verdict(table: str, words: str, of: str = A, more: str = "true") -> str:
    return f"SELECT count(*) FROM raw.{table} WHERE {of} AND verdict IN ({words}) AND {more}"


SITES, DONE = "site_result", "'qualified', 'unqualified'"
RECEIVED = f"CAST(received_at + INTERVAL 8 HOUR AS DATE) BETWEEN DATE '{TODAY - timedelta(days=1)}' AND DATE '{TODAY}'"
OVERDUE = f"'ticket:' || id IN (SELECT subject_url FROM raw.finding WHERE {A} AND check_id = 'ticket-overdue' AND {REPORTED})"
OF_BEFORE = f"finding_key IN (SELECT finding_key FROM raw.finding WHERE {B} AND {REPORTED})"
OF_NOW = f"finding_key IN (SELECT finding_key FROM raw.finding WHERE {A} AND {REPORTED})"
SETTLED = "state IN ('dismissed', 'explained', 'closed')"
UNIT = "SELECT site_code FROM raw.site WHERE unit = ?"


def count(what: str, *more: str, of: str = A) -> str:
    return f"SELECT {what} FROM raw.finding WHERE {' AND '.join((of, REPORTED, *more))}"


def own_sql(key: str, words: str) -> tuple[str, tuple[object, ...]]:
    """The statement, and its values, for a figure of the circular."""
    fixed = {
        "registered": "SELECT count(*) FROM raw.site WHERE status <> '关停'",
        "running": f"SELECT count(*) FROM raw.site_result WHERE {A}",
        "measured": verdict(SITES, DONE),
        "passed": verdict(SITES, "'qualified'"),
        "failed": verdict(SITES, "'unqualified'"),
        "unmeasured": verdict(SITES, "'unmeasured'"),
        "passed-before": verdict(SITES, "'qualified'", B),
        "measured-before": verdict(SITES, DONE, B),
        "faulty": count("count(DISTINCT site_code)"),
        "findings": count("count(*)", "site_code IS NOT NULL"),
        "accounts": f"SELECT count(*) FROM raw.account_result WHERE {A}",
        "accounts-measured": verdict("account_result", DONE),
        "accounts-passed": verdict("account_result", "'qualified'"),
        "accounts-failed": verdict("account_result", "'unqualified'"),
        "accounts-unmeasured": verdict("account_result", "'unmeasured'"),
        "accounts-findings": count("count(*)", "subject_url LIKE 'account:%'"),
        "tickets": f"SELECT count(*) FROM raw.ticket WHERE {RECEIVED}",
        "tickets-answered": f"SELECT count(*) FROM raw.ticket WHERE {RECEIVED} AND answered_at IS NOT NULL",
        "tickets-overdue": f"SELECT count(*) FROM raw.ticket WHERE {RECEIVED} AND {OVERDUE}",
        "tickets-decided": f"SELECT count(*) FROM raw.ticket WHERE {RECEIVED} AND (answered_at IS NOT NULL OR {OVERDUE})",
        "tickets-pending": f"SELECT count(*) FROM raw.ticket WHERE {RECEIVED} AND answered_at IS NULL AND NOT {OVERDUE}",
        "tickets-on-time": f"SELECT count(*) FROM raw.ticket WHERE {RECEIVED} AND answered_at IS NOT NULL AND NOT {OVERDUE}",
        "tickets-all-overdue": count("count(*)", "subject_url LIKE 'ticket:%'"),
        "earlier": count("count(*)", of=B),
        "fixed": f"SELECT count(*) FROM raw.ledger WHERE {A} AND {OF_BEFORE} AND NOT {OF_NOW} AND state = 'fixed'",
        "open": count("count(*)", OF_BEFORE),
        "settled": f"SELECT count(*) FROM raw.ledger WHERE {A} AND {OF_BEFORE} AND NOT {OF_NOW} AND {SETTLED}",
        "unchecked": f"SELECT count(*) FROM raw.ledger WHERE {A} AND {OF_BEFORE} AND NOT {OF_NOW} "
        f"AND NOT {SETTLED} AND state <> 'fixed'",
        "new": f"SELECT count(*) FROM raw.ledger WHERE {A} AND state = 'new' AND {OF_NOW}",
        "reopened": f"SELECT count(*) FROM raw.ledger WHERE {A} AND state = 'reopened' AND {OF_NOW}",
    }
    if key in fixed:
        return fixed[key], ()
    head, _, rest = key.partition("-")
    name, _, _ = words.partition("：")
    if head == "check":
        return count("count(*)", "check_id = ?"), (rest,)
    if head == "sites":
        return count("count(DISTINCT site_code)", of_group(rest), "site_code IS NOT NULL"), ()
    if head == "accounts":
        return count("count(DISTINCT subject_url)", of_group(rest), "site_code IS NULL"), ()
    if head == "level":
        level = {words: level for level, words in WORDING["level"].items()}[words.removesuffix("网站")]
        return (
            f"SELECT count(*) FROM raw.site_result WHERE {A} "
            "AND site_code IN (SELECT site_code FROM raw.site WHERE level = ?)"
        ), (level,)
    if head == "platform" and "：" in words:
        outcome = {"完成检测": DONE, "合格": "'qualified'", "不合格": "'unqualified'"}[
            words.partition("：")[2]
        ]
        of = "account_id IN (SELECT account_id FROM raw.account WHERE platform = ?)"
        return verdict("account_result", outcome, more=of), (name,)
    if head == "platform":
        return (
            f"SELECT count(*) FROM raw.account_result WHERE {A} "
            "AND account_id IN (SELECT account_id FROM raw.account WHERE platform = ?)"
        ), (words.removesuffix("账号"),)
    if head == "account":
        return count(
            "count(*)", "subject_url IN (SELECT 'account:' || account_id FROM raw.account WHERE name = ?)"
        ), (name,)
    if head == "unit":
        return {
            "running": f"SELECT count(*) FROM raw.site_result WHERE {A} AND site_code IN ({UNIT})",
            "measured": verdict(SITES, DONE, more=f"site_code IN ({UNIT})"),
            "passed": verdict(SITES, "'qualified'", more=f"site_code IN ({UNIT})"),
            "failed": verdict(SITES, "'unqualified'", more=f"site_code IN ({UNIT})"),
            "findings": count("count(*)", f"site_code IN ({UNIT})"),
            "tickets": f"SELECT count(*) FROM raw.ticket WHERE {RECEIVED} AND site_code IN ({UNIT})",
        }[rest.partition("-")[2]], (name,)
    raise AssertionError(f"no rule for the figure {key} ({words})")


def percent(part: int, whole: int) -> str:
    if not whole:
        return "—"
    exact = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return (
        "0%"
        if not part
        else "100%"
        if part == whole
        else f"{min(max(exact, Decimal('0.1')), Decimal('99.9'))}%"
    )


def test_every_figure_of_the_circular_is_counted_again_from_the_raw_rows(prefecture, ask, record_property):
    judged, _ = prefecture
    figures = {figure.key: figure for figure in figures_of(judged.data, judged.assessments[1], CAMPAIGN)}
    printed = {}
    for key, figure in figures.items():
        if not figure.parts:
            sql, values = own_sql(key, figure.words)
            printed[key] = str(ask(sql, *values))
    for key, figure in figures.items():
        if figure.parts and key != "points":
            part, whole = (int(printed[each]) for each in figure.parts)
            printed[key] = percent(part, whole)
    if "points" in figures:
        now, before = (Decimal(printed[each].removesuffix("%")) for each in figures["points"].parts)
        printed["points"] = str((now - before).quantize(Decimal("0.1")))

    assert printed == {key: figure.printed for key, figure in figures.items()}
    assert {"1", "2", "3"} <= set(printed.values())  # not a page of noughts
    record_property("figures", len(figures))


# ---------- prose: whatever numbers stand in it otherwise

NOT_COUNTED = re.compile(
    r"""\d{4}年\d{1,2}月(?:\d{1,2}日)?(?:至(?:\d{1,2}月)?\d{1,2}日)?  # days and months, checked elsewhere
    | \d{4}-\d{2}-\d{2}(?:至\d{4}-\d{2}-\d{2})? | 〔\d{4}〕\d+号(?:-\d{3})? | [\d-]*0999-1234567
    | \d{10} | 附[件表]：?\d+ | ^\d+\. | https?://\S+ | \w+-\d+(?=\b)""",
    re.VERBOSE,
)


def prose(html) -> list[str]:
    """The paragraphs of a document, figures (links to their rows) and what stands only on a screen left out."""
    main = LexborHTMLParser(html).css_first("main")
    for node in main.css("a.figure, .screen, .blank-page, .code, .colophon, .attachments, header"):
        node.decompose()
    return [re.sub(r"\s+", "", node.text(separator="")) for node in main.css("p, ul.tally li")]


def unclaimed(text: str, claims: list[tuple[str, list[object]]]) -> str:
    """The numbers that are left when every claimed sentence was compared."""
    for pattern, expected in claims:
        for found in re.finditer(pattern, text):
            numbers = [each for each in found.groups() if each is not None]
            assert [str(each) for each in expected][: len(numbers)] == numbers, found[0]
        text = re.sub(pattern, "", text)
    return " ".join(re.findall(r"\S{0,12}\d+\S{0,6}", NOT_COUNTED.sub("", text)))


def test_no_other_number_stands_in_the_circular_but_what_was_seen(prefecture):
    judged, written = prefecture
    seen = read_observed(judged)
    for text in prose(written.of("circular")[0].read_text("utf-8")):
        own = text
        for each in seen:
            own = own.replace(each, "")
        assert "" == unclaimed(own, []), text


def read_observed(judged) -> list[str]:
    from analytics.words.of_checks import observed_words  # noqa: PLC0415 - a sentence, no number of ours

    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{judged.data / 'warehouse.duckdb'}' AS w (READ_ONLY)")
        rows = connection.execute("SELECT check_id, observed FROM w.raw.finding").fetchall()
    return sorted(
        {
            re.sub(r"\s+", "", observed_words({"check_id": check, "observed": text}, 200))
            for check, text in rows
            if text
        },
        key=len,
        reverse=True,
    )


def test_the_numbers_of_the_digest_and_the_first_page(prefecture, ask):
    judged, written = prefecture
    new, mended = (
        ask(f"SELECT count(*) FROM raw.ledger WHERE {A} AND state = '{state}'{more}")
        for state, more in (("new", ""), ("fixed", f" AND fixed_on = DATE '{TODAY}'"))
    )
    again = ask(f"SELECT count(*) FROM raw.ledger WHERE {A} AND state = 'reopened'")
    standing = ask(f"SELECT count(*) FROM raw.ledger WHERE {A} AND {STANDING}")
    passed, failed, open_ = (
        ask(verdict(SITES, f"'{word}'")) for word in ("qualified", "unqualified", "unmeasured")
    )
    sites, accounts = (
        ask(count("count(*)", condition)) for condition in ("site_code IS NOT NULL", "site_code IS NULL")
    )
    claims = [
        (r"^(\d+)新发现问题", [new]),
        (r"^(\d+)再次出现", [again]),
        (r"^(\d+)已整改", [mended]),
        (r"^(\d+)未完成检测", [open_]),
        (r"检查网站(\d+)家：合格(\d+)家，不合格(\d+)家，未完成检测(\d+)家", [passed + failed + open_, passed, failed, open_]),
        (r"现有网站问题(\d+)个、政务新媒体问题(\d+)个", [sites, accounts]),
        (r"台账中尚未整改的问题共(\d+)个", [standing]),
    ]  # fmt: skip
    text = "\n".join(prose(written.of("duty_digest")[0].read_text("utf-8")))
    for pattern, _ in claims:
        assert re.search(pattern, text, re.MULTILINE), pattern

    first = prose(write_index(judged.data).read_text("utf-8"))
    claims += [
        (r"共(\d+)家网站", [passed + failed + open_]),
        (r"^(\d+)合格", [passed]),
        (r"^(\d+)不合格", [failed]),
        (r"^(\d+)尚未整改的问题", [standing]),
        (r"^(\d+)其中新发现", [new]),
        (r"^(\d+)其中超期", [ask(f"SELECT count(*) FROM raw.ledger WHERE {A} AND state = 'overdue'")]),
    ]
    for line in first:
        assert "" == unclaimed(line, claims), line


def test_what_must_be_done_today_is_counted_and_comes_first(prefecture, ask):
    judged, written = prefecture
    waiting = ask(f"SELECT count(*) FROM raw.finding WHERE {A} AND state = 'awaiting'")
    overdue = ask(f"SELECT count(*) FROM raw.ledger WHERE {A} AND state = 'overdue'")
    late, soon = (
        ask(f"SELECT count(*) FROM raw.section_frequency WHERE {A} AND next_due_on {days}")
        for days in (f"< DATE '{TODAY}'", f"BETWEEN DATE '{TODAY}' AND DATE '{TODAY}' + INTERVAL 3 DAY")
    )
    expected = {
        "todo-waiting": waiting,
        "todo-late": late,
        "todo-soon": soon,
        "todo-overdue": overdue,
        "todo-sign": 1,  # the circular under its number, which nobody has issued
    }
    for path in (write_index(judged.data), written.of("duty_digest")[0]):
        page = LexborHTMLParser(path.read_text("utf-8"))
        told = {
            node.id: int(re.search(r"(\d+)[个家份]$", node.text())[1]) for node in page.css("h3[id^=todo]")
        }
        told.pop("todo-down", None)
        if "digest" in path.name:
            expected.pop("todo-sign")  # written in the same breath as the documents that it could name
        assert {key: number for key, number in expected.items() if number} == told
        heads = [node.attributes.get("id") for node in page.css("main h2")]
        assert "todo" == heads[0]
    assert late + soon + waiting


def test_the_numbers_of_the_census(prefecture, ask):
    _, written = prefecture
    html = written.of("census_summary")[0].read_text("utf-8")
    passed, failed, open_ = (
        ask(verdict(SITES, f"'{word}'")) for word in ("qualified", "unqualified", "unmeasured")
    )
    run = passed + failed + open_
    registered = ask("SELECT count(*) FROM raw.site")
    sections = ask("SELECT count(*) FROM raw.section")
    fixed, standing = (
        ask(f"SELECT count(*) FROM raw.ledger WHERE {A} AND {state}")
        for state in ("state = 'fixed'", STANDING)
    )
    sites, accounts = (
        ask(count("count(*)", condition)) for condition in ("site_code IS NOT NULL", "site_code IS NULL")
    )
    city, county = (ask(f"SELECT count(*) FROM raw.site WHERE level = '{level}'") for level in "市县")
    normal = ask("SELECT count(*) FROM raw.site WHERE status = '正常'")
    without = ask(
        f"SELECT count(*) FROM raw.site_result WHERE {A} AND site_code NOT IN (SELECT site_code FROM raw.section)"
    )
    claims = [
        (r"^(\d+)登记网站", [registered]),
        (r"^(\d+)登记栏目", [sections]),
        (r"^([\d.]+%)检测完成率", [percent(passed + failed, run)]),
        (r"^([\d.]+%)合格率", [percent(passed, passed + failed)]),
        (r"^(\d+)尚未整改的问题", [standing]),
        (r"登记网站(\d+)家（正常(\d+)家，关停(\d+)家），其中市级(\d+)家，县级(\d+)家。", [registered, normal, registered - normal, city, county]),
        (r"登记栏目(\d+)个(?:，尚有(\d+)家网站没有登记栏目)?", [sections, without]),
        (r"检查网站(\d+)家，完成检测(\d+)家，完成率([\d.]+%)；其中合格(\d+)家，不合格(\d+)家，合格率([\d.]+%)；未完成检测(\d+)家", [run, passed + failed, percent(passed + failed, run), passed, failed, percent(passed, passed + failed), open_]),
        (r"现有网站问题(\d+)个、政务新媒体问题(\d+)个；台账中已整改(\d+)个，尚未整改(\d+)个", [sites, accounts, fixed, standing]),
        (r"全部(\d+)家网站中有(\d+)家未列入", [run, ask(f"SELECT count(*) FROM raw.site_result JOIN raw.site USING (site_code) JOIN raw.unit USING (unit) WHERE {A} AND vertical")]),
    ]  # fmt: skip
    for line in prose(html):
        assert "" == unclaimed(line, claims), line
    tables = LexborHTMLParser(html).css("table")
    by_region = [[cell.text().strip() for cell in row.css("td")] for row in tables[0].css("tbody tr")]
    for row in by_region:
        code = {"安徽省": "34", "巢湖市": "3414", "庐江县": "341421"}[row[1].strip()]
        here = (
            "SELECT site_code FROM raw.site LEFT JOIN raw.unit USING (unit) "
            f"WHERE raw.site.region_code LIKE '{code}%' AND NOT coalesce(vertical, false)"
        )
        done = ask(verdict(SITES, DONE, more=f"site_code IN ({here})"))
        assert row[2:5] == [
            str(ask(f"SELECT count(*) FROM raw.site_result WHERE {A} AND site_code IN ({here})")),
            str(done),
            percent(done, int(row[2])),
        ]
        assert row[9] == str(ask(count("count(*)", f"site_code IN ({here})")))


def test_a_notice_tells_of_each_fault_of_its_unit_once(prefecture, ask):
    _, written = prefecture
    paths = written.of("rectification_notice")
    told = 0
    for path in paths:
        html = path.read_text("utf-8")
        page = LexborHTMLParser(html)
        unit = page.css_first("main p.flush").text().strip().removesuffix("：")
        faults = ask(
            count(
                "count(*)",
                "(site_code IN (SELECT site_code FROM raw.site WHERE unit = ?) OR subject_url IN "
                "(SELECT 'account:' || account_id FROM raw.account WHERE unit = ?))",
            ),
            unit,
            unit,
        )
        said = re.search(r"发现问题(\d+)个", "".join(prose(html)))
        assert said, unit
        assert faults == int(said[1])
        assert faults == len(page.css("section.annex.wide div[aria-labelledby] tbody tr"))
        told += faults
    assert told == ask(count("count(*)"))


def test_the_points_of_a_score_sheet_are_those_of_its_rows(prefecture, ask):
    _, written = prefecture
    for path in written.of("score_sheet"):
        page = LexborHTMLParser(path.read_text("utf-8"))
        texts = [re.sub(r"\s", "", row.text()) for row in page.css("table tr")]
        code = path.stem
        score = ask(f"SELECT score FROM raw.site_result WHERE {A} AND site_code = ?", code)
        lost, waiting = (
            ask(f"SELECT {what} FROM raw.indicator_result WHERE {A} AND site_code = ? AND {where}", code)
            for what, where in (
                (
                    "coalesce(sum(points), 0)",
                    "indicator_id IN (SELECT indicator_id FROM raw.indicator WHERE part = 'deduct')",
                ),
                (
                    "count(*)",
                    "points IS NULL AND state IN ('unmeasured', 'manual') AND indicator_id IS NOT NULL",
                ),
            )
        )
        whole = "".join(texts)
        if score is None:
            said = re.search(r"已查明扣([\d.]+)分，尚有(\d+)项未检测或待人工核定", whole)
            assert said or "单项否决，不计分" in whole or "本类网站不计分" in whole, code
        if score is None and said:
            assert Decimal(str(lost)) == Decimal(said[1])
            assert int(said[2]) <= waiting
        for state, words in (("pass", "通过"), ("manual", "待人工核定"), ("unmeasured", "未检测")):
            said = re.search(rf"{words}(\d+)项", whole)
            assert (int(said[1]) if said else 0) == ask(
                f"SELECT count(*) FROM raw.indicator_result WHERE {A} AND site_code = ? AND state = ?"
                + (
                    " AND indicator_id NOT IN (SELECT indicator_id FROM raw.indicator WHERE part = 'bonus')"
                    if state == "pass"
                    else ""
                ),
                code,
                state,
            ), (code, words)


# ---------- who is praised, and what is counted apart


def test_the_issuer_and_who_failed_within_the_period_are_not_praised(prefecture):
    judged, _ = prefecture
    from dataclasses import replace  # noqa: PLC0415

    text = write_notices(
        judged.data,
        judged.assessments[1],
        replace(CAMPAIGN, number=None, praise=True, issuer=OFFICE, signed_on=date(2026, 11, 26)),
        documents=["circular"],
    ).of("circular")[0]
    assert "予以表扬" not in text.read_text("utf-8")  # the office issues it; the others have faults


def test_the_numbers_of_the_content_report(prefecture, ask):
    judged, _ = prefecture
    campaign = replace(CAMPAIGN, number="岚政办〔2026〕21号", documents=("content_report",))
    html = (
        write_notices(judged.data, judged.assessments[-1], campaign)
        .of("content_report")[0]
        .read_text("utf-8")
    )
    month = f"strftime(published_on, '%Y-%m') = '{TODAY:%Y-%m}'"
    published = ask(
        f"SELECT count(*) FROM (SELECT DISTINCT site_code, url, title FROM derived.entry_seen WHERE {month})"
    )
    claims = [
        (
            r"(\d+)家单位共报送信息(\d+)条",
            [
                ask("SELECT count(DISTINCT unit) FROM raw.submission"),
                ask("SELECT sum(submitted) FROM raw.submission"),
            ],
        ),
        (r"(\d{4})年(\d+)月至(\d+)月，", [TODAY.year, TODAY.month - 5, TODAY.month]),
        (r"发布信息(\d+)条", [published]),
        (r"各单位近(\d+)个月", [6]),
    ]
    lines = prose(html)
    assert re.search(claims[0][0], "\n".join(lines))
    for line in lines:
        assert "" == unclaimed(line, claims), line
    submitted = LexborHTMLParser(html).css_first(".annex table").css("tbody tr")
    for row in submitted:
        unit, number = (row.css("td")[place].text().strip() for place in (1, 3))
        told = ask(f"SELECT sum(submitted) FROM raw.submission WHERE unit = '{unit}'")
        assert number == ("未报送" if told is None else str(told))


def test_the_numbers_of_every_annual_report(prefecture):
    """It says how many rows of its own table it filled; each blank is marked."""
    _, written = prefecture
    reports = written.of("annual_work_report")
    for path in reports:
        page = LexborHTMLParser(path.read_text("utf-8"))
        rows = page.css("table.form tbody tr")
        blank = len([row for row in rows if row.css_first(".blank")])
        claims = [
            (r"系统已填(\d+)项，其余(\d+)项", [len(rows) - blank, blank]),
            (r"(\d{4})年度", [TODAY.year]),
        ]
        for line in prose(path.read_text("utf-8")):
            assert "" == unclaimed(line, claims), line
    assert reports


def test_the_numbers_of_the_pages_of_sites_units_ledger_trends_and_of_what_is_unmeasured(prefecture, ask):
    judged, _ = prefecture
    pages = write_index(judged.data).parent / "intranet"
    for path in sorted((pages / "sites").glob("*.html")):
        standing = ask(
            f"SELECT count(*) FROM raw.ledger WHERE {A} AND site_code = '{path.stem}' AND {STANDING}"
        )
        for line in prose(path.read_text("utf-8")):
            assert "" == unclaimed(line, [(r"尚未整改(\d+)个问题", [standing])]), line
    for path in sorted((pages / "units").glob("*.html")):
        claims = [
            (
                r"网站(\d+)家，政务新媒体账号(\d+)个；尚未整改的问题(\d+)个",
                [
                    ask(
                        f"SELECT count(*) FROM raw.site_result JOIN raw.site USING (site_code) WHERE {A} AND unit = '{path.stem}'"
                    ),
                    ask(
                        f"SELECT count(*) FROM raw.account_result JOIN raw.account USING (account_id) WHERE {A} AND unit = '{path.stem}'"
                    ),
                    ask(
                        "SELECT count(*) FROM raw.ledger LEFT JOIN raw.site USING (site_code) LEFT JOIN raw.account "
                        f"ON subject_url = 'account:' || account_id WHERE {A} AND {STANDING} "
                        f"AND coalesce(raw.site.unit, raw.account.unit) = '{path.stem}'"
                    ),
                ],
            )
        ]
        for line in prose(path.read_text("utf-8")):
            assert "" == unclaimed(line, claims), line
    whole = ask(f"SELECT count(*) FROM raw.ledger WHERE {A}")
    claims = [
        (
            r"共(\d+)个问题，其中尚未整改(\d+)个",
            [whole, ask(f"SELECT count(*) FROM raw.ledger WHERE {A} AND {STANDING}")],
        )
    ]
    for name in ("ledger", "search", "trends"):
        for line in prose((pages / f"{name}.html").read_text("utf-8")):
            assert "" == unclaimed(line, claims), line
    heads = "".join(
        node.text() for node in LexborHTMLParser((pages / "unmeasured.html").read_text("utf-8")).css("h2")
    )
    assert (
        str(ask(verdict(SITES, "'unmeasured'"))) == re.search(r"因未检测尚无结论的网站（(\d+)家）", heads)[1]
    )


def test_the_inspections_set_beside_this_one_are_counted_again(prefecture, ask):
    judged, _ = prefecture
    page = LexborHTMLParser((write_index(judged.data).parent / "intranet" / "trends.html").read_text("utf-8"))
    rows = page.css_first("[aria-labelledby=beside]").css("tbody tr")
    printed = [[cell.text().strip() for cell in row.css("th, td")] for row in rows]
    rates, failed, faults = [], [], []
    for of in (A, B):
        passed, bad = (ask(verdict(SITES, f"'{word}'", of)) for word in ("qualified", "unqualified"))
        rates.append(percent(passed, passed + bad))
        failed.append(bad)
        faults.append(ask(count("count(*)", "site_code IS NOT NULL", of=of)))
    points = Decimal(rates[0].removesuffix("%")) - Decimal(rates[1].removesuffix("%"))
    days = [f"{day.year}年{day.month}月{day.day}日" for day in (TODAY, TODAY - timedelta(days=1))]
    assert [
        ["本次检查", days[0], rates[0], "—", str(failed[0]), "—", str(faults[0]), "—"],
        [
            *("上次检查", days[1], rates[1], f"{points.quantize(Decimal('0.1')):+}"),
            *(str(failed[1]), f"{failed[0] - failed[1]:+d}", str(faults[1]), f"{faults[0] - faults[1]:+d}"),
        ],
    ] == printed


def test_the_rates_of_the_trend_are_those_of_the_assessments(prefecture, ask):
    judged, _ = prefecture
    page = LexborHTMLParser((write_index(judged.data).parent / "intranet" / "trends.html").read_text("utf-8"))
    rows = page.css_first("figure[aria-labelledby=pass-rate]").css("tbody tr")
    shown = [[cell.text().strip() for cell in row.css("th, td")] for row in rows]
    expected = []
    for day, of in ((TODAY - timedelta(days=1), B), (TODAY, A)):
        passed, failed, open_ = (
            ask(verdict(SITES, f"'{word}'", of)) for word in ("qualified", "unqualified", "unmeasured")
        )
        expected.append([
            f"{day.year}年{day.month}月{day.day}日", str(passed), str(failed), str(open_), percent(passed, passed + failed),
        ])  # fmt: skip
    assert expected == shown
