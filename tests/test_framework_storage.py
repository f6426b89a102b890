"""Matrices are kept with what was written before; nobody overwrites another."""

from __future__ import annotations

import pytest
from framework_desk import PASSAGE, MatrixDesk
from interview_desk import WORDS, a_transcript, an_operation, segment_of
from two_coders import as_coded_blind, both_through

from coding.coded_segments import Segment
from coding.framework_matrix.columns import columns_of
from coding.framework_matrix.rows import RowsAre
from coding.study import Person, Role
from data.people_rights.withdrawal import Kind, Reason
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.evidence.evidence_records import (
    EvidenceChange,
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
)
from data.storage.framework.framework_records import (
    WHOLE,
    CellPlace,
    MatrixShape,
)
from data.storage.people_rights.named_things import find_about


@pytest.fixture
def desk(empty_store: StudyStore) -> MatrixDesk:
    return MatrixDesk(empty_store)


def _counts(desk: MatrixDesk):
    rows = desk.store.framework.rows(desk.matrix.shape)
    return desk.store.framework.counts(desk.matrix.shape, rows, desk.columns)


def _lines(store: StudyStore) -> str:
    return "\n".join(f"{one.action} {one.detail}" for one in store.audit.lines())


def test_what_is_coded_is_counted_and_an_interviewers_words_are_nobodys(desk) -> None:
    desk.code("Who came to the house", desk.same)
    counts = _counts(desk)
    assert list(counts.cells) == [(desk.row.key, desk.same)]
    count = counts.of(desk.row.key, desk.same)
    assert (count.quotations, count.people) == (1, 1)
    assert count.source_ids == (desk.source,)
    quotations = desk.store.framework.quotations(
        desk.matrix.shape, desk.row, desk.columns[0]
    )
    assert [(one.words, one.person, one.turn) for one in quotations] == [
        (PASSAGE, "Amira", 2)
    ]


def test_the_quotations_of_a_cell_are_as_many_as_it_counts(sample_study) -> None:
    store = sample_study
    book = store.codebook.codebook()
    tops = [code.id for depth, code in book.in_tree_order() if depth == 0]
    checked = 0
    for rows_are, by in (
        (RowsAre.PARTICIPANTS, ""),
        (RowsAre.SOURCES, ""),
        (RowsAre.GROUPS, "role"),
        (RowsAre.GROUPS, "wave"),
    ):
        shape = MatrixShape("x", rows_are, by, takes_comments=by == "wave")
        rows = store.framework.rows(shape)
        columns = columns_of(tops[:2], book)
        counts = store.framework.counts(shape, rows, columns)
        for row in rows:
            for column in columns:
                found = store.framework.quotations(shape, row, column)
                count = counts.of(row.key, column.code_id)
                assert len(found) == count.quotations, (row, column.name)
                checked += count.quotations
    assert checked > 100


def test_what_coders_settled_counts_in_place_of_what_each_marked(empty_store) -> None:
    source, same, _ = both_through(empty_store)
    shape = MatrixShape("Settled", column_ids=(same,))
    rows = empty_store.framework.rows(shape)
    columns = columns_of([same], empty_store.codebook.codebook())
    before = empty_store.framework.counts(shape, rows, columns)
    # Two coders' overlapping words are one quotation each time.
    assert before.of(rows[0].key, same).quotations == 3


def test_a_cell_is_written_and_what_it_said_before_is_kept(desk) -> None:
    first = desk.write(" She had one worker throughout. ")
    assert (first.text, first.written_by, first.version) == (
        "She had one worker throughout.",
        "Di Marsh",
        1,
    )
    desk.write("One worker, every week.", "priya")
    assert desk.cell().written_by == "Priya Wetherall"
    (earlier,) = desk.store.framework.earlier(first.id, reader_id="di")
    assert (earlier.text, earlier.written_by, earlier.number) == (
        "She had one worker throughout.",
        "Di Marsh",
        1,
    )
    assert "worker" not in _lines(desk.store)


def test_two_people_at_once_never_overwrite_each_other(desk) -> None:
    desk.write("Hers.", "priya", seen=0)
    with pytest.raises(DataRefused, match="Someone else changed this"):
        desk.write("Mine.", "di", seen=0)
    assert desk.cell().text == "Hers."
    assert desk.store.framework.earlier(desk.cell().id, reader_id="di") == []


def test_linking_does_not_stand_in_the_way_of_who_writes_first(desk) -> None:
    desk.link()
    assert desk.cell().version == 0
    assert desk.write("Written after.", seen=0).version == 1


def test_that_it_is_not_in_the_interview_is_said_with_a_reason(desk) -> None:
    said = desk.write("We ran out of time.", is_absent=True)
    assert said.is_absent
    assert desk.write("She did say so.").is_absent is False


def test_rows_and_columns_have_summaries_of_their_own(desk) -> None:
    cell = desk.write("One worker.")
    column = CellPlace(desk.matrix.id, WHOLE, desk.same)
    holder = desk.store.framework.link("di", column, [cell.id], EvidenceKind.CELL)
    assert holder.kind is HolderKind.SUMMARY
    (one,) = desk.store.evidence.of(holder, reader_id="di")
    assert (one.now.words, one.now.name) == (
        "One worker.",
        "Amira, Same worker, By theme",
    )
    desk.write("Two workers.")
    (one,) = desk.store.evidence.of(holder, reader_id="di")
    assert one.change is EvidenceChange.WORDS_CHANGED
    assert desk.changed() == {holder.id: 1}
    desk.write("")
    (one,) = desk.store.evidence.of(holder, reader_id="di")
    assert one.change is EvidenceChange.GONE


def test_a_finding_can_rest_on_a_cell(desk) -> None:
    cell = desk.write("One worker.")
    finding = Holder(HolderKind.FINDING, "finding 1")
    desk.store.evidence.link("di", finding, [NewEvidence(EvidenceKind.CELL, cell.id)])
    (one,) = desk.store.evidence.of(finding, reader_id="di")
    assert one.stands
    assert one.now.participant_ids == (desk.row.key,)


@pytest.mark.parametrize("what", ["recode", "uncode", "edges", "merge", "retire"])
def test_a_cell_warns_when_its_quotation_is_no_longer_what_it_was(desk, what) -> None:
    desk.write("One worker.")
    holder = desk.link()
    assert desk.changed() == {}
    if what == "recode":
        one = an_operation("recode", segment_id=desk.coded, code_id=desk.heard)
        desk.store.coding.apply("priya", desk.source, [one])
    elif what == "uncode":
        one = an_operation("uncode", segment_id=desk.coded)
        desk.store.coding.apply("priya", desk.source, [one])
    elif what == "edges":
        wider = Segment(segment_of(PASSAGE).start, segment_of("and she asked.").end)
        one = an_operation(
            "move_edges", segment_id=desk.coded, start=wider.start, end=wider.end
        )
        desk.store.coding.apply("priya", desk.source, [one])
    elif what == "merge":
        desk.store.code_changes.merge("priya", desk.same, desk.heard)
    else:
        # A code put out of use takes nothing from what is coded with it.
        desk.store.codebook.retire("priya", desk.same, 1)
        assert desk.changed() == {}
        assert desk.columns[0].is_out_of_use
        return
    assert desk.changed() == {holder.id: 1}
    (one,) = desk.store.evidence.of(holder, reader_id="di")
    assert not one.stands
    if what in ("recode", "merge"):
        assert "was Same worker, is Being heard now" in one.warning
        desk.store.evidence.accept_change("di", one.id)
        assert desk.changed() == {}


def test_a_correction_warns_only_where_it_changes_the_words_linked(desk) -> None:
    desk.write("One worker.")
    holder = desk.link()
    before, after = desk.store, WORDS.replace("and she asked", "and he asked")
    _correct(before, desk.source, after)
    assert desk.changed() == {}
    _correct(before, desk.source, after.replace("every week", "every month"))
    assert desk.changed() == {holder.id: 1}


def _correct(store: StudyStore, source_id: str, words: str) -> None:
    read = store.sources.read(source_id)
    assert read is not None
    store.corrections.correct(
        "priya",
        source_id,
        a_transcript(words=words),
        "Misheard",
        seen_sha256=read.transcript.sha256,
    )


def test_a_source_coded_blind_gives_nothing_away(desk) -> None:
    cell = desk.write("One worker came every week.")
    holder = desk.link()
    summary = CellPlace(desk.matrix.id, WHOLE, desk.same)
    over = desk.store.framework.write("di", summary, "All had one.", seen_version=0)
    desk.store.framework.link("di", summary, [cell.id], EvidenceKind.CELL)
    as_coded_blind(desk.store, desk.source)
    for reader in (None, "tom"):
        for hidden in desk.store.framework.cells(desk.matrix.id, reader_id=reader):
            assert hidden.is_hidden, (reader, hidden.id)
            assert (hidden.text, hidden.written_by) == ("", "")
        assert desk.store.framework.earlier(cell.id, reader_id=reader) == []
        (one,) = desk.store.evidence.of(
            Holder(HolderKind.SUMMARY, over.id), reader_id=reader
        )
        assert one.change is EvidenceChange.BEING_CODED_BLIND
        assert (one.now.words, one.now.name) == ("", "")
    assert desk.cell("lead").text == "One worker came every week."
    assert _counts(desk).cells == {}
    assert (
        desk.store.framework.quotations(desk.matrix.shape, desk.row, desk.columns[0])
        == []
    )
    with pytest.raises(DataRefused, match="blind"):
        desk.write("Mine.", "tom", seen=1)
    with pytest.raises(DataRefused, match="being coded blind"):
        desk.store.framework.link("lead", desk.place, [desk.coded])
    assert holder.id == cell.id


@pytest.mark.parametrize(
    ("rows_are", "by"),
    [(RowsAre.SOURCES, ""), (RowsAre.GROUPS, "role"), (RowsAre.GROUPS, "wave")],
)
def test_rows_of_any_kind_hide_what_is_coded_blind(empty_store, rows_are, by) -> None:
    desk = MatrixDesk(empty_store, rows_are, by)
    desk.write("One worker.")
    as_coded_blind(empty_store, desk.source)
    assert desk.cell("tom").is_hidden
    assert not desk.cell("lead").is_hidden


def test_only_those_who_write_findings_make_and_write(desk) -> None:
    nora = Person("nora", "Nora", Role.PRACTITIONER_RESEARCHER)
    desk.store.study.add_person("lead", nora)
    shape = MatrixShape("Hers", column_ids=(desk.same,))
    for attempt in (
        lambda: desk.store.framework.add("nora", shape),
        lambda: desk.store.framework.change("nora", desk.matrix, shape),
        lambda: desk.store.framework.put_away("nora", desk.matrix),
        lambda: desk.write("Mine.", "nora"),
        lambda: desk.store.framework.link("nora", desk.place, [desk.coded]),
    ):
        with pytest.raises(DataRefused, match="cannot write what the study found"):
            attempt()
    assert desk.store.framework.cells(desk.matrix.id, reader_id="di") == []


def test_a_matrix_has_a_name_of_its_own_and_columns(desk) -> None:
    add = desk.store.framework.add
    for shape, words in (
        (MatrixShape(" by THEME ", column_ids=(desk.same,)), "Another matrix has"),
        (MatrixShape(" ", column_ids=(desk.same,)), "needs a name"),
        (MatrixShape("Empty"), "No column was chosen"),
    ):
        with pytest.raises(DataRefused, match=words):
            add("di", shape)
    assert len(desk.store.framework.matrices()) == 1


def test_a_matrix_put_away_comes_back_with_its_cells(desk) -> None:
    desk.write("One worker.")
    desk.store.framework.put_away("di", desk.matrix)
    assert desk.store.framework.matrices() == []
    (away,) = desk.store.framework.matrices(put_away=True)
    desk.store.framework.put_away("di", away, away=False)
    assert desk.cell().text == "One worker."


def test_columns_keep_their_order_and_cells_wait_for_theirs(desk) -> None:
    desk.write("One worker.")
    shape = MatrixShape("By theme", column_ids=(desk.heard,))
    fewer = desk.store.framework.change("di", desk.matrix, shape)
    assert fewer.shape.column_ids == (desk.heard,)
    assert desk.cell().text == "One worker."
    with pytest.raises(DataRefused, match="Someone else changed this"):
        desk.store.framework.change("di", desk.matrix, shape)


def test_only_changes_to_what_is_coded_ask_for_counting_anew(desk) -> None:
    before = desk.store.framework.coded_until()
    desk.write("One worker.")
    desk.link()
    assert desk.store.framework.coded_until() == before
    desk.code("she asked", desk.heard)
    assert desk.store.framework.coded_until() > before


def _amira(desk):
    with desk.store.database.reading() as session:
        return find_about(session, Kind.PARTICIPANT, desk.row.key)


def test_whoever_withdraws_leaves_every_matrix_and_comes_back(desk) -> None:
    cell = desk.write("One worker.")
    column = CellPlace(desk.matrix.id, WHOLE, desk.same)
    holder = desk.store.framework.link("di", column, [cell.id], EvidenceKind.CELL)
    desk.store.framework.link("di", column, [cell.id], EvidenceKind.CELL)
    desk.store.withdrawals.withdraw(
        "lead", _amira(desk), Reason.PERSON_ASKED, "2026-01-15"
    )
    assert desk.store.framework.rows(desk.matrix.shape) == ()
    assert desk.cell().text == ""
    (one,) = desk.store.evidence.of(holder, reader_id="di")
    assert (one.change, one.now.words) == (EvidenceChange.WITHDRAWN, "")
    assert desk.changed() == {holder.id: 1}
    desk.store.withdrawals.take_back("lead", _amira(desk))
    assert desk.cell().text == "One worker."
    assert desk.changed() == {}


def test_a_withdrawn_quotation_is_warned_of(desk) -> None:
    by_role = MatrixShape("By role", RowsAre.GROUPS, "role", column_ids=(desk.same,))
    matrix = desk.store.framework.add("di", by_role)
    place = CellPlace(matrix.id, "=Parent", desk.same)
    holder = desk.store.framework.link("di", place, [desk.coded])
    assert desk.store.framework.changed(matrix.id, reader_id="di") == {}
    desk.store.withdrawals.withdraw(
        "lead", _amira(desk), Reason.PERSON_ASKED, "2026-01-15"
    )
    assert desk.store.framework.changed(matrix.id, reader_id="di") == {holder.id: 1}
    (one,) = desk.store.evidence.of(holder, reader_id="di")
    assert (one.change, one.now.words) == (EvidenceChange.WITHDRAWN, "")


def test_what_is_written_of_somebody_is_erased_with_them(desk) -> None:
    desk.write("Unmistakable sentence.")
    desk.write("Unmistakable, and later.")
    column = CellPlace(desk.matrix.id, WHOLE, desk.same)
    quoting = f"She said: {PASSAGE}. Others did not."
    desk.store.framework.write("di", column, quoting, seen_version=0)
    desk.store.erasures.erase("lead", _amira(desk), Reason.PERSON_ASKED, typed="Amira")
    (left,) = desk.store.framework.cells(desk.matrix.id, reader_id="di")
    assert PASSAGE not in left.text
    assert "Others did not" in left.text
    file = desk.store.database.file
    assert file is not None
    assert b"Unmistakable" not in file.read_bytes()
