"""Every number in every table of every kind of document and page, counted again by SQL that is not the product's.

A table is known by its page's kind and its heading; the statement beside it gives its rows. Compared are the numbers of each row, in
their order: a number that a statement does not give, or a table without a statement, fails the test. Prose: tests/notices/test_numbers.py.
"""

import re
import shutil
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from selectolax.lexbor import LexborHTMLParser

from analytics.notices.catalogue import DOCUMENT_KINDS
from analytics.notices.environment import TEMPLATES
from analytics.notices.intranet.index import write_index
from analytics.notices.write import write_notices
from tests.notices.golden import CAMPAIGN
from tests.warehouse.folders import TODAY

NOW, BEFORE = "assessment_id = getvariable('now')", "assessment_id = getvariable('before')"
REPORTED = "state IN ('found', 'confirmed')"
STANDING = "state IN ('new', 'open', 'reopened', 'overdue')"

RATE = """CREATE TEMP MACRO share(part, whole) AS CASE WHEN whole = 0 THEN '' WHEN part = 0 THEN '0' WHEN part = whole THEN '100'
    ELSE CAST(CAST(100.0 * part / whole AS DECIMAL(9, 1)) AS VARCHAR) END"""
OWNED = f"""CREATE TEMP VIEW owned AS
    SELECT l.*, f.observed, f.origin_url, f.expected, coalesce(s.unit, a.unit) AS unit, coalesce(l.site_code, l.subject_url) AS owner,
        CASE WHEN l.site_code IS NULL THEN '' ELSE l.subject_url END AS place
    FROM raw.ledger AS l
    LEFT JOIN (FROM raw.finding QUALIFY row_number() OVER (PARTITION BY finding_key ORDER BY assessment_id DESC) = 1) AS f USING (finding_key)
    LEFT JOIN raw.site AS s ON s.site_code = l.site_code
    LEFT JOIN raw.account AS a ON l.subject_url = 'account:' || a.account_id
    WHERE l.{NOW}"""
JUDGED = f"""CREATE TEMP VIEW judged AS
    SELECT r.*, s.name, s.unit, s.level, s.region_code, coalesce(u.vertical, false) AS vertical,
        (SELECT count(*) FROM raw.finding AS f WHERE f.{NOW} AND f.{REPORTED} AND f.site_code = r.site_code) AS faults,
        (SELECT count(*) FROM raw.ledger AS l WHERE l.{NOW} AND l.state = 'fixed' AND l.site_code = r.site_code) AS fixed,
        (SELECT count(*) FROM raw.ledger AS l WHERE l.{NOW} AND l.{STANDING} AND l.site_code = r.site_code) AS standing
    FROM raw.site_result AS r
    JOIN raw.site AS s USING (site_code)
    LEFT JOIN raw.unit AS u ON u.unit = s.unit
    WHERE r.{NOW}"""

DONE, PASSED, FAILED, OPEN = (
    f"count(*) FILTER (verdict {words})"
    for words in ("<> 'unmeasured'", "= 'qualified'", "= 'unqualified'", "= 'unmeasured'")
)
CENSUS = f"count(*), {DONE}, share({DONE}, count(*)), {PASSED}, {FAILED}, {OPEN}, share({PASSED}, {DONE}), sum(faults), sum(fixed)"
BY_UNIT = f"count(*), {DONE}, {PASSED}, {FAILED}, share({PASSED}, {DONE}), sum(faults), (SELECT count(*) FROM raw.ticket WHERE %s)"
IN_PERIOD = f"CAST(received_at + INTERVAL 8 HOUR AS DATE) BETWEEN DATE '{TODAY}' - 1 AND DATE '{TODAY}'"
ACCOUNTS = (
    f"SELECT count(*), {DONE}, {PASSED}, {FAILED}, share({PASSED}, {DONE}) FROM raw.account_result JOIN raw.account USING (account_id) "
    f"WHERE {NOW}"
)
DAYS = "first_seen_on, last_seen_on, due_on"
WORDING = tomllib.loads((TEMPLATES / "wording.toml").read_text("utf-8"))
GROUPS = ", ".join(f"('{check}', '{words['group']}')" for check, words in WORDING["check"].items())
RUNS = "FROM raw.run WHERE kind <> 'availability'"
NIGHT_PAGES = f"FROM raw.page JOIN raw.run USING (run_id) WHERE as_of = DATE '{TODAY}'"

# Kind of page, heading without spaces, joined by a stroke → the rows. `stem` is the variable of the page's own name.
TABLES = {
    ("census_summary", "地区|网站|完成检测|完成率|合格|不合格|未完成|合格率|问题|已整改"): f"""
        SELECT {CENSUS} FROM judged, (VALUES ('34'), ('3414'), ('341421')) AS place(prefix)
        WHERE NOT vertical AND starts_with(region_code, prefix) GROUP BY prefix""",
    ("census_summary", "层级|网站|完成检测|完成率|合格|不合格|未完成|合格率|问题|已整改"): f"""
        SELECT {CENSUS} FROM judged GROUP BY level""",
    ("census_summary", "网站名称、标识码、校验码|省、市、县|级别、门户|首页网址、跳转网址|主办单位、办公地址|负责人、联系人、电话|运行状态"): """
        SELECT site_code FROM raw.site""",
    ("census_summary", "栏目名称|栏目类别|栏目网址|所属网站标识码|更新期限|监测频率|读取情况"): f"""
        SELECT site_code, term_days FROM raw.section_frequency WHERE {NOW}""",
    ("circular", "地区（部门）|运行数|完成检测数|合格|不合格|合格率|发现问题|收到找错留言"): f"""
        SELECT {BY_UNIT % f"{IN_PERIOD} AND site_code IN (SELECT site_code FROM raw.site WHERE unit = judged.unit)"} FROM judged GROUP BY unit
        UNION ALL SELECT {BY_UNIT % IN_PERIOD} FROM judged""",
    ("circular", "平台|登记数|完成检测|合格|不合格|合格率"): f"{ACCOUNTS} GROUP BY platform UNION ALL {ACCOUNTS}",
    ("circular", "地区（部门）|平台|账号名称|结论|问题类别|更新情况|发现问题"): f"""
        SELECT last_post_on, (SELECT count(*) FROM raw.finding WHERE {NOW} AND {REPORTED} AND subject_url = 'account:' || account_id)
        FROM raw.account""",
    ("circular", "地区（部门）|名称|突出问题"): f"""
        SELECT site_code, string_agg(reason, ' ') FROM raw.indicator_result JOIN raw.site_result USING (assessment_id, site_code)
        WHERE {NOW} AND state = 'fail' AND list_contains(vetoes, indicator_id) GROUP BY site_code
        UNION ALL SELECT '', '' FROM raw.account_result WHERE {NOW} AND verdict = 'unqualified'""",
    ("circular", "地区（部门）|名称|未完成的项目及原因"): "SELECT site_code FROM judged WHERE verdict = 'unmeasured'",
    ("circular", "地区（部门）|网站|问题|页面地址"): f"""
        SELECT subject_url FROM owned WHERE state = 'fixed'
        AND finding_key IN (SELECT finding_key FROM raw.finding WHERE {BEFORE} AND {REPORTED})""",
    ("content_report", "单位|月份|报送数量|采用数量|采用率"): "SELECT month, submitted FROM raw.submission",
    ("duty_digest", "更新期限|网站|栏目|剩余天数|最近更新"): f"""
        SELECT next_due_on, next_due_on - DATE '{TODAY}', last_entry_on FROM raw.section_frequency WHERE {NOW}""",
    ("notices", "问题类型|网站（账号）|问题描述|问题位置|发现时间"): f"""
        SELECT observed, place, DATE '{TODAY}' FROM owned JOIN raw.finding AS f USING (finding_key, observed)
        WHERE f.{NOW} AND f.{REPORTED} AND unit = getvariable('stem')""",
    ("notices", "问题类型|检查指标|检查要求|整改建议"): f"""
        SELECT DISTINCT ON (f.check_id, f.expected) f.expected FROM owned JOIN raw.finding AS f USING (finding_key)
        WHERE f.{NOW} AND f.{REPORTED} AND unit = getvariable('stem')""",
    ("index", "网站|结论|尚未整改|30日内读取的页面|主办单位|层级|标识码"): f"""
        SELECT standing, (SELECT count(DISTINCT url) {NIGHT_PAGES} AND site_code = j.site_code AND outcome = 'ok'),
            (SELECT count(DISTINCT url) {NIGHT_PAGES} AND site_code = j.site_code)
            + (SELECT coalesce(sum(list_sum(map_values(not_visited))), 0)::INTEGER FROM raw.site_visit JOIN raw.run USING (run_id)
               WHERE as_of = DATE '{TODAY}' AND kind = 'site' AND site_code = j.site_code), site_code
        FROM judged AS j""",
    ("ledger", "主办单位|尚未整改|其中新发现|其中超期|已整改或已核查"): f"""
        SELECT count(*) FILTER ({STANDING}), count(*) FILTER (state = 'new'), count(*) FILTER (state = 'overdue'),
            count(*) FILTER (NOT {STANDING}) FROM owned GROUP BY unit""",
    ("ledger", "主办单位|网站或账号|问题|情况|状态|首次发现|最近发现|整改期限"): f"SELECT observed, place, {DAYS}, fixed_on FROM owned",
    ("units", "网站或账号|问题|情况|状态|首次发现|最近发现|整改期限"): f"""
        SELECT observed, place, {DAYS}, fixed_on FROM owned WHERE unit = getvariable('stem')""",
    ("sites", "问题|情况|地址|状态|首次发现|整改期限"): f"""
        SELECT observed, place, first_seen_on, due_on FROM owned WHERE site_code = getvariable('stem') AND {STANDING}""",
    ("sites", "问题|地址|状态|首次发现|确认整改"): """
        SELECT place, first_seen_on, fixed_on FROM owned WHERE site_code = getvariable('stem') AND state = 'fixed'""",
    ("sites", "栏目|类别|读取情况|最近更新|距今天数|期限天数|下次到期|更新间隔中位数"): f"""
        SELECT last_entry_on, idle_days, term_days, next_due_on, median_gap_days FROM raw.section_frequency
        WHERE {NOW} AND site_code = getvariable('stem')""",
    ("sites", "检查日期|结论|单项否决|得分"): """
        SELECT as_of, score FROM raw.site_result JOIN raw.assessment USING (assessment_id) WHERE site_code = getvariable('stem')""",
    ("trends", "检查日期|合格|不合格|未完成检测|合格率"): f"""
        SELECT as_of, {PASSED}, {FAILED}, {OPEN}, share({PASSED}, {DONE}) FROM raw.site_result JOIN raw.assessment USING (assessment_id)
        GROUP BY as_of""",
    ("trends", "网站|栏目|未更新|期限|状态"): f"SELECT idle_days, term_days FROM raw.section_frequency WHERE {NOW}",
    ("crawl_health", "检查日期|种类|开始（北京时间）|用时|结束|网站|页面|请求"): f"""
        SELECT as_of, strftime(started_at + INTERVAL 8 HOUR, '%m %d %H %M'), date_diff('second', started_at, finished_at) // 60, 0,
            sites, pages, requests {RUNS}""",
    ("crawl_health", "网站|采集|首页|结束原因|请求|页面|未访问的页面"): f"""
        SELECT site_visit.requests, site_visit.pages, map_values(not_visited)::VARCHAR FROM raw.site_visit
        JOIN raw.run USING (run_id) WHERE as_of = DATE '{TODAY}' AND home_outcome <> 'ok'""",
}  # fmt: skip

POINTS = f"""
    SELECT title, clause, problems, CASE WHEN state <> 'pass' OR problems IS NOT NULL THEN reason END, basis, points FROM (
        SELECT r.*, i.title, i.clause, i.part, (
            SELECT string_agg(number, ' ') FROM (
                SELECT count(*) AS number FROM raw.indicator_finding AS under JOIN raw.finding AS f USING (assessment_id, finding_key)
                WHERE assessment_id = r.assessment_id AND under.indicator_id = r.indicator_id AND f.site_code = r.site_code AND f.{REPORTED}
                GROUP BY f.check_id ORDER BY f.check_id)
        ) AS problems
        FROM raw.indicator_result AS r JOIN raw.indicator AS i USING (assessment_id, indicator_id))
    WHERE {NOW} AND site_code = getvariable('stem') AND part = '%s'"""
TABLES |= {
    ("score_sheets", f"一级指标|二级指标|{words}"): POINTS % part
    for part, words in (
        ("veto", "否决情形|结果|存在的问题"),
        ("deduct", "扣分细则|结果|存在的问题|扣分"),
        ("bonus", "加分细则|结果|存在的问题|加分"),
    )
}
TABLES |= {
    ("score_sheets", "问题|情况|地址"): f"""
        SELECT observed, place FROM owned JOIN raw.finding AS f USING (finding_key, observed)
        WHERE f.{NOW} AND f.{REPORTED} AND owned.site_code = getvariable('stem')""",
    ("crawl_health", "结果|首页|栏目|页面|链接目标"): f"""
        SELECT (SELECT count(*) FROM raw.site_visit JOIN raw.run USING (run_id) WHERE as_of = DATE '{TODAY}' AND kind = 'site' AND home_outcome = word),
            (SELECT count(*) FROM raw.section_visit JOIN raw.run USING (run_id) WHERE as_of = DATE '{TODAY}' AND outcome = word),
            (SELECT count(*) {NIGHT_PAGES} AND outcome = word),
            (SELECT count(*) FROM raw.link_check JOIN raw.run USING (run_id) WHERE as_of = DATE '{TODAY}' AND outcome = word)
        FROM (VALUES ('ok'), ('timeout'), ('blocked')) AS w(word)""",
    ("crawl_health", "主机|结果|地址数|涉及网站|主要来自"): f"""
        SELECT count(*), count(DISTINCT site_code) {NIGHT_PAGES} AND outcome = 'blocked'""",
    ("trends", "问题类别|数量"): f"""
        SELECT count(*) FROM raw.finding JOIN (VALUES {GROUPS}) AS g(check_id, problem) USING (check_id) WHERE {NOW} AND {REPORTED} GROUP BY problem""",
    ("sites", "|".join(["栏目", *(f"{(TODAY.month - back - 1) % 12 + 1}月" for back in range(11, -1, -1))])): """
        SELECT string_agg(number, ' ' ORDER BY month) FROM (
            SELECT section_url, strftime(published_on, '%Y-%m') AS month, count(*) AS number FROM derived.entry_seen
            WHERE site_code = getvariable('stem') GROUP BY ALL) GROUP BY section_url""",
    ("unmeasured", "网站|未检测的指标及原因|下一步"): f"""
        SELECT string_agg(concat(i.title, ' ', r.reason), ' ' ORDER BY part = 'veto' DESC, indicator_id)
        FROM raw.indicator_result AS r JOIN raw.indicator AS i USING (assessment_id, indicator_id)
        WHERE {NOW} AND r.state = 'unmeasured' GROUP BY site_code""",
}  # fmt: skip

ELSEWHERE = {
    ("trends", "检查|检查日期|合格率|合格率变化（百分点）|不合格网站|不合格网站增减|网站问题|网站问题增减"): "test_the_inspections_set_beside",
    ("annual_work_reports", "类别|项目|内容|数据来源"): "test_the_numbers_of_every_annual_report",
    ("score_sheets", ""): "test_the_points_of_a_score_sheet",
    ("notices", ""): "the receipt: the number of the notice",
    ("index", "检查日期|文稿|状态"): "test_index: names of files and days",
}  # fmt: skip
"""Tables whose numbers another test counts."""

MASKED = re.compile(r"https?://\S+|\d{4}-\d\d-\d\d-inspection-\S+|〔\d{4}〕\S+号\S*|\d+年\d+月(?=\d{4}年)")
SPAN = re.compile(r"(\d+)年(\d+)月(\d+)日至(?:(\d+)月)?(\d+)日")


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text in their order, days written out, without noughts before them."""
    whole = SPAN.sub(lambda at: f"{at[1]}年{at[2]}月{at[3]}日至{at[1]}年{at[4] or at[2]}月{at[5]}日", text)
    return tuple(
        each.lstrip("0").removesuffix(".0") or "0"
        for each in re.findall(r"\d+(?:\.\d+)?", MASKED.sub(" ", whole))
    )


def kind_of(path: Path) -> str:
    inner = {"notices", "score_sheets", "annual_work_reports", "sites", "units"}
    return path.parent.name if path.parent.name in inner and path.stem != "index" else path.stem


def printed(path: Path) -> dict[str, Counter[tuple[str, ...]]]:
    """Each heading of a page's tables, and the numbers of the rows under it; the running number of a row is none of them."""
    main = LexborHTMLParser(path.read_text("utf-8")).css_first("main")
    tables: dict[str, Counter[tuple[str, ...]]] = {}
    for table in main.css("table"):
        heading = [re.sub(r"\s", "", cell.text()) for cell in table.css("thead th")]
        serial = heading[:1] == ["序号"]
        rows = tables.setdefault("|".join(heading[serial:]), Counter())
        for row in table.css("tbody tr, tfoot tr"):
            cells = row.css("th, td")[serial:]
            rows[numbers(" ".join(cell.text(separator=" ") for cell in cells))] += 1
    return tables


def counted(connection, sql: str) -> Counter[tuple[str, ...]]:
    rows = connection.execute(sql).fetchall()
    return Counter(numbers(" ".join("" if value is None else str(value) for value in row)) for row in rows)


@pytest.fixture(scope="module")
def pages(prefecture):
    """The paths of all documents and pages, of all kinds."""
    judged, written = prefecture
    campaign = replace(CAMPAIGN, number="岚政办〔2026〕22号", documents=("content_report",))
    report = write_notices(judged.data, judged.assessments[-1], campaign)
    index = write_index(judged.data)
    documents = [path for kind in DOCUMENT_KINDS for path in (*written.of(kind.stem), *report.of(kind.stem))]
    yield [*documents, index, *(index.parent / "intranet").rglob("*.html")]
    shutil.rmtree(report.folder)  # the prefecture is shared: nothing more waits to be signed there


@pytest.fixture(scope="module")
def connection(prefecture):
    judged, _ = prefecture
    with duckdb.connect(judged.data / "published" / "latest.duckdb", read_only=True) as opened:
        for name, assessment in zip(("before", "now"), judged.assessments, strict=True):
            opened.execute(f"SET VARIABLE {name} = '{assessment}'")
        for statement in (RATE, OWNED, JUDGED):
            opened.execute(statement)
        yield opened


def test_every_number_of_every_table_is_counted_again(pages, connection, record_property):
    compared: Counter[str] = Counter()
    for path in pages:
        kind = kind_of(path)
        connection.execute("SET VARIABLE stem = $1", [path.stem.partition("-")[2] or path.stem])
        for heading, rows in printed(path).items():
            if (kind, heading) in ELSEWHERE or not any(rows):
                continue
            assert (kind, heading) in TABLES, f"{path.name}: no statement for the table {heading}"
            assert counted(connection, TABLES[kind, heading]) == rows, (path.name, heading)
            compared[kind] += sum(len(row) * times for row, times in rows.items())
    for kind, number in compared.items():
        record_property(f"numbers of {kind}", number)
    stems = {kind.stem for kind in DOCUMENT_KINDS} - {
        "annual_work_report",
        "rectification_notice",
        "score_sheet",
    }
    assert compared.keys() >= stems | {
        "notices",
        "score_sheets",
        "index",
        "ledger",
        "sites",
        "units",
        "trends",
        "unmeasured",
    }
    assert min(compared.values()) > 5


def test_a_number_that_no_row_bears_out_is_noticed(pages, connection, tmp_path):
    """The comparison itself: one digit changed in one cell is seen."""
    path = next(page for page in pages if page.name == "census_summary.html")
    text = path.read_text("utf-8")
    forged = tmp_path / path.name
    forged.write_text(re.sub(r"(<td[^>]*>)50\.0%", r"\g<1>60.0%", text, count=1), "utf-8")
    sound = {heading: counted(connection, TABLES["census_summary", heading]) for heading in printed(path)}
    assert sound == printed(path)
    assert sound != printed(forged)
