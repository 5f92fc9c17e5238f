"""Every word has its phrase; one that lacks it names itself, in the document and in the log."""

import logging

import pandas as pd
import pytest

from analytics.checks import known_checks
from analytics.notices.documents.duty_digest import Change
from analytics.review import export, form
from analytics.words.of_checks import check_words
from analytics.words.phrases import BARRIER, CERTIFICATE, OUTCOMES, STAND_INS, outcome_words
from analytics.words.wording import wording
from govcrawl.network.tls import PROBLEMS
from govcrawl.records import states
from govcrawl.records.barrier_words import BarrierAspect
from govcrawl.records.kinds import RunKind
from govcrawl.records.outcomes import Outcome, StandIn
from govcrawl.records.service_words import SearchWay

WORDS = {
    "ledger_state": set(states.LedgerState),
    "verdict": set(states.Verdict),
    "life": set(states.STANDING),
    "standing": set(states.Standing) - {states.Standing.UNCHECKED},
    "became": set(states.Standing) - {states.Standing.OVERDUE},
    "run_kind": set(RunKind),
    "visit_end": set(states.FinishReason),
    "night_state": set(states.BROKEN_OFF),
    "left_out": set(states.LeftOut),
    "way_out": (set(Outcome) - {Outcome.OK}) | {"no_sections", "few_probes"},
    "search": set(SearchWay),
    "file_change": set(Change),
    "check": set(known_checks()),
    "group_title": set(wording()["groups"]),
    "group_short": set(wording()["groups"]),
}


@pytest.mark.parametrize("table", WORDS)
def test_a_table_of_the_wording_has_a_phrase_for_every_word_and_no_other(table):
    assert WORDS[table] == set(wording()[table]), f"report_templates/wording.toml [{table}]"


@pytest.mark.parametrize("part", wording()["part"])
def test_every_state_of_a_row_has_a_phrase_in_every_part(part):
    assert set(states.RowState) == set(wording()["row_state"][part])


def test_outcomes_certificates_and_decisions_have_their_phrases():
    assert set(Outcome) == set(OUTCOMES), "analytics/words/phrases.py: OUTCOMES"
    assert set(StandIn) == set(STAND_INS), "analytics/words/phrases.py: STAND_INS"
    assert set(BarrierAspect) == set(BARRIER), "analytics/words/phrases.py: BARRIER"
    assert set(PROBLEMS) == set(CERTIFICATE), "analytics/words/phrases.py: CERTIFICATE"
    assert set(states.FindingState) == set(export.STATES), "analytics/review/export.py: STATES"
    assert states.DECIDED == set(form.OF_FINDING.values())
    assert states.DECIDED_ROW == set(form.OF_ROW.values())


@pytest.mark.parametrize("check", known_checks())
def test_a_check_has_title_group_unit_and_advice(check):
    words = wording()["check"][check]

    assert {"title", "group", "unit", "advice"} <= set(words), (
        f"report_templates/wording.toml [check.{check}]"
    )
    assert words["group"] in wording()["groups"]


def test_a_word_without_phrase_names_itself_and_stops_nothing(caplog):
    with caplog.at_level(logging.ERROR):
        assert "〔缺词 ledger_state.vanished〕" == wording()["ledger_state"]["vanished"]
        assert ["正常打开", "〔缺词 outcome.novel〕"] == outcome_words(pd.Series(["ok", "novel"])).tolist()
        words = check_words("no-such-check")

    assert "〔缺词 check.no-such-check〕" == words["title"]
    assert words["group"] in wording()["groups"]
    assert "ledger_state.vanished" in caplog.text
