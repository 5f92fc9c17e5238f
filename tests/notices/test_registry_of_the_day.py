"""What a document says of a site, a unit or an account is what the registry said when it was judged."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.editions import chosen as editions
from analytics.notices.intranet.index import write_index
from analytics.notices.results import read_results
from analytics.notices.write import write_notices
from govcrawl.records.items import Entry
from govcrawl.registry import Section
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import Acceptance, publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.analytics.judging.few_rows import FEW_ROWS
from tests.notices.conftest import REGISTRY, _judge
from tests.notices.test_documents import read
from tests.warehouse import folders
from tests.warehouse.folders import NEWS, PORTAL, TODAY, Folders

CORRECTED = f"{NEWS}xin/"
RENAMED = replace(
    REGISTRY,
    sites=(replace(REGISTRY.sites[0], name="改名后的网站", unit="改名后的单位"), *REGISTRY.sites[1:]),
    sections=(),
)


@pytest.fixture
def later(judged, tmp_path):
    """The judged prefecture as it was, ready for more runs."""
    data = tmp_path / "data"
    shutil.copytree(judged.data, data, symlinks=True, ignore=shutil.ignore_patterns("notices"))
    return data


def republish(data, hour):
    load_all(data)
    publish(data, folders.instant(TODAY, hour), accepted=Acceptance("test", "test"))


@pytest.mark.parametrize("purpose", ["round", "nightly"])
def test_a_later_run_with_another_registry_changes_no_document(judged, later, purpose):
    made = Folders(later, RENAMED)
    probes = [folders.probe(PORTAL, folders.iso(TODAY, 8), purpose=purpose)]
    made.run("availability", *probes, hour=8, purpose=purpose)
    republish(later, 9)
    with Snapshot.open(later) as snapshot:
        assert "改名后的网站" in snapshot.frame("site")["name"].tolist(), (
            "the newest registry has the new name"
        )
        now = read_results(snapshot, judged.assessments[1])
    with Snapshot.open(judged.data) as snapshot:
        before = read_results(snapshot, judged.assessments[1])
    written = write_notices(later, judged.assessments[1])

    assert now.sites.equals(before.sites)
    assert now.findings.equals(before.findings)
    for path in written.folder.rglob("*.html"):
        assert "改名后" not in path.read_text("utf-8")


QUERIES = {
    "judged_sites": {},
    "judged_accounts": {},
    "reported_findings": {},
    "rows_not_measured": {},
    "notified_faults": {},
    "units_and_portals": {},
    "submissions_made": {},
    "articles_by_source": {},
    "articles_listed": {},
    "registered_sites": {},
    "registered_sections": {},
    "registered_units": {},
    "registered_accounts": {},
    "tickets_registered": {},
    "results_compared": {},
    "review_findings": {},
    "review_rows": {},
    "plan_of_assessment": {},
    "sections_of_assessment": {},
    "figures_of_assessment": {"dimension": "unit"},
    "published_by_month": {"since": TODAY - timedelta(days=60)},
    "published_by_class": {"since": TODAY - timedelta(days=60), "until": TODAY},
    "messages_of_time": {"since": TODAY - timedelta(days=60), "until": TODAY},
    "tickets_received": {"since": TODAY - timedelta(days=60), "until": TODAY},
    "spot_checks_of_time": {"since": TODAY - timedelta(days=60), "until": TODAY},
    "reprimands_of_time": {"since": TODAY - timedelta(days=60), "until": TODAY},
    "account_posts": {"since": TODAY - timedelta(days=60), "until": TODAY},
    "section_days": {"since": TODAY - timedelta(days=60), "until": TODAY, "site_codes": [PORTAL]},
}


def test_every_question_about_an_assessment_is_answered_by_its_registry(judged, later):
    Folders(later, RENAMED).run("availability", folders.probe(PORTAL, folders.iso(TODAY, 8)), hour=8)
    republish(later, 9)
    with Snapshot.open(later) as now, Snapshot.open(judged.data) as before:
        for name, values in QUERIES.items():
            asked = {"assessment_id": judged.assessments[1], **values}
            assert now.query(name, **asked).equals(before.query(name, **asked)), name
        pair = {"earlier_id": judged.assessments[0], "assessment_id": judged.assessments[1]}
        assert now.query("faults_met_again", **pair).equals(before.query("faults_met_again", **pair))


def test_a_section_whose_address_is_corrected_stops_no_night(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "RULES", FEW_ROWS)
    stale = [Entry("旧闻", f"{NEWS}1.html", "2025-01-02", "list")]
    visit = folders.section_visit
    first = Folders(tmp_path, replace(REGISTRY, sections=(Section(PORTAL, "动态要闻", NEWS, "动态要闻"),)))
    first.run("sections", visit(entries=stale), folders.site_visit(PORTAL), day=TODAY - timedelta(days=1))
    _judge(tmp_path, TODAY - timedelta(days=1))
    second = replace(
        first, registry=replace(REGISTRY, sections=(Section(PORTAL, "动态要闻", CORRECTED, "动态要闻"),))
    )
    fresh = [Entry("新闻", f"{CORRECTED}1.html", TODAY.isoformat(), "list")]
    second.run("sections", visit(CORRECTED, entries=fresh), folders.site_visit(PORTAL))
    assessment = _judge(tmp_path, TODAY)
    with Snapshot.open(tmp_path) as snapshot:
        states = snapshot.query("faults_of_assessment", assessment_id=assessment).set_index("subject_url")[
            "state"
        ]
    write_notices(tmp_path, assessment)
    write_index(tmp_path)
    text, _ = read(tmp_path / "notices" / "intranet" / "sites" / f"{PORTAL}.html")

    assert states[NEWS] == "closed"
    assert "已不在登记范围" in text
