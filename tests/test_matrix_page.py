"""The page of the themes matrix: what is read on it, and what is stored from it."""

from __future__ import annotations

import json

import pytest
from framework_desk import PASSAGE, MatrixDesk
from interview_desk import an_operation, with_people
from page_tests import everything_on, open_page, words_on
from two_coders import as_coded_blind

from coding.codebook import Code
from coding.framework_matrix.rows import GroupedBy, RowsAre
from coding.study import Person, Role
from workbench.actions.framework import cell_reading, cell_work, grid_content
from workbench.actions.framework.matrix_reading import lead_in_words, read_matrix
from workbench.widgets.framework import matrix_grid


@pytest.fixture
def desk(empty_store) -> MatrixDesk:
    return MatrixDesk(empty_store)


def _page(store, person="di", **address):
    page = open_page("matrix_page", store.database.file, person, **address)
    assert not page.exception
    return page


def _read(desk, who="di"):
    return read_matrix(desk.store, desk.matrix, desk.store.study.person(who))


def _open(desk, who="di"):
    person = desk.store.study.person(who)
    return cell_reading.open_cell(desk.store, _read(desk, who), desk.place, person)


def _asked(desk, *operations, client="browser 1"):
    at = {
        "matrix": desk.matrix.id,
        "row": desk.place.row_key,
        "column": desk.place.column_id,
    }
    return {"client": client, "operations": [{**at, **one} for one in operations]}


def test_an_empty_study_says_what_comes_first(empty_store) -> None:
    page = _page(empty_store, "lead")
    assert "make a codebook first" in words_on(page)
    assert [one.label for one in page.button] == ["Make a codebook"]


def test_who_cannot_write_is_told_who_makes_one(empty_store) -> None:
    empty_store.codebook.add("lead", Code("", "Being heard"))
    nora = Person("nora", "Nora", Role.PRACTITIONER_RESEARCHER)
    empty_store.study.add_person("lead", nora)
    page = _page(empty_store, "nora")
    assert "No matrix yet" in words_on(page)
    assert list(page.button) == []


def test_the_first_matrix_is_participants_by_theme(empty_store) -> None:
    with_people(empty_store)
    heard = empty_store.codebook.add("lead", Code("", "Being heard"))
    empty_store.codebook.add("lead", Code("", "Being believed", parent_id=heard.id))
    page = _page(empty_store)
    page.button(key="save matrix new").click().run()
    (made,) = empty_store.framework.matrices()
    assert made.shape.column_ids == (heard.id,)
    assert made.shape.rows_are is RowsAre.PARTICIPANTS
    # Nobody has spoken yet: what will be here is said.
    assert "No rows yet" in words_on(page)


def test_a_matrix_without_columns_is_refused_in_words(desk) -> None:
    page = _page(desk.store)
    page.button(key="new matrix").click().run()
    page.multiselect(key="matrix columns new").set_value([]).run()
    page.text_input(key="matrix name new").set_value("Second").run()
    page.button(key="save matrix new").click().run()
    assert "No column was chosen" in words_on(page)
    assert len(desk.store.framework.matrices()) == 1


def test_rows_columns_and_order_are_changed_and_put_away(desk) -> None:
    desk.write("One worker.")
    page = _page(desk.store)
    page.button(key="change matrix").click().run()
    key = desk.matrix.id
    page.radio(key=f"matrix rows {key}").set_value(RowsAre.GROUPS).run()
    page.selectbox(key=f"matrix by {key}").set_value("wave").run()
    page.multiselect(key=f"matrix columns {key}").set_value([desk.heard]).run()
    page.button(key=f"save matrix {key}").click().run()
    (changed,) = desk.store.framework.matrices()
    assert (changed.shape.rows_by, changed.shape.column_ids) == ("wave", (desk.heard,))
    page = _page(desk.store)
    page.button(key="change matrix").click().run()
    page.button(key="put away").click().run()
    assert desk.store.framework.matrices() == []
    assert "Put away" in words_on(page)
    page.button(key=f"put back {key}").click().run()
    assert len(desk.store.framework.matrices()) == 1


def test_rows_are_gathered_from_the_bar(desk) -> None:
    page = _page(desk.store)
    page.selectbox(key=f"matrix gathered bar {desk.matrix.id} 1").set_value(
        GroupedBy.ROLE
    ).run()
    assert not page.exception
    (changed,) = desk.store.framework.matrices()
    assert changed.shape.grouped_by is GroupedBy.ROLE
    assert [row.group for row in desk.store.framework.rows(changed.shape)] == ["Parent"]


def test_the_grid_is_sent_only_what_there_is(desk) -> None:
    desk.write("One worker.")
    sent = json.loads(json.dumps(grid_content.grid_content(_read(desk))))
    assert [row[1] for row in sent["frame"]["rows"]] == ["Amira"]
    assert [column[1] for column in sent["frame"]["columns"]] == [
        "Same worker",
        "Being heard",
    ]
    assert sent["frame"]["counts"] == [[0, 0, 1, 1, 1]]
    ((row, column, state, words),) = sent["written"]["cells"]
    assert (row, column, words) == (0, 0, "One worker.")
    assert sent["frame"]["states"][state] == "Written"
    assert sent["written"]["row_gaps"] == ["1 of 2 written, 1 thin, 1 empty"]
    held = (sent["frame_version"], sent["written_version"])
    again = grid_content.without_held(sent, held)
    assert again["frame"] is again["written"] is None
    desk.write("Two workers.")
    later = grid_content.without_held(grid_content.grid_content(_read(desk)), held)
    assert later["frame"] is None
    assert later["written"]["cells"][0][3] == "Two workers."


def test_an_opened_cell_holds_its_quotations_with_their_place(desk) -> None:
    opened = _open(desk)
    (one,) = opened["quotations"]
    assert (one["words"], one["said_by"], one["reference"]) == (
        PASSAGE,
        "Amira",
        "P07 wave 1, turn 2",
    )
    assert (one["source"], one["link"]) == (desk.source, "")
    assert opened["counts"] == "1 quotation in 1 source, thin"
    assert opened["state"] == "Thin, nothing written"
    desk.link()
    assert _open(desk)["quotations"][0]["link"] != ""


def test_suggestions_alone_are_nothing_in_a_cell(empty_store) -> None:
    from interview_desk import a_desk, a_suggestion

    source, same, _ = a_desk(empty_store)
    proposed = {source: [a_suggestion(PASSAGE, same)]}
    empty_store.suggestions.replace_open("priya", proposed, engine="1")
    from data.storage.framework.framework_records import MatrixShape

    shape = MatrixShape("By theme", column_ids=(same,))
    matrix = empty_store.framework.add("di", shape)
    read = read_matrix(empty_store, matrix, None)
    assert read.counts.cells == {}
    assert "1 with nothing coded" in lead_in_words(read)


def test_changes_of_a_browser_are_carried_out_once_each(desk) -> None:
    store, di = desk.store, desk.store.study.person("di")
    asked = _asked(
        desk,
        {"seq": 2, "doing": "link", "thing": desk.coded},
        {"seq": 1, "doing": "write", "text": "One worker.", "seen": 0},
        {"seq": 3, "doing": "dance"},
    )
    client, operations = cell_work.read_operations(asked)
    assert (client, [one.number for one in operations]) == ("browser 1", [1, 2])
    for one in operations:
        cell_work.carry_out(store, di, one)
    assert desk.cell().text == "One worker."
    link = _open(desk)["quotations"][0]["link"]
    _, (unlink,) = cell_work.read_operations(
        _asked(desk, {"seq": 4, "doing": "unlink", "thing": link})
    )
    cell_work.carry_out(store, di, unlink)
    assert _open(desk)["quotations"][0]["link"] == ""


def test_evidence_that_changed_is_read_again_or_unlinked(desk) -> None:
    desk.write("One worker.")
    desk.link()
    recode = an_operation("recode", segment_id=desk.coded, code_id=desk.heard)
    desk.store.coding.apply("priya", desk.source, [recode])
    opened = _open(desk)
    (one,) = opened["changed"]
    assert "was Same worker, is Being heard now" in one["warning"]
    assert one["can_accept"]
    assert opened["state"] == "Written, evidence changed"
    _, (accept,) = cell_work.read_operations(
        _asked(desk, {"seq": 1, "doing": "accept", "thing": one["link"]})
    )
    cell_work.carry_out(desk.store, desk.store.study.person("di"), accept)
    opened = _open(desk)
    assert opened["state"] == "Written"
    # It holds, and is coded as something else: it is not counted here, and says so.
    assert opened["changed"][0]["warning"] == cell_reading.NOT_COUNTED_HERE


def test_what_a_cell_said_before_is_offered(desk) -> None:
    desk.write("One worker.")
    desk.write("Two workers.", "priya")
    (earlier,) = _open(desk)["earlier"]
    assert earlier["text"] == "One worker."
    assert earlier["said"].startswith("Di Marsh, until ")


def test_a_summary_of_a_column_rests_on_its_cells(desk) -> None:
    from data.storage.framework.framework_records import WHOLE, CellPlace

    cell = desk.write("One worker.")
    di = desk.store.study.person("di")
    place = CellPlace(desk.matrix.id, WHOLE, desk.same)
    opened = cell_reading.open_cell(desk.store, _read(desk), place, di)
    assert opened["row_name"] == "Whole column"
    assert [(one["id"], one["said_by"]) for one in opened["quotations"]] == [
        (cell.id, "Amira")
    ]


def test_the_page_of_a_blind_coder_holds_no_word_of_a_cell(desk) -> None:
    desk.write("Unmistakable sentence.")
    desk.link()
    desk.write("Unmistakable, and later.")
    as_coded_blind(desk.store, desk.source)
    for who in ("tom", "priya"):
        assert "Unmistakable" not in everything_on(_page(desk.store, who))
        opened = json.dumps(_open(desk, who))
        assert "Unmistakable" not in opened
        assert PASSAGE not in opened
    assert "Unmistakable" in json.dumps(_open(desk, "lead"))
    assert "Unmistakable" in everything_on(_page(desk.store, "lead"))


def test_a_row_that_is_gone_keeps_its_words_in_sight(desk) -> None:
    desk.write("One worker.")
    from data.sources import SpeakerMapping

    (speaker,) = [
        one
        for one in desk.store.sources.speakers(desk.source)
        if not one.is_interviewer
    ]
    assert speaker.participant is not None
    desk.store.sources.map_speakers(
        "priya", {desk.source: [SpeakerMapping("Mum", is_interviewer=True)]}
    )
    read = _read(desk)
    assert [(row.name, row.group) for row in read.rows] == [
        ("Amira", "No longer in the study")
    ]
    assert _open(desk)["text"] == "One worker."


def test_an_address_leads_to_a_cell(desk) -> None:
    cell = desk.write("One worker.")
    second = desk.store.framework.add(
        "di", desk.matrix.shape.__class__("A first", column_ids=(desk.heard,))
    )
    page = _page(desk.store, cell=cell.id)
    assert page.selectbox[0].value == desk.matrix.id != second.id


def test_a_refusal_is_answered_in_words_and_others_are_kept(desk, monkeypatch) -> None:
    kept: dict[str, object] = {}
    fake = type("Session", (), {})
    monkeypatch.setattr(fake, "recall", staticmethod(kept.get), raising=False)
    monkeypatch.setattr(fake, "remember", staticmethod(kept.__setitem__), raising=False)
    monkeypatch.setattr(matrix_grid, "session", fake)
    place = type("P", (), {"store": desk.store, "person": PersonOf(desk)})
    desk.write("Hers.", "priya", seen=0)
    asked = _asked(
        desk,
        {"seq": 1, "doing": "write", "text": "Mine.", "seen": 0},
        {"seq": 2, "doing": "link", "thing": desk.coded},
    )
    answers = matrix_grid._carry_out(place, asked)
    assert answers["last"] == 2
    ((number, words),) = answers["refused"]
    assert number == 1
    assert "Someone else changed this" in words
    assert desk.cell().text == "Hers."
    linked = len(desk.store.audit.lines())
    # The same message again does nothing again.
    assert matrix_grid._carry_out(place, asked) == answers
    assert len(desk.store.audit.lines()) == linked


def PersonOf(desk):  # noqa: N802 - reads as what it is
    return desk.store.study.person("di")
