import hashlib
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from analytics.editions import chosen as editions
from analytics.editions.chosen import RULES, edition_of, known_editions, load_edition
from analytics.editions.edition_model import OF_ACCOUNTS
from analytics.judging.assess import assess
from govcrawl.records.decisions import record
from govcrawl.records.errors import EditionError, UserError
from govcrawl.records.items import Entry, Link, RecheckResult
from govcrawl.warehouse.load import ADDED_TABLES, ASSESSMENT_TABLES, load_all
from tests.analytics.frames import TODAY
from tests.analytics.judging.few_rows import FEW_ROWS
from tests.records.test_decisions import decision
from tests.warehouse.folders import (
    BUREAU,
    HOME,
    NEWS,
    PORTAL,
    Folders,
    iso,
    link_check,
    page,
    probe,
    section_visit,
    shown,
    site_visit,
)

EDITION = "inspection-2019"
GONE = f"{HOME[PORTAL]}zt/gone.html"


def night(folders, *, days_later: int = 0, gone: str | None = "not_found", blocked: bool = False) -> None:
    """A night on which the portal's home page carries one link that may be dead, or may have been taken away."""
    day = TODAY + timedelta(days=days_later)
    if blocked:
        folders.run(
            "site",
            page(PORTAL, outcome="blocked", status=412),
            site_visit(PORTAL, "home_unreachable"),
            day=day,
        )
        return
    folders.run(
        "sections",
        section_visit(entries=[Entry("新闻", f"{NEWS}1.html", day.isoformat(), "list")]),
        site_visit(PORTAL),
        day=day,
        hour=1,
    )
    targets = [Link(GONE, "page", "专题")] if gone else []
    site_run = folders.run(
        "site",
        page(
            PORTAL,
            entries=[Entry("新闻", f"{NEWS}1.html", day.isoformat(), "list")],
            new_links=targets,
            link_nos=list(range(len(targets))),
        ),
        site_visit(PORTAL),
        day=day,
    )
    folders.run("links", *([link_check(GONE, gone)] if gone else []), day=day, hour=4, of_run=site_run)


def judge(folders, published, days_later: int = 0, edition: str = EDITION, overlay=None):
    return assess(
        published(),
        edition=edition,
        overlay=overlay,
        as_of=TODAY + timedelta(days=days_later),
        out=folders.data / "assessments",
    )


def one_night_judged(data):
    made = Folders(data)
    night(made)
    load_all(made.data)
    with shown(made.data, datetime(2026, 11, 22, 11, tzinfo=UTC)) as snapshot:
        return assess(snapshot, edition=EDITION, as_of=TODAY, out=made.data / "assessments")


@pytest.fixture(scope="module")
def by_all_rows(tmp_path_factory):
    """A data directory with one night and its assessment by the whole edition."""
    return one_night_judged(tmp_path_factory.mktemp("all-rows"))


@pytest.fixture(scope="module")
def by_few_rows(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(editions, "RULES", FEW_ROWS)
        return one_night_judged(tmp_path_factory.mktemp("few-rows"))


def copied(folders, judged):
    shutil.copytree(judged.parents[1], folders.data, symlinks=True, dirs_exist_ok=True)
    return folders.data / "assessments" / judged.name


@pytest.fixture
def few_rows(monkeypatch):
    """The rules have a few rows only: for tests of what becomes of a fault, whatever else is judged."""
    monkeypatch.setattr(editions, "RULES", FEW_ROWS)


@pytest.fixture
def first(folders, by_few_rows, few_rows):
    """The assessment of the first night by few rows, which stands in the data directory with its runs."""
    return copied(folders, by_few_rows)


@pytest.fixture
def first_by_all_rows(folders, by_all_rows):
    return copied(folders, by_all_rows)


def rows(folder, name: str) -> list[dict]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]


def state_of_link(folder) -> str:
    return next(row["state"] for row in rows(folder, "ledger") if row["check_id"] == "link-dead")


def test_the_folder_holds_what_the_manifest_vouches_for(first_by_all_rows):
    first = first_by_all_rows
    manifest = json.loads((first / "assessment.json").read_text("utf-8"))

    assert first.name == manifest["assessment_id"]
    assert first.name.startswith(f"{TODAY}-{EDITION}-")
    assert {path.name for path in first.iterdir()} == {
        "assessment.json",
        "edition.toml",
        *(f["path"] for f in manifest["files"]),
    }
    assert {f["path"]: f["rows"] for f in manifest["files"]} == {
        f"{name}.jsonl": len(rows(first, name)) for name in (*ASSESSMENT_TABLES, *ADDED_TABLES)
    }
    assert 3 == len(manifest["runs"])


def test_researchers_see_it_after_the_next_load(folders, published, first):

    assert [first.name] == load_all(folders.data).loaded
    snapshot = published()
    assert {first.name} == set(snapshot.frame("finding")["assessment_id"])
    assert {PORTAL, BUREAU} == set(snapshot.frame("site_result")["site_code"])


def test_the_same_inputs_give_the_same_bytes(folders, published):
    night(folders)
    snapshot = published()
    first = assess(snapshot, edition=EDITION, as_of=TODAY, out=folders.data / "a")
    second = assess(snapshot, edition=EDITION, as_of=TODAY, out=folders.data / "b")

    assert first.name == second.name
    assert {p.name: p.read_bytes() for p in first.iterdir()} == {
        p.name: p.read_bytes() for p in second.iterdir()
    }


def test_a_day_is_judged_by_the_rules_of_that_day_however_late(folders, published, few_rows, tmp_path):
    first_day = TODAY + timedelta(days=1)
    overlay = tmp_path / "later.toml"
    overlay.write_text(
        f'title = "补充规定"\nchanges = "{EDITION}"\n[[row]]\nid = "later"\ntitle = "后来的规定"\ngroup = "补充"\n'
        'part = "veto"\nscope = "all"\nclause = "…"\nsource = "…"\nwording = "abridged"\nconfidence = "H"\n'
        f"manual = true\nin_force = {first_day}\n",
        "utf-8",
    )
    for later in (0, 1, 2):
        night(folders, days_later=later)
    snapshot = published()

    asked = []
    for later in (0, 1, 2):
        day = TODAY + timedelta(days=later)
        folder = assess(snapshot, edition=EDITION, overlay=overlay, as_of=day, out=tmp_path / str(later))
        rows = (folder / "indicator_result.jsonl").read_text("utf-8").splitlines()
        asked.append("later" in {json.loads(row)["indicator_id"] for row in rows})
    assert [False, True, True] == asked


def test_a_second_call_finds_the_answer_there(folders, published, first):
    before = {path.name: path.stat().st_mtime_ns for path in first.iterdir()}

    assert first == judge(folders, published)
    assert before == {path.name: path.stat().st_mtime_ns for path in first.iterdir()}


def test_more_rounds_are_other_inputs(folders, published, first):
    folders.run("availability", probe(PORTAL, iso(TODAY)), hour=9, purpose="round")

    assert first != judge(folders, published)


def test_a_folder_left_by_a_dead_process_is_done_again(folders, published, few_rows):
    night(folders)
    snapshot, out = published(), folders.data / "assessments"
    folder = assess(snapshot, edition=EDITION, as_of=TODAY, out=out)
    whole = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "assessment.json").unlink()
    (folder / "ledger.jsonl").write_bytes(b"{")

    assert folder == assess(snapshot, edition=EDITION, as_of=TODAY, out=out)
    assert whole == {path.name: path.read_bytes() for path in folder.iterdir()}
    assert [folder.name] == [path.name for path in folder.parent.iterdir()]


@pytest.mark.parametrize("rows", [0, 1])
def test_the_ledger_never_grows_from_a_folder_that_was_copied_by_half(folders, published, first, rows):
    night(folders, days_later=1)
    snapshot = published()
    lines = (first / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    assert len(lines) > 1
    (first / "ledger.jsonl").write_bytes(b"".join(lines[:rows]))

    for day in (TODAY, TODAY + timedelta(days=1)):  # nor is it the answer to the same inputs any more
        with pytest.raises(UserError, match=r"ledger\.jsonl: altered since its manifest was written"):
            assess(snapshot, edition=EDITION, as_of=day, out=first.parent)


def test_a_day_without_a_finished_run_is_refused(folders, published):
    night(folders)

    with pytest.raises(UserError, match="no finished nightly run of 2026-11-23"):
        judge(folders, published, days_later=1)


def test_rounds_alone_are_no_inspection(folders, published):
    folders.run("availability", probe(PORTAL, iso(TODAY)), purpose="round")

    with pytest.raises(UserError, match="no finished nightly run"):
        judge(folders, published)


def test_an_unknown_edition_is_refused(folders, published):
    night(folders)

    with pytest.raises(EditionError, match="unknown edition"):
        assess(published(), edition="inspection-2091", as_of=TODAY, out=folders.data / "assessments")


def test_a_mended_link_is_fixed_and_a_relapse_reopens_it(folders, published, few_rows):
    states = []
    for later, gone in enumerate(["not_found", "not_found", "ok", "not_found"]):
        night(folders, days_later=later, gone=gone)
        states.append(state_of_link(judge(folders, published, later)))

    assert ["new", "open", "fixed", "reopened"] == states


def test_a_link_that_was_taken_away_is_fixed(folders, published, first):
    night(folders, days_later=1, gone=None)

    assert "fixed" == state_of_link(judge(folders, published, 1))


def test_a_blocked_night_leaves_faults_open_and_finds_none(folders, published, first_by_all_rows):
    night(folders, days_later=1, blocked=True)
    folder = judge(folders, published, 1)

    assert "open" == state_of_link(folder)
    imported = {"ticket:T1", "account:wx-1"}  # what the office says needs no visit
    assert imported == {row["subject_url"] for row in rows(folder, "finding")}
    assert {"unmeasured"} == {row["verdict"] for row in rows(folder, "site_result")}


@pytest.mark.parametrize(
    ("listed", "published_at", "state"),
    [
        (None, None, "open"),
        (None, "2026-11-01T09:00", "fixed"),
        ("2026-11-01", None, "fixed"),
        ("not listed", None, "open"),
        ("not listed", "2026-11-01", "fixed"),
        ("not listed", "not read", "open"),
    ],
)
def test_an_undated_entry_is_mended_by_a_date_and_not_by_leaving_its_list(
    folders, published, few_rows, listed, published_at, state
):
    url = f"{NEWS}9.html"
    undated = [section_visit(entries=[Entry("通知", url)]), page(PORTAL, "dtyw/9.html"), site_visit(PORTAL)]
    folders.run("sections", *undated)
    judge(folders, published)
    entries = [] if listed == "not listed" else [Entry("通知", url, listed)]
    read = [] if published_at == "not read" else [page(PORTAL, "dtyw/9.html", published_at=published_at)]
    folders.run(
        "sections", section_visit(entries=entries), *read, site_visit(PORTAL), day=TODAY + timedelta(days=1)
    )
    folder = judge(folders, published, 1)

    assert [state] == [row["state"] for row in rows(folder, "ledger") if row["check_id"] == "entry-undated"]


def test_a_timeout_neither_mends_nor_renews_a_fault(folders, published, first):
    night(folders, days_later=1, gone="timeout")

    assert "open" == state_of_link(judge(folders, published, 1))


def test_assessments_by_other_editions_do_not_feed_the_ledger(folders, published, first):
    other = shutil.copytree(first, first.with_name("2026-11-21-other-12345678"))
    manifest = json.loads((other / "assessment.json").read_text("utf-8"))
    manifest |= {"assessment_id": other.name, "as_of": "2026-11-21", "edition": "other"}
    (other / "assessment.json").write_text(json.dumps(manifest), "utf-8")

    assert first == judge(folders, published)


def test_closed_sites_are_in_no_denominator_and_a_registry_of_closed_sites_is_judged_too(folders, published):
    folders.registry = replace(
        folders.registry,
        sites=tuple(replace(site, status="关停") for site in folders.registry.sites),
        sections=(),
    )
    folders.run("site")
    folder = judge(folders, published)

    assert [] == rows(folder, "site_result")
    assert [] == rows(folder, "indicator_result")


def test_a_section_that_left_the_registry_leaves_its_fault_closed(folders, published, few_rows):
    stale = section_visit(entries=[Entry("旧闻", f"{NEWS}1.html", "2026-01-05", "list")])
    folders.run("sections", stale, site_visit(PORTAL))
    judge(folders, published)
    folders.registry = replace(
        folders.registry, sections=tuple(each for each in folders.registry.sections if each.url != NEWS)
    )
    folders.run("sections", site_visit(PORTAL), day=TODAY + timedelta(days=1))
    ledger = rows(judge(folders, published, 1), "ledger")

    assert ["closed"] == [row["state"] for row in ledger if row["subject_url"] == NEWS]


def test_sites_marked_as_exceptions_run_and_are_judged(folders, published, few_rows):
    folders.registry = replace(
        folders.registry, sites=tuple(replace(site, status="例外") for site in folders.registry.sites)
    )
    night(folders)

    assert 2 == len(rows(judge(folders, published), "site_result"))


@pytest.mark.parametrize("edition", known_editions())
def test_every_indicator_of_every_site_and_account_in_scope_has_one_row(folders, published, edition):
    night(folders)
    folder = judge(folders, published, edition=edition)
    results = rows(folder, "indicator_result")
    asked = {
        site: [r.id for r in load_edition(edition).on(TODAY).indicators if r.scope in scopes]
        for site, scopes in ((PORTAL, ("all", "portal")), (BUREAU, ("all", "department")))
    }
    of_accounts = [r.id for r in load_edition(edition).on(TODAY).indicators if r.scope == "account"]

    assert sum(map(len, asked.values())) == len(results)
    assert asked == {
        site: [row["indicator_id"] for row in results if row["site_code"] == site] for site in asked
    }
    assert {"pass", "fail", "unmeasured", "manual"} >= {row["state"] for row in results}
    accounts = folders.registry.accounts
    assert len(accounts) * len(of_accounts) == len(rows(folder, "account_indicator_result"))
    assert len(accounts) * bool(of_accounts) == len(rows(folder, "account_result"))


def test_an_overlay_changes_what_it_names_and_says_so_in_every_result(folders, published, tmp_path):
    night(folders)
    overlay = tmp_path / "岚川.toml"
    overlay.write_text(
        f'title = "补充规定"\nchanges = "{EDITION}"\n[part.deduct]\nscope = "all"\n[indicator.usability]\nmax_points = 3\n',
        "utf-8",
    )
    plain, other = judge(folders, published), judge(folders, published, overlay=overlay)
    manifest = json.loads((other / "assessment.json").read_text("utf-8"))

    assert plain.name != other.name
    assert ["岚川", hashlib.sha256(overlay.read_bytes()).hexdigest()] == [
        manifest["overlay"],
        manifest["overlay_sha256"],
    ]
    asked = {
        row["indicator_id"]: row for row in rows(other, "indicator_result") if row["site_code"] == BUREAU
    }
    assert 3 == asked["usability"]["max_points"]
    assert "bonus-data" not in asked
    load_all(folders.data)
    known = published().frame("assessment").set_index("assessment_id")["overlay"]
    assert "岚川" == known[other.name]
    assert known.isna()[plain.name]
    overlay.unlink()
    kept = edition_of(other)
    assert ("岚川", "补充规定") == (kept.overlay.name, kept.overlay.title)
    assert 3 == next(row.max_points for row in kept.indicators if row.id == "usability")


def test_an_edition_edited_after_it_judged_is_refused_and_old_assessments_keep_theirs(
    folders, published, first_by_all_rows, tmp_path, monkeypatch
):
    first = first_by_all_rows
    before, kept = {path.name: path.read_bytes() for path in first.iterdir()}, edition_of(first)
    rules = shutil.copytree(RULES, tmp_path / "rules")
    edited = rules / f"{EDITION}.toml"
    edited.write_text(edited.read_text("utf-8").replace("max_points = 7", "max_points = 8", 1), "utf-8")
    monkeypatch.setattr("analytics.editions.chosen.RULES", rules)
    night(folders, days_later=1)

    with pytest.raises(EditionError) as refused:
        judge(folders, published, 1)
    now = hashlib.sha256(edited.read_bytes()).hexdigest()
    for word in (str(edited), now[:12], kept.sha256[:12], f"{EDITION}-2"):
        assert word in str(refused.value)
    assert [first.name] == [path.name for path in first.parent.iterdir()]
    assert before == {path.name: path.read_bytes() for path in first.iterdir()}
    assert kept == edition_of(first)


def test_an_overlay_edited_after_it_judged_is_refused(folders, published, few_rows, tmp_path):
    night(folders)
    overlay = tmp_path / "local.toml"
    overlay.write_text(f'title = "补充规定"\nchanges = "{EDITION}"\n[settings]\ndecimals = 2\n', "utf-8")
    judge(folders, published, overlay=overlay)
    overlay.write_text(
        overlay.read_text("utf-8").replace("decimals = 2", "decimals = 1").replace("2019", "1019"), "utf-8"
    )

    with pytest.raises(EditionError, match=r"changes: is 'inspection-1019'"):
        judge(folders, published, overlay=overlay)
    overlay.write_text(overlay.read_text("utf-8").replace("1019", "2019"), "utf-8")
    with pytest.raises(EditionError, match=r"local\.toml: was edited after it had judged"):
        judge(folders, published, overlay=overlay)


def test_an_edition_kept_by_an_assessment_and_altered_is_refused(first):
    (first / "edition.toml").write_text("id = 1", "utf-8")

    with pytest.raises(EditionError, match=r"edition\.toml: altered since"):
        edition_of(first)


def test_a_directory_that_cannot_be_written_is_a_plain_error(folders, published, few_rows):
    night(folders)
    (folders.data / "assessments").write_text("not a directory")

    with pytest.raises(UserError, match="cannot be written"):
        judge(folders, published)


def decide(folders, word: str, finding: dict, *, days_later: int = 0, hour: int = 12, **more) -> None:
    at = datetime(TODAY.year, TODAY.month, TODAY.day, hour, tzinfo=UTC) + timedelta(days=days_later)
    record(folders.data, [decision(word, finding["finding_key"], at=at, **more)], at)


def dead_link(folder) -> dict:
    return next(row for row in rows(folder, "finding") if row["check_id"] == "link-dead")


def test_a_decision_makes_another_assessment_that_says_who_decided_what(folders, published, first):
    decide(folders, "dismissed", dead_link(first), reason="测试页面")
    after = judge(folders, published)

    assert first != after
    found = dead_link(after)
    assert ("dismissed", "dismissed", "测试页面", "王敏", str(TODAY), None) == tuple(
        found[name]
        for name in ("state", "decision", "decision_reason", "decided_by", "decided_on", "decided_until")
    )
    assert dead_link(first) == found | dict.fromkeys(
        ("decision", "decision_reason", "decided_by", "decided_on"), None
    ) | {"state": "found"}
    assert "dismissed" == state_of_link(after)
    assert after == judge(folders, published)
    load_all(folders.data)
    assert ["dismissed"] == list(published().frame("ledger").query("check_id == 'link-dead'")["state"])


def test_an_explanation_that_has_run_out_leaves_the_fault_open(folders, published, first):
    finding = dead_link(first)
    decide(folders, "explained", finding, until_on=str(TODAY + timedelta(days=1)))
    states = []
    for later in (0, 1, 2):
        if later:
            night(folders, days_later=later)
        states.append(state_of_link(judge(folders, published, later)))

    assert ["explained", "explained", "open"] == states


def issue(folders, assessment_id: str, finding: dict, *, due_on: str) -> None:
    folder = folders.data / "issued" / "circular-1"
    folder.mkdir(parents=True)
    (folder / "circular.html").write_text("通报")
    told = {
        "unit": "岚川市人民政府办公室",
        "number": "1",
        "due_on": due_on,
        "finding_keys": [finding["finding_key"]],
    }
    manifest = {
        "notice_id": folder.name,
        "assessment_id": assessment_id,
        "kind": "circular",
        "number": "岚政办〔2026〕1号",
        "cites": None,
        "issued_on": str(TODAY),
        "due_on": due_on,
        "files": [{"path": "circular.html", "sha256": hashlib.sha256("通报".encode()).hexdigest()}],
        "notices": [told],
    }
    (folder / "issued.json").write_text(json.dumps(manifest), "utf-8")


def test_a_fault_seen_after_the_deadline_of_an_issued_document_is_overdue(folders, published, first):
    load_all(folders.data)
    issue(folders, first.name, dead_link(first), due_on=str(TODAY + timedelta(days=1)))
    states = []
    for later in (1, 2):
        night(folders, days_later=later)
        states.append(state_of_link(folder := judge(folders, published, later)))

    assert ["open", "overdue"] == states
    told = next(row for row in rows(folder, "ledger") if row["check_id"] == "link-dead")
    assert ("circular-1", "2026-11-23") == (told["notified_in"], told["due_on"])


def test_an_issued_document_that_was_changed_is_refused(folders, first):
    issue(folders, first.name, dead_link(first), due_on=str(TODAY))
    (folders.data / "issued" / "circular-1" / "circular.html").write_text("另一份")

    [(folder, reason)] = load_all(folders.data).refused
    assert ("circular-1", True) == (
        folder.name,
        "circular.html: altered since its manifest was written" in reason,
    )


@pytest.mark.parametrize("edition", known_editions())
def test_every_line_of_a_score_sheet_has_its_clause_and_the_faults_it_counts(folders, published, edition):
    night(folders)
    folder = judge(folders, published, edition=edition)
    load_all(folders.data)
    sheet = published().query("score_sheet", assessment_id=folder.name, site_code=PORTAL)
    line = sheet.set_index("title").loc["链接可用性" if edition == "census-2015" else "可用性"]

    of_sites = [row for row in load_edition(edition).on(TODAY).indicators if row.scope not in OF_ACCOUNTS]
    assert [row.clause for row in of_sites] == list(sheet["clause"])
    assert [row["finding_key"] for row in rows(folder, "finding") if row["check_id"] == "link-dead"] == list(
        line["counted"]
    )
    assert line["count"] == len(line["counted"])
    assert sheet["reason"].str.len().min() > 0
    lost = sheet[sheet["points"] > 0]
    for points, reason in zip(lost["points"], lost["reason"], strict=True):
        assert f"应扣{points:g}分" in reason or f"最多扣{points:g}分" in reason


@pytest.fixture
def links_wait(tmp_path, monkeypatch):
    """The few rows, but that a person must confirm dead links first."""
    text = (FEW_ROWS / f"{EDITION}.toml").read_text("utf-8")
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / f"{EDITION}.toml").write_text(
        text.replace("confirm_first = []", 'confirm_first = ["link-dead"]'), "utf-8"
    )
    monkeypatch.setattr(editions, "RULES", rules)


def usability(folder) -> str:
    return next(
        row["state"]
        for row in rows(folder, "indicator_result")
        if (row["site_code"], row["indicator_id"]) == (PORTAL, "usability")
    )


def test_a_candidate_counts_once_a_person_has_confirmed_it_and_waits_again_after_a_relapse(
    folders, published, links_wait
):
    night(folders)
    first = judge(folders, published)
    assert ("awaiting", "manual") == (dead_link(first)["state"], usability(first))
    assert not [row for row in rows(first, "ledger") if row["check_id"] == "link-dead"]

    decide(folders, "confirmed", dead_link(first))
    again = judge(folders, published)
    assert ("confirmed", "fail", "new") == (dead_link(again)["state"], usability(again), state_of_link(again))

    night(folders, days_later=1, gone="ok")
    assert "fixed" == state_of_link(judge(folders, published, 1))
    night(folders, days_later=2)
    relapsed = judge(folders, published, 2)
    assert ("awaiting", "fixed") == (dead_link(relapsed)["state"], state_of_link(relapsed))

    decide(folders, "confirmed", dead_link(first), days_later=2)
    assert "reopened" == state_of_link(judge(folders, published, 2))


def test_what_a_recheck_found_mended_is_fixed_until_a_night_finds_it_again(folders, published, first):
    load_all(folders.data)
    found = dead_link(first)
    folders.run(
        "recheck",
        RecheckResult(
            found["finding_key"],
            PORTAL,
            "link-dead",
            GONE,
            "mended",
            None,
            iso(TODAY + timedelta(days=1), 0),
        ),
        day=TODAY + timedelta(days=1),
        hour=0,
        purpose="recheck",
    )
    ledger = published().frame("ledger").set_index("finding_key").loc[found["finding_key"]]
    assert ("fixed", str(TODAY + timedelta(days=1))) == (ledger["state"], str(ledger["fixed_on"].date()))

    blocked = folders.data.with_name("blocked")
    shutil.copytree(folders.data, blocked)
    night(folders, days_later=1)
    assert "reopened" == state_of_link(judge(folders, published, 1))
    there = Folders(blocked)
    night(there, days_later=1, blocked=True)
    load_all(blocked)
    with shown(blocked, datetime(2026, 11, 25, tzinfo=UTC)) as snapshot:
        folder = assess(
            snapshot, edition=EDITION, as_of=TODAY + timedelta(days=1), out=blocked / "assessments"
        )
    assert "fixed" == state_of_link(folder)


@pytest.mark.parametrize(
    ("last_post_on", "state", "verdict"),
    [
        (TODAY, "pass", "qualified"),
        (TODAY - timedelta(days=15), "fail", "unqualified"),
        (None, "unmeasured", "unmeasured"),
    ],
)
def test_an_account_is_judged_by_its_last_post_and_unmeasured_without_one(
    folders, published, few_rows, last_post_on, state, verdict
):
    accounts = tuple(
        replace(account, feed_url=None, last_post_on=last_post_on) for account in folders.registry.accounts
    )
    folders.registry = replace(folders.registry, accounts=accounts)
    night(folders)
    folder = judge(folders, published)
    lines = {row["indicator_id"]: row["state"] for row in rows(folder, "account_indicator_result")}

    assert state == lines["account-veto-stale"]
    assert [verdict] == [row["verdict"] for row in rows(folder, "account_result")]
