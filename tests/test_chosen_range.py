"""Quotations somebody chose for range stay chosen, and are dropped in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from debrief_study import a_study_to_debrief, a_transcript
from interview_desk import an_operation
from sqlmodel import select

from coding.study import Person, Role
from coding.transcripts import SourceKind
from data.exporters.report_document import Paragraph
from data.people_rights.withdrawal import Kind, Reason
from data.problems import DataRefused
from data.storage import StudyStore
from data.tables import ChosenQuotationRow
from workbench.actions.themes import summary_report
from workbench.actions.themes.chosen_range import choose_anew, read_range, swap
from workbench.actions.themes.quoted_places import read_quoted
from workbench.actions.themes.said_themes import read_said_themes
from workbench.actions.themes.theme_summary import read_theme

LISTENED = "They all listened to us at that table."
NOT_ONCE = "Nobody asked me what I wanted, not once."


class Desk:
    """Being heard, with one quotation shown of four."""

    def __init__(self, store: StudyStore, person_id: str) -> None:
        self.store, self.person = store, person_id
        self.code = store.codebook.codebook().named("Being heard").id

    def read(self):
        themes = read_said_themes(self.store)
        read = read_theme(self.store, themes, self.code, reader_id=self.person)
        assert read is not None
        return read

    def range(self, how_many=1):
        return read_range(self.store, self.read(), how_many=how_many)

    def shown(self, how_many=1):
        return [one.quotation.words for one in self.range(how_many).quoted]

    def choose(self, words):
        """Have this quotation chosen, whatever the rule would choose."""
        read = self.read()
        quoted = read_quoted(self.store, read, read.quotable())
        place = next(q.place.key for q in quoted if q.quotation.words == words)
        self.store.themes.choose(self.person, self.code, [place])
        assert self.shown() == [words]

    def swap_until(self, words):
        """Press for another in place of the one shown until it is this one."""
        aside = []
        for _ in self.read().quotable():
            if self.shown() == [words]:
                return
            now = [one.place.key for one in self.range().quoted]
            aside = swap(self.store, self.person, self.read(), now, 0, aside)
        assert self.shown() == [words]

    def source(self, name):
        return next(s for s in self.store.sources.summaries() if s.name == name)

    def rows(self):
        with self.store.database.reading() as session:
            rows = session.exec(select(ChosenQuotationRow)).all()
            return [SimpleNamespace(**row.model_dump()) for row in rows]

    def dropped(self):
        """What is said of the choice, once another stands in its place."""
        shown = self.range()
        assert len(shown.quoted) == 1
        assert shown.is_chosen
        (words,) = shown.words
        return words


@pytest.fixture
def desk(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    yield Desk(store, person.id)
    store.close()


def test_a_quotation_chosen_is_still_chosen_tomorrow_and_in_the_report(desk, tmp_path):
    by_rule = desk.shown()
    assert by_rule != [LISTENED]
    assert desk.range().words == ()
    desk.swap_until(LISTENED)
    again = Desk(StudyStore(desk.store.database.file), desk.person)
    assert again.shown() == [LISTENED]
    name = desk.store.study.person(desk.person).name
    (words,) = again.range().words
    assert words.startswith(f"This one was chosen by {name}, last on ")
    document = summary_report.theme_document(
        again.store, again.read(), "Dee", datetime(2026, 3, 1, tzinfo=UTC)
    )
    section = next(p for p in document.sections if p.heading == "In their words")
    assert section.parts[0].words == LISTENED
    (_, on) = words.split(", last on ")
    told = f"1 of them was chosen by {name}, last on {on}"
    assert Paragraph(told, is_note=True) in section.parts
    # More are shown than were chosen: the rule fills up behind.
    assert again.shown(2)[0] == LISTENED
    choose_anew(again.store, again.person, again.read())
    assert (again.shown(), again.rows(), again.range().words) == (by_rule, [], ())
    again.store.close()


def test_another_person_keeps_who_chose_what_stood_before(desk):
    desk.choose(LISTENED)
    store, before = desk.store, desk.rows()[0]
    store.themes.choose("dee", desk.code, [*(one.key for one in desk.read().places)])
    first = next(row for row in desk.rows() if row.start == before.start)
    assert (first.chosen_by, first.chosen_at) == (before.chosen_by, before.chosen_at)
    assert {row.chosen_by for row in desk.rows()} == {desk.person, "dee"}
    assert "quotations chosen" in [line.action for line in store.audit.lines()]


def test_only_who_may_write_findings_chooses_for_everybody(desk):
    desk.store.study.add_person(
        desk.person, Person("pat", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    with pytest.raises(DataRefused):
        desk.store.themes.choose("pat", desk.code, [])


def test_one_that_was_recoded_is_dropped_in_words(desk):
    desk.choose(LISTENED)
    other = desk.store.codebook.codebook().named("Paperwork").id
    recode = an_operation("recode", segment_id="Visit 1-2", code_id=other)
    desk.store.coding.apply(desk.person, desk.source("Visit 1").id, [recode])
    assert desk.dropped() == (
        "1 chosen quotation is no longer shown: it was coded otherwise."
    )


def _visit(first, second):
    return a_transcript(
        "Visit 1", SourceKind.OBSERVATION, (("R", first), ("Voice", second))
    )


def _correct(desk, corrected):
    source = desk.source("Visit 1").id
    seen = desk.store.sources.read(source).transcript.sha256
    desk.store.corrections.correct(
        desk.person, source, corrected, "Heard again.", seen_sha256=seen
    )


def test_one_whose_words_were_corrected_is_dropped_in_words(desk):
    desk.choose(LISTENED)
    first = "She is the only one who stayed with us the whole year."
    _correct(desk, _visit(first, "They all listened to us at this table."))
    assert desk.dropped() == (
        "1 chosen quotation is no longer shown: its words were corrected or changed."
    )


def test_one_that_only_moved_with_a_correction_before_it_stays(desk):
    desk.choose(LISTENED)
    _correct(desk, _visit("She is the only one who stayed the whole year.", LISTENED))
    assert desk.shown() == [LISTENED]
    assert desk.range().words[0].startswith("This one was chosen")


def test_one_of_a_withdrawn_source_is_dropped_in_words_and_comes_back(desk):
    desk.choose(LISTENED)
    about = desk.store.withdrawals.find(Kind.SOURCE, desk.source("Visit 1").id)
    desk.store.withdrawals.withdraw(
        desk.person, about, Reason.PERSON_ASKED, "2026-01-15"
    )
    assert desk.dropped() == (
        "1 chosen quotation is no longer shown: its source was withdrawn."
    )
    assert desk.rows()


def test_one_of_an_erased_source_is_dropped_in_words(desk):
    desk.choose(LISTENED)
    about = desk.store.withdrawals.find(Kind.SOURCE, desk.source("Visit 1").id)
    listing = desk.store.erasures.listing(desk.person, about)
    assert [
        (one.what, one.count, one.becomes)
        for one in listing.touched
        if one.what.startswith("quotation")
    ] == [("quotation chosen for range", 1, "kept, and told as erased")]
    desk.store.erasures.erase(desk.person, about, Reason.PERSON_ASKED, typed="Visit 1")
    assert desk.dropped() == (
        "1 chosen quotation is no longer shown: its words were erased."
    )
    assert desk.rows()[0].source_id is None


def test_one_by_somebody_who_was_erased_among_others_is_dropped_in_words(desk):
    let_him_tell = "I sat down and let him tell it"
    desk.choose(let_him_tell)
    heron = next(p for p in desk.store.study.participants() if p.pseudonym == "Heron")
    about = desk.store.withdrawals.find(Kind.PARTICIPANT, heron.id)
    desk.store.erasures.erase(desk.person, about, Reason.PERSON_ASKED, typed="Heron")
    assert desk.source("Group 1")
    assert desk.dropped() == (
        "1 chosen quotation is no longer shown: its words were erased."
    )


def test_one_by_somebody_who_may_not_be_quoted_is_dropped_in_words(desk):
    desk.choose(NOT_ONCE)
    read = desk.read()
    unquotable = {
        key: replace(one, may_be_quoted=False) for key, one in read.people.items()
    }
    shown = read_range(desk.store, replace(read, people=unquotable), how_many=1)
    assert NOT_ONCE not in [one.quotation.words for one in shown.quoted]
    assert shown.words == (
        "1 chosen quotation is no longer shown: whoever says it may not be quoted now.",
    )
