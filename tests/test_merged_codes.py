"""What people wrote of a code goes along when it is merged, and comes back with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from debrief_study import a_study_to_debrief
from interview_desk import an_operation
from sqlmodel import select
from template_desk import ONE_WORKER, TRUST

from coding.codebook import Code
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.evidence.evidence_records import (
    EvidenceChange,
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
    Stance,
)
from data.storage.framework.framework_records import CellPlace, MatrixShape
from data.tables import ContrarySearchRow, EvidenceRow, OppositeCodeRow
from workbench.actions.codebook.changes import details_in_words, merge_in_words
from workbench.actions.framework.matrix_reading import read_matrix
from workbench.actions.themes.contrary import mark_contrary
from workbench.actions.themes.said_themes import read_said_themes
from workbench.actions.themes.theme_summary import read_theme

LISTENED = "Visit 1-2"
AT_THAT_TABLE = "They all listened to us at that table."


class Desk:
    """Being heard, with a contrary case, a search and an opposite, to be merged into
    Paperwork, which the same coder has on the same words."""

    def __init__(self, store: StudyStore, person_id: str) -> None:
        self.store, self.person = store, person_id
        book = store.codebook.codebook()
        named = {code.name: code.id for code in book.codes}
        self.heard, self.paper = named["Being heard"], named["Paperwork"]
        self.worker = named["Same worker"]
        mark_contrary(store, person_id, self.heard, LISTENED, "Only at that table.")
        store.themes.mark_opposites(person_id, self.heard, [self.worker, self.paper])
        store.themes.mark_opposites(person_id, self.worker, [self.heard])
        self.search = store.themes.record_search(person_id, self.heard, "All of it")
        self.twin = self._coded_again()

    def _coded_again(self) -> str:
        sources = self.store.sources
        source = next(s.id for s in sources.summaries() if s.name == "Visit 1")
        start = sources.read(source).transcript.text.index(AT_THAT_TABLE)
        twin = an_operation(
            "code",
            code_id=self.paper,
            segment_id="twin",
            start=start,
            end=start + len(AT_THAT_TABLE),
        )
        (outcome,) = self.store.coding.apply(self.person, source, [twin])
        assert not outcome.is_refused
        return "twin"

    def merge(self) -> int:
        return self.store.code_changes.merge(self.person, self.heard, self.paper)

    def put_up(self) -> Holder:
        """What a hypothesis's evidence is linked to."""
        made = self.store.hypotheses.put_up(self.person, "They listen", "Two say so.")
        return Holder(HolderKind.HYPOTHESIS, made.id)

    def read(self, code_id: str):
        read = read_theme(
            self.store,
            read_said_themes(self.store),
            code_id,
            reader_id=self.person,
        )
        assert read is not None
        return read.contrary

    def rows(self) -> list[dict]:
        """Every row that is about a code without being a coding."""
        found = []
        with self.store.database.reading() as session:
            for table in (EvidenceRow, ContrarySearchRow, OppositeCodeRow):
                rows = [row.model_dump() for row in session.exec(select(table)).all()]
                assert rows
                found += sorted(rows, key=str)
        return found


@pytest.fixture
def desk(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    yield Desk(store, person.id)
    store.close()


def test_contrary_cases_are_shown_under_the_code_merged_into_and_come_back(desk):
    before = desk.rows()
    foreseen = desk.store.code_changes.foresee_merge(desk.heard, desk.paper)
    assert merge_in_words(foreseen).endswith(
        "2 contrary cases and searches for them go along."
    )
    number = desk.merge()
    contrary = desk.read(desk.paper)
    (case,) = contrary.marked
    # Its words stand under both for one coder: what rested on the one rests on the
    # other, and says that it was recoded.
    assert (case.thing_id, case.note) == (desk.twin, "Only at that table.")
    assert (case.change, case.now.words) == (
        EvidenceChange.RECODED,
        AT_THAT_TABLE,
    )
    assert [one.where_looked for one in contrary.searches] == ["All of it"]
    # What was the opposite of itself is none; the others stand both ways.
    assert [code.id for code in contrary.opposites] == [desk.worker]
    assert [c.id for c in desk.read(desk.worker).opposites] == [desk.paper]
    change = desk.store.code_changes.changes(most=1)[0]
    assert "2 contrary cases and searches for them moved." in details_in_words(change)
    desk.store.code_changes.undo(desk.person, number)
    assert desk.rows() == before
    desk.store.code_changes.redo(desk.person, number)
    assert [one.note for one in desk.read(desk.paper).marked] == ["Only at that table."]
    desk.store.code_changes.undo(
        desk.person, desk.store.code_changes.changes(most=1)[0].number
    )
    assert desk.rows() == before


def test_what_was_taken_away_after_the_merge_does_not_come_back(desk):
    number = desk.merge()
    (case,) = desk.read(desk.paper).marked
    desk.store.evidence.unlink(desk.person, case.id)
    desk.store.themes.take_back_search(desk.person, desk.search)
    desk.store.themes.mark_opposites(desk.person, desk.paper, [])
    later = desk.store.themes.record_search(desk.person, desk.paper, "Again")
    desk.store.code_changes.undo(desk.person, number)
    contrary = desk.read(desk.heard)
    assert (contrary.marked, contrary.searches) == ((), ())
    # Of the opposites only what the merge let fall by itself.
    assert [code.id for code in contrary.opposites] == [desk.paper]
    assert later
    assert [s.where_looked for s in desk.read(desk.paper).searches] == ["Again"]


def test_what_is_done_again_carries_what_was_written_since_it_was_taken_back(desk):
    number = desk.merge()
    desk.store.code_changes.undo(desk.person, number)
    desk.store.themes.record_search(desk.person, desk.heard, "Since")
    desk.store.code_changes.redo(desk.person, number)
    searches = desk.read(desk.paper).searches
    assert [one.where_looked for one in searches] == ["All of it", "Since"]


def test_evidence_on_words_under_both_codes_rests_on_what_stays(desk):
    hypothesis = desk.store.hypotheses.put_up(
        desk.person, "They listen", "Some say so."
    )
    holder = Holder(HolderKind.HYPOTHESIS, hypothesis.id)
    coded = EvidenceKind.CODED_SEGMENT
    both = [NewEvidence(coded, LISTENED), NewEvidence(coded, desk.twin)]
    desk.store.evidence.link(desk.person, holder, both)
    number = desk.merge()
    (one,) = desk.store.evidence.of(holder, reader_id=desk.person)
    assert one.now.words == AT_THAT_TABLE
    desk.store.code_changes.undo(desk.person, number)
    back = desk.store.evidence.of(holder, reader_id=desk.person)
    assert sorted(one.thing_id for one in back) == sorted([LISTENED, desk.twin])
    assert all(one.stands for one in back)


def test_a_note_of_its_own_is_kept_beside_the_other(desk):
    hypothesis = desk.store.hypotheses.put_up(
        desk.person, "They listen", "Some say so."
    )
    holder = Holder(HolderKind.HYPOTHESIS, hypothesis.id)
    coded = EvidenceKind.CODED_SEGMENT
    first = NewEvidence(coded, LISTENED, Stance.SUPPORTS, "The whole table.")
    desk.store.evidence.link(
        desk.person, holder, [first, NewEvidence(coded, desk.twin)]
    )
    desk.merge()
    notes = [one.note for one in desk.store.evidence.of(holder)]
    assert notes == ["The whole table.", ""]


def test_a_theme_that_was_merged_stands_as_the_one_it_was_merged_into(desk):
    hypothesis = desk.store.hypotheses.put_up(
        desk.person, "They listen", "Some say so."
    )
    holder = Holder(HolderKind.HYPOTHESIS, hypothesis.id)
    desk.store.evidence.link(
        desk.person, holder, [NewEvidence(EvidenceKind.THEME, desk.heard)]
    )
    desk.merge()
    (one,) = desk.store.evidence.of(holder)
    assert one.now.name == "Paperwork (Being heard was merged into it)"
    assert (one.now.code_id, one.change) == (desk.paper, None)


def test_a_question_that_names_a_merged_code_names_the_one_that_stays(desk):
    templates = desk.store.analysis_templates
    made = templates.add(
        desk.person,
        "Interview",
        [replace(ONE_WORKER, code_ids=(desk.heard, desk.paper)), TRUST],
    )
    published = templates.publish(desk.person, made, "First.")
    number = desk.merge()

    def named():
        again = next(t for t in templates.templates() if t.id == published.id)
        return again.newest.questions[0].code_ids

    assert named() == (desk.paper,)
    desk.store.code_changes.undo(desk.person, number)
    assert named() == (desk.heard, desk.paper)


def test_a_code_with_contrary_cases_is_not_gone_when_adding_it_is_taken_back(desk):
    code = desk.store.codebook.add(desk.person, Code("", "Late notice"))
    number = desk.store.code_changes.changes(most=1)[0].number
    search = desk.store.themes.record_search(desk.person, code.id, "All of it")
    with pytest.raises(DataRefused, match="contrary cases"):
        desk.store.code_changes.undo(desk.person, number)
    desk.store.themes.take_back_search(desk.person, search)
    desk.store.code_changes.undo(desk.person, number)
    assert desk.store.codebook.codebook().named("Late notice") is None


def test_a_column_of_a_merged_code_keeps_its_cells_and_says_where_it_went(desk):
    shape = MatrixShape("By person", column_ids=(desk.heard, desk.paper))
    matrix = desk.store.framework.add(desk.person, shape)
    (row, *_) = desk.store.framework.rows(shape)
    place = CellPlace(matrix.id, row.key, desk.heard)
    desk.store.framework.write(desk.person, place, "Says so.", seen_version=0)
    number = desk.merge()
    read = read_matrix(desk.store, matrix, None)
    assert [one.standing_in_words for one in read.columns] == [
        "merged into Paperwork",
        "",
    ]
    assert read.cells[row.key, desk.heard].text == "Says so."
    desk.store.code_changes.undo(desk.person, number)
    read = read_matrix(desk.store, matrix, None)
    assert {one.standing_in_words for one in read.columns} == {""}
