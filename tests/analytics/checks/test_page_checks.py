"""The checks on what pages show: guides, consultations, interpretations, reposts, ways to ask."""

import pandas as pd
import pytest

from analytics.checks import (
    consult_missing,
    consultation_no_result,
    consultation_short,
    guide_elements_missing,
    interpretation_contact_missing,
    interpretation_missing,
    interpretation_unlinked,
    repost_late,
)
from analytics.checks.shared.findings import awaiting, counted
from analytics.checks.shared.reposts import pairs
from analytics.checks.shared.titles import core, same_document
from analytics.editions.chosen import load_edition
from analytics.judging.scoring import score
from govcrawl.pages.articles.guide import ELEMENTS
from tests.analytics.frames import SITE, TODAY, frame, measured, sites

EDITION = load_edition("inspection-2019")
READING = "site_code section_name section_url class outcome complete entries alike"
BASE = f"http://www.{SITE}.gov.cn/"


def reading(*classes: str, **facts) -> pd.DataFrame:
    each = {"site_code": SITE, "outcome": "ok", "complete": True, "entries": 3, "alike": 1} | facts
    return frame(READING, *[each | {"class": name, "section_url": f"{BASE}{name}/"} for name in classes])


def params(check: str):
    return EDITION.params[check]


# ---------- guides

GUIDE = "site_code url section_url title read guide_elements doubts run_id fetched_at body_sha256"


def guide(number: int, lacking: int = 0, **facts) -> dict:
    shown = list(ELEMENTS[: len(ELEMENTS) - lacking])
    return {
        "site_code": SITE,
        "url": f"{BASE}bszn/{number}.html",
        "title": f"事项{number}",
        "read": True,
        "guide_elements": shown,
    } | facts


def guides(*rows: dict, **facts):
    return guide_elements_missing.judge(
        sites(), reading("办事指南", **facts), frame(GUIDE, *rows), params("guide-elements-missing")
    )


def service_rows(answer) -> dict[str, dict]:
    """The rows of the table that guides decide, once people have confirmed what was found."""
    confirmed = answer.findings.assign(state="confirmed")
    all_clean = {check: [{}] for check in EDITION.check_ids() if check not in EDITION.account_checks()}
    frames = {name: frame_.assign(awaiting=0) for name, frame_ in measured(all_clean).items()}
    for check in EDITION.account_checks():
        frames[check] = frames["home-stale"].rename(columns={"site_code": "account_id"})
    frames["guide-elements-missing"] = counted(type(answer)(confirmed, answer.measured, answer.doubtful))
    rows = score(sites(), frames, EDITION).indicators.set_index("indicator_id")
    return {name: rows.loc[name].to_dict() for name in ("veto-services", "service-guides")}


def test_a_guide_is_at_fault_for_every_class_it_lacks_and_once_as_a_page():
    answer = guides(guide(1), guide(2, lacking=2), guide(3, lacking=4))

    assert [f"{BASE}bszn/2.html", f"{BASE}bszn/3.html"] == answer.findings["subject_url"].tolist()
    assert "办事指南“事项2”缺少要素:办理机构、收费标准" == answer.findings["observed"].iloc[0]
    assert 0.5 * (2 + 4) == service_rows(answer)["service-guides"]["points"]
    assert "manual" == service_rows(answer)["veto-services"]["state"]


@pytest.mark.parametrize(
    ("poor", "good", "state"),
    [(5, 20, "fail"), (4, 20, "manual"), (4, 0, "fail"), (1, 0, "fail"), (3, 1, "manual")],
)
def test_five_poor_guides_are_a_veto_or_all_of_fewer(poor, good, state):
    answer = guides(*[guide(number, lacking=4 * (number < poor)) for number in range(poor + good)])

    assert poor == len(answer.findings)
    assert state == service_rows(answer)["veto-services"]["state"]


def test_fewer_than_five_are_no_veto_while_one_could_not_be_read_or_the_list_has_no_end():
    unread = guides(guide(1, lacking=5), guide(2, read=False, guide_elements=[]), guide(3, guide_elements=[]))
    endless = guides(guide(1, lacking=5), complete=False)

    assert {"manual"} == {service_rows(answer)["veto-services"]["state"] for answer in (unread, endless)}
    assert 2 == unread.measured["unmeasured"].sum()
    assert 2 == len(unread.doubtful)


def test_candidates_do_not_count_until_a_person_confirms_them():
    answer = awaiting(guides(*[guide(number, lacking=4) for number in range(5)]))
    numbers = counted(answer)

    assert (0, 5) == (numbers["failed"].sum(), numbers["awaiting"].sum())


# ---------- consultations

HELD = "site_code url section_url title published_on read opens_on closes_on result run_id fetched_at body_sha256"
DRAFT = "关于公开征求《某市养犬管理办法（征求意见稿）》意见的公告"


def held(closes: str | None, **facts) -> dict:
    return {
        "site_code": SITE,
        "url": f"{BASE}zjdc/1.html",
        "title": DRAFT,
        "read": True,
        "closes_on": closes,
    } | facts


@pytest.mark.parametrize(
    ("facts", "faults", "unmeasured"),
    [
        ({"opens_on": "2026-10-01"}, 0, 0),  # 30 days, both ends in
        ({"opens_on": "2026-10-02"}, 1, 0),
        ({"published_on": "2026-10-02"}, 1, 0),  # no opening: it opened when it was published
        ({}, 0, 1),
        ({"opens_on": "2026-10-02", "closes_on": None}, 0, 1),
        ({"opens_on": "2026-10-02", "title": "您对办事大厅的服务满意吗（网上调查）"}, 0, 0),
        ({"opens_on": "2024-10-02", "closes_on": "2024-10-20"}, 0, 0),
    ],
)
def test_thirty_days_both_ends_counted_are_enough_for_a_draft(facts, faults, unmeasured):
    rows = frame(HELD, held("2026-10-30") | facts)
    answer = consultation_short.judge(sites(), reading("调查征集"), rows, TODAY, params("consultation-short"))

    assert (faults, unmeasured) == (len(answer.findings), answer.measured["unmeasured"].sum())
    assert not faults or "征求意见29天(2026-10-02至2026-10-30)" in answer.findings["observed"].iloc[0]


@pytest.mark.parametrize(
    ("facts", "report", "faults"),
    [
        ({}, None, 1),
        ({"closes_on": "2026-10-22"}, None, 0),  # a month to the day
        ({"result": "结果反馈 采纳3条"}, None, 0),
        ({}, "《某市养犬管理办法》征求意见情况的反馈", 0),
        ({}, "《某市供水条例》征求意见情况的反馈", 1),
        ({"closes_on": "2025-10-01"}, None, 0),
        ({"closes_on": None}, None, 0),
    ],
)
def test_what_closed_more_than_a_month_ago_must_show_a_result_somewhere(facts, report, faults):
    rows = frame(HELD, held("2026-10-21") | facts)
    reports = frame(
        "site_code url title",
        *([{"site_code": SITE, "url": f"{BASE}x.html", "title": report}] if report else []),
    )
    answer = consultation_no_result.judge(
        sites(), reading("调查征集"), rows, reports, TODAY, params("consultation-no-result")
    )

    assert faults == len(answer.findings)
    assert answer.measured["complete"].all()


# ---------- documents and interpretations

POLICY = "class site_code url section_url title published_on read related interpreter source doubts run_id fetched_at body_sha256"
DOCUMENT, INTERPRETATION = "某市人民政府关于印发《某市养犬管理办法》的通知", "《某市养犬管理办法》政策解读"
NAMED = {"unit": "市司法局", "person": "张三", "telephone": "0999-8612345"}


def policy(name: str, number: int, title: str, links: tuple[dict, ...] = (), **facts) -> dict:
    return {
        "class": name, "site_code": SITE, "url": f"{BASE}{name}/{number}.html", "title": title, "read": True,
        "published_on": "2026-09-01", "related": list(links), "interpreter": NAMED,
    } | facts  # fmt: skip


def link(text: str, url: str = f"{BASE}elsewhere.html") -> dict:
    return {"url": url, "text": text}


def judged(check, *rows: dict):
    both = reading("政策文件", "政策解读")
    given = (sites(), both, frame(POLICY, *rows))
    name = check.__name__.rpartition(".")[2].replace("_", "-")
    extra = (TODAY, params(name)) if check is interpretation_missing else (params(name),)
    return check.judge(*given, *extra)


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([policy("政策文件", 1, DOCUMENT)], 1),
        ([policy("政策文件", 1, DOCUMENT), policy("政策解读", 1, INTERPRETATION)], 0),
        ([policy("政策文件", 1, DOCUMENT), policy("政策解读", 1, "《某市供水条例》政策解读")], 1),
        ([policy("政策文件", 1, DOCUMENT, (link("解读"), link("专家解读", f"{BASE}政策解读/9.html"))), policy("政策解读", 9, "养犬那些事")], 0),
        ([policy("政策文件", 1, "某市人民政府关于张三等同志职务任免的通知")], 0),
        ([policy("政策文件", 1, "国务院关于印发《全国养犬规划》的通知")], 0),
        ([policy("政策文件", 1, DOCUMENT, published_on="2025-01-01")], 0),
        ([policy("政策文件", 1, DOCUMENT, read=False)], 0),
    ],
)  # fmt: skip
def test_a_document_is_interpreted_by_what_names_it_or_what_it_points_to(rows, faults):
    assert faults == len(judged(interpretation_missing, *rows).findings)


def test_at_most_three_documents_are_drawn_and_none_is_accused_while_the_interpretations_were_not_read():
    rows = [
        policy("政策文件", number, f"某市人民政府关于印发《某市第{number}号管理办法》的通知")
        for number in range(8)
    ]
    unread = interpretation_missing.judge(
        sites(), reading("政策文件"), frame(POLICY, *rows), TODAY, params("interpretation-missing")
    )

    assert 3 == len(judged(interpretation_missing, *rows).findings)
    assert (0, 3) == (len(unread.findings), unread.measured["unmeasured"].sum())


@pytest.mark.parametrize(
    ("forth", "back", "faults"),
    [
        ((link(DOCUMENT),), (link(INTERPRETATION),), []),
        ((link("相关文件", f"{BASE}政策文件/1.html"),), (link("相关解读", f"{BASE}政策解读/1.html"),), []),
        ((), (link(INTERPRETATION),), ["解读未关联文件"]),
        ((link(DOCUMENT),), (link("政策解读"),), ["文件未关联解读"]),
        ((link(DOCUMENT),), (link(f"{DOCUMENT}.pdf"), link(DOCUMENT)), ["文件未关联解读"]),  # its own name
        ((), (), ["文件未关联解读", "解读未关联文件"]),
    ],
)
def test_document_and_interpretation_must_point_to_one_another(forth, back, faults):
    rows = [policy("政策文件", 1, DOCUMENT, back), policy("政策解读", 1, INTERPRETATION, forth)]

    assert faults == sorted(judged(interpretation_unlinked, *rows).findings["category"])


def test_an_interpretation_whose_document_is_not_the_sites_own_is_not_measured():
    answer = judged(interpretation_unlinked, policy("政策解读", 1, INTERPRETATION))

    assert (0, 1) == (len(answer.findings), answer.measured["unmeasured"].sum())


@pytest.mark.parametrize(
    ("interpreter", "source", "observed"),
    [
        (NAMED, None, None),
        ({"person": "张三", "telephone": "1"}, "市司法局", None),
        ({}, "市司法局", "未注明解读人、联系电话"),
        ({"telephone": "1"}, None, "未注明解读单位、解读人"),
        ({"pictured": "img"}, None, None),
    ],
)
def test_an_interpretation_names_who_answers_for_it(interpreter, source, observed):
    answer = judged(
        interpretation_contact_missing,
        policy("政策解读", 1, INTERPRETATION, interpreter=interpreter, source=source),
    )

    assert (observed is None) == answer.findings.empty
    assert observed is None or answer.findings["observed"].iloc[0].endswith(observed)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (DOCUMENT, INTERPRETATION, True),
        (DOCUMENT, "一图读懂：某市养犬管理办法", True),
        (
            "某市人民政府办公室关于进一步做好河湖长制工作的意见",
            "《关于进一步做好河湖长制工作的意见》解读",
            True,
        ),
        (
            "【转载】某市人民政府关于印发《养犬管理办法》的通知",
            "某市人民政府关于印发养犬管理办法的通知",
            True,
        ),
        (DOCUMENT, "《某市供水管理办法》政策解读", False),
        ("某市人民政府关于印发2025年工作要点的通知", "某市人民政府关于印发2026年供水计划的通知", False),
    ],
)
def test_titles_of_the_same_document_are_known_whatever_stands_around_them(one, other, same):
    assert same == same_document(core(one), core(other))


# ---------- reposts

ENTRY = "site_code url title published_on is_document published_at source doc_number run_id body_sha256"
SUPERIOR = {
    "site_code": SITE,
    "superior_code": "6500000009",
    "superior_name": "某省人民政府",
    "superior_unit": "某省人民政府办公厅",
}
NO_REPOSTS = pairs(frame(" ".join(SUPERIOR)), frame(ENTRY), params("repost-late").hours)
ISSUED = "某省人民政府关于印发《某省养犬管理办法》的通知"


def entry(code: str, at: str, **facts) -> dict:
    printed = at if "T" in at else None
    return {
        "site_code": code, "url": f"http://{code}.gov.cn/1.html", "title": ISSUED, "published_on": at[:10],
        "is_document": True, "published_at": printed, "run_id": "r",
    } | facts  # fmt: skip


def judged_reposts(*entries: dict):
    superiors, numbers = frame(" ".join(SUPERIOR), SUPERIOR), params("repost-late")
    met = pairs(superiors, frame(ENTRY, *entries), numbers.hours)
    return repost_late.judge(sites(), superiors, met, numbers)


@pytest.mark.parametrize(
    ("issued", "reposted", "late", "unmeasured"),
    [
        ("2026-11-02T10:00", "2026-11-03T09:59", 0, 0),
        ("2026-11-02T10:00", "2026-11-03T10:02", 1, 0),
        ("2026-11-02T10:00", "2026-11-03", 0, 1),  # the day alone leaves it open
        ("2026-11-02", "2026-11-02", 0, 0),
        ("2026-11-02", "2026-11-03", 0, 1),
        ("2026-11-02", "2026-11-04", 1, 0),  # late whatever the hour
    ],
)
def test_a_repost_is_late_only_where_the_printed_times_leave_no_doubt(issued, reposted, late, unmeasured):
    answer = judged_reposts(entry("6500000009", issued), entry(SITE, reposted))

    assert (late, unmeasured) == (len(answer.findings), answer.measured["unmeasured"].sum())


def test_the_same_title_is_a_repost_only_where_it_names_the_superior_or_its_source_or_number():
    shared = {"title": "关于做好秋冬季森林防火工作的通知"}
    issued = entry("6500000009", "2026-11-02", doc_number="某政发〔2026〕1号", **shared)
    answers = [
        judged_reposts(issued, entry(SITE, "2026-11-09", **shared, **facts))
        for facts in ({}, {"source": "某省人民政府网站"}, {"doc_number": "某政发〔2026〕1号"})
    ]  # fmt: skip

    assert [0, 1, 1] == [len(answer.findings) for answer in answers]


def test_a_site_without_a_registered_superior_is_not_measured():
    answer = repost_late.judge(sites(), frame(" ".join(SUPERIOR)), NO_REPOSTS, params("repost-late"))

    assert not answer.measured["complete"].any()


# ---------- ways to ask

HOMES = "site_code run_id outcome read_state fetched_at body_sha256 links channels sections"


@pytest.mark.parametrize(
    ("facts", "failed", "unmeasured"),
    [
        ({"channels": 1, "sections": 0}, 0, 0),
        ({"channels": 0, "sections": 1}, 0, 0),
        ({"channels": 0, "sections": 0}, 1, 0),
        ({"channels": 0, "sections": 0, "outcome": "blocked"}, 0, 1),
        ({"channels": 0, "sections": 0, "read_state": "nothing_shown"}, 0, 1),
        ({"channels": 0, "sections": 0, "links": 0}, 0, 1),  # a page that a script has yet to draw
    ],
)
def test_a_site_without_any_way_to_ask_is_a_candidate_if_its_home_page_was_read(facts, failed, unmeasured):
    home = {"site_code": SITE, "outcome": "ok", "read_state": "read", "links": 80} | facts
    answer = consult_missing.judge(sites(), frame(HOMES, home))

    assert (failed, unmeasured) == (answer.measured["failed"].sum(), answer.measured["unmeasured"].sum())
    assert [f"http://www.{SITE}.gov.cn/"] * failed == answer.findings["subject_url"].tolist()


EMPTY = {
    consult_missing: (frame(HOMES),),
    guide_elements_missing: (reading(), frame(GUIDE), params("guide-elements-missing")),
    consultation_short: (reading(), frame(HELD), TODAY, params("consultation-short")),
    consultation_no_result: (
        reading(), frame(HELD), frame("site_code url title"), TODAY, params("consultation-no-result"),
    ),
    interpretation_missing: (reading(), frame(POLICY), TODAY, params("interpretation-missing")),
    interpretation_unlinked: (reading(), frame(POLICY), params("interpretation-unlinked")),
    interpretation_contact_missing: (reading(), frame(POLICY), params("interpretation-contact-missing")),
    repost_late: (frame(" ".join(SUPERIOR)), NO_REPOSTS, params("repost-late")),
}  # fmt: skip


@pytest.mark.parametrize("check", EMPTY, ids=lambda check: check.__name__.rpartition(".")[2])
def test_where_nothing_was_read_nothing_is_found_and_nothing_is_measured(check):
    answer = check.judge(sites(SITE, "6500000002"), *EMPTY[check])

    assert answer.findings.empty
    assert {SITE, "6500000002"} == set(answer.measured["site_code"])
    assert not (
        answer.measured["complete"] & (answer.measured["looked"] > answer.measured["unmeasured"])
    ).any()
