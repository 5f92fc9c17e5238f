"""A round in which we were the ones offline counts against nobody."""

from dataclasses import replace

import pytest

from govcrawl.cli.doctor import CLOCK_OF_OTHERS_SLACK_S
from govcrawl.records.items import Canary, Probe
from govcrawl.warehouse import schema
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.warehouse.folders import PORTAL, TODAY, Folders, instant, iso, link_check, page, site_visit

WELL = Canary("all", iso(TODAY), 3, 0, 0, 0, 0.4)


def round_of(*outcomes: str) -> list[Probe]:
    return [
        Probe(PORTAL, f"http://s{number}.gov.cn/", iso(TODAY), "round", outcome, None, 1.0, None)
        for number, outcome in enumerate(outcomes)
    ]


CASES = [
    (["ok"] * 5, WELL, None),
    (["dns_failure"] * 5, WELL, "nearly_all_failed"),
    (["dns_failure", "refused", "timeout", "tls_error", "reset"], WELL, "nearly_all_failed"),
    (["dns_failure"] * 9 + ["ok"], WELL, "nearly_all_failed"),
    (["dns_failure"] * 8 + ["ok"] * 2, WELL, None),
    (["dns_failure"] * 4, WELL, None),  # too few to tell
    (["server_error"] * 5, WELL, None),  # they did answer
    (["timeout"] * 5, replace(WELL, addresses_asked=2, addresses_answered=1), None),  # we were online
    (["ok"] * 5, replace(WELL, addresses_asked=2), "canaries_silent"),
    (["ok"] * 5, replace(WELL, names_resolved=3, resolved_to="198.51.100.7"), "unknown_names_resolve"),
    (["ok"] * 5, replace(WELL, names_resolved=2), None),  # a wildcard of one zone is its owner's will
    (["ok"] * 5, replace(WELL, clock_ahead_s=-3600.0), "clock_wrong"),
]


def test_what_voids_a_round(tmp_path):
    folders = Folders(tmp_path)
    runs = [
        folders.run("availability", *round_of(*outcomes), canary, purpose="round")
        for outcomes, canary, _ in CASES
    ]
    load_all(tmp_path)
    publish(tmp_path, instant(TODAY, 4))

    with Snapshot.open(tmp_path) as snapshot:
        reasons = dict(snapshot.frame("run")[["run_id", "voided"]].itertuples(index=False))
        counted = (
            snapshot.frame("probe").groupby("run_id")["voided"].apply(lambda voided: voided.isna().sum())
        )

    for run, (outcomes, _, voided) in zip(runs, CASES, strict=True):
        assert voided == (reasons[run] if isinstance(reasons[run], str) else None), outcomes
        assert (0 if voided else len(outcomes)) == counted[run]


@pytest.mark.parametrize(("opened", "voided"), [(True, True), (False, False)])
def test_a_links_run_is_void_when_hosts_fail_that_opened_before(tmp_path, opened, voided):
    """Nine dead hosts beside one site are nine dead hosts; nine hosts that had opened an hour ago are our line."""
    hosts = [f"http://s{number}.gov.cn/" for number in range(9)]
    folders = Folders(tmp_path)
    pages = [replace(page(PORTAL), url=url, outcome="ok" if opened else "refused") for url in hosts]
    site = folders.run("site", page(PORTAL), *pages, site_visit(PORTAL))
    links = folders.run(
        "links", *(link_check(url + "x.css", "refused", None) for url in hosts), WELL, hour=4, of_run=site
    )
    load_all(tmp_path)
    publish(tmp_path, instant(TODAY, 6))

    with Snapshot.open(tmp_path) as snapshot:
        reasons = dict(snapshot.frame("run")[["run_id", "voided"]].itertuples(index=False))

    assert voided == isinstance(reasons[links], str)


def test_the_doctor_and_the_loader_allow_the_clock_the_same():
    rule = schema.sql("derive/voided_run.sql")

    assert f"SELECT {CLOCK_OF_OTHERS_SLACK_S:.0f} AS most_clock_off_s" in rule
