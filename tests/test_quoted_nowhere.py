"""Whoever may not be quoted is quoted in no report and in no file."""

from __future__ import annotations

import pytest
from quoting_desk import ADAS, BOS, QuotingDesk

from data.people_rights.consent import NOTHING_ASKED, Answer, Consent, Use
from workbench.actions.evidence.evidence_words import EvidenceTeller
from workbench.actions.rights.consenting import WORDS_KEPT_BACK

# These hold figures or lists alone.
WITHOUT_WORDS = ("themes.csv", "themes.xlsx", "summaries.xlsx")


@pytest.fixture
def desk(empty_store):
    made = QuotingDesk(empty_store)
    made.both_through()
    return made


def _may_not_be_quoted(desk):
    said = {**NOTHING_ASKED, Use.QUOTATION: Answer.NO}
    desk.store.consent.record("lead", Consent(desk.ids["ada"], said))


def test_every_file_that_quotes_others_leaves_her_words_out(desk):
    before = desk.every_file()
    of_ada = {name for name, words in before.items() if ADAS in words}
    of_bo = {name for name, words in before.items() if BOS in words}
    # Each of these would show a word that slips through.
    assert len(before) > 25
    in_context = {"lantern in context.csv", "worker in context.csv"}
    without = {*WITHOUT_WORDS, *in_context}
    assert of_ada == {*(before.keys() - without), "lantern in context.csv"}
    _may_not_be_quoted(desk)
    after = desk.every_file()
    assert after.keys() == before.keys()
    assert [name for name, words in after.items() if ADAS in words] == []
    # There tom's coding runs from her words into Bo's, who goes with her.
    as_one = {"found.docx", "found.xlsx", "agreement.docx"}
    assert {name for name, words in after.items() if BOS in words} == of_bo - as_one
    assert as_one < of_bo


def test_each_file_says_that_words_are_kept_back(desk):
    _may_not_be_quoted(desk)
    after = desk.every_file()
    for name in (
        *("findings.docx", "findings.html", "findings.xlsx", "minutes.docx"),
        *("minutes.html", "matrix.docx", "matrix.xlsx", "templates.xlsx"),
        *("memos.docx", "memos.csv", "agreement.docx", "record.docx"),
    ):
        assert WORDS_KEPT_BACK in after[name], name


def test_evidence_on_a_page_is_told_without_her_words(desk):
    _may_not_be_quoted(desk)
    linked = desk.store.evidence.of(desk.store.findings.all()[0].holder)
    teller = EvidenceTeller(desk.store)
    ada, bo, across = (teller.tell(one) for one in linked)
    assert (ada.words, ada.is_said) == (WORDS_KEPT_BACK, False)
    # Who asks speaks first there; her words follow.
    assert (across.words, across.is_said) == (WORDS_KEPT_BACK, False)
    assert bo.is_said
    assert ada.whose.startswith("Ada")
    assert ada.way is not None
