"""The page of outcomes: overview, one outcome, the model; and the report by outcome."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from debrief_table import NELL
from page_tests import everything_on, open_page
from release_study import DEE, PRIYA, a_final_finding, a_study_to_release
from survey_figures import a_topline

from data.disclosure.rules import DFE
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence, Stance
from data.storage.outcomes.logic_model_records import Part, PartKind, PartWords
from data.storage.outcomes.statement_records import Level, StatementWords, Strand
from data.storage.releases.release_records import WordChoice
from data.storage.releases.standing import what_stops_release
from data.tables import ReleaseRow
from workbench.actions.findings.findings_report import write_findings_report
from workbench.actions.findings.report_material import made_now, read_material
from workbench.actions.outcomes.outcome_words import strand_in_words
from workbench.actions.releases.preparing import (
    ask_for_release,
    prepare,
    write_shareable,
)
from workbench.actions.releases.screening import look_through
from workbench.actions.together.theme_reading import read_themes

NAME = "Families <b>trust</b> their *worker*"
SAID = StatementWords(
    Level.LIMITED, "Trust grew where workers stayed.", "One wave alone.", "No pairs."
)


@pytest.fixture
def study(empty_store: StudyStore):
    a_study_to_release(empty_store)
    return empty_store


def _outcome(store: StudyStore, *things: tuple[str, Stance]) -> Part:
    part = store.logic_model.add(DEE, PartWords(PartKind.SHORT, NAME))
    for thing, stance in things:
        new = NewEvidence(EvidenceKind.CODED_SEGMENT, thing, stance)
        store.evidence.link(DEE, part.holder, [new])
    return part


def _write(store: StudyStore, part: Part, *, final: bool = False) -> None:
    store.outcomes.write(DEE, store.outcomes.read(part.id, reader_id=DEE), SAID)
    if final:
        store.outcomes.make_final(DEE, store.outcomes.read(part.id, reader_id=DEE))


def _open(store: StudyStore, person: str = DEE, **address: str):
    page = open_page("outcomes_page", store.database.file, person, **address)
    assert not page.exception
    return page


def _press(page, label):
    next(one for one in page.button if one.label == label).click().run()
    assert not page.exception
    return page


def test_an_empty_study_leads_to_the_model_and_a_part_is_added(empty_store) -> None:
    page = _open(empty_store, "lead")
    assert "No outcome yet" in everything_on(page)
    _press(page, "Write the logic model")
    assert "No logic model yet" in everything_on(page)
    _press(page, "Add it")
    assert "Name it." in everything_on(page)
    next(one for one in page.text_input if one.label == "Name").input(NAME)
    _press(page, "Add it")
    (part,) = empty_store.logic_model.outcomes()
    assert part.words.name == NAME
    words = everything_on(page)
    assert "Added as O1." in words
    _press(page, "Retire O1")
    assert empty_store.logic_model.outcomes() == []
    _press(page, "Bring it back")
    assert len(empty_store.logic_model.outcomes()) == 1


def test_the_overview_has_a_word_in_every_cell_and_says_what_is_missing(study) -> None:
    part = _outcome(study, ("s10-1", Stance.SUPPORTS), ("s31-1", Stance.AGAINST))
    page = _open(study)
    (table,) = [h.proto.body for h in page.get("html") if "<thead>" in h.proto.body]
    assert table.count('<span class="gap">none</span>') == len(Strand) - 1
    assert "1 for, 1 against" in table
    assert "&lt;b&gt;trust&lt;/b&gt;" in table
    assert "<b>trust" not in table
    assert "No evidence from themes matrix, judged pairs" in everything_on(page)
    assert strand_in_words(study.outcomes.read(part.id, reader_id=None).evidence) == (
        "1 for, 1 against"
    )


def test_a_statement_is_written_checked_answered_and_made_final(study) -> None:
    part = _outcome(study, ("s10-1", Stance.SUPPORTS), ("s31-1", Stance.AGAINST))
    page = _open(study, outcome=part.id)
    assert "Not mentioned in the statement yet" in everything_on(page)
    page.radio[0].set_value(Level.LIMITED)
    for label, text in (
        ("What the evidence says", SAID.statement),
        ("What limits it", SAID.limitations),
        ("What is missing", SAID.missing),
    ):
        next(one for one in page.text_area if one.label == label).input(text)
    _press(page, "Save the statement")
    assert "The statement was saved." in everything_on(page)
    assert "Before it is final" in everything_on(page)
    _press(page, "Make it final")
    assert "There is a problem" in everything_on(page)
    next(a for a in page.text_area if a.label == "What you make of it").input("Once.")
    _press(page, "Save the answer")
    _press(page, "Make it final")
    assert "The statement is final." in everything_on(page)
    new = NewEvidence(EvidenceKind.CODED_SEGMENT, "s33-1", Stance.AGAINST)
    study.evidence.link(PRIYA, part.holder, [new])
    assert "To be looked at again" in everything_on(_open(study, outcome=part.id))
    assert "To be looked at again" in everything_on(_open(study))


def test_what_was_typed_stays_where_somebody_else_was_quicker(study) -> None:
    part = _outcome(study, ("s10-1", Stance.SUPPORTS))
    page = _open(study, outcome=part.id)
    said = next(a for a in page.text_area if a.label == "What the evidence says")
    said.input("My own words.")
    study.outcomes.write(PRIYA, study.outcomes.read(part.id, reader_id=PRIYA), SAID)
    _press(page, "Save the statement")
    words = everything_on(page)
    assert "Someone else changed this while you were working on it." in words
    assert "Priya changed this since you opened it." in words
    assert "My own words." in words
    assert (
        study.outcomes.read(part.id, reader_id=DEE).statement.words.statement
        == SAID.statement
    )


def test_what_is_typed_waits_while_its_evidence_is_looked_up(study) -> None:
    part = _outcome(study, ("s10-1", Stance.SUPPORTS))
    _write(study, part)
    page = _open(study, outcome=part.id)

    def limits():
        return [area for area in page.text_area if area.label == "What limits it"]

    limits()[0].input("One interview alone.").run()
    _press(page, "Make it final")
    assert "Something was typed and is not saved" in everything_on(page)
    page.query_params["outcome"] = ""
    page.run()
    assert not limits()
    page.query_params["outcome"] = part.id
    page.run()
    assert limits()[0].value == "One interview alone."
    _press(page, "Save the statement")
    read = study.outcomes.read(part.id, reader_id=DEE)
    assert read.statement.words.limitations == "One interview alone."
    assert "Not saved yet." not in everything_on(page)


def test_who_may_not_write_reads_it_all_and_changes_nothing(study) -> None:
    study.study.add_person("lead", NELL)
    part = _outcome(study, ("s10-1", Stance.SUPPORTS))
    _write(study, part)
    page = _open(study, "nell", outcome=part.id)
    labels = {one.label for one in page.button}
    assert SAID.statement in everything_on(page)
    assert not labels & {"Save the statement", "Make it final", "Take away"}


# What the report says


def _report(store: StudyStore):
    return write_findings_report(
        read_material(store), made_by="Dee", made_at=made_now()
    )


def test_the_internal_report_tells_every_outcome_and_its_evidence(study) -> None:
    part = _outcome(study, ("s10-1", Stance.SUPPORTS), ("s31-1", Stance.AGAINST))
    _write(study, part)
    report = _report(study)
    words = "\n".join(report.document.words())
    for said in (
        "The evidence by outcome",
        f"O1: {NAME}",
        "How strong the evidence is: Limited.",
        SAID.statement,
        "Before it is final:",
        "speaks against it and is not mentioned",
        "No evidence from themes matrix",
    ):
        assert said in words
    assert "<b>trust</b>" not in report.as_file(".html").decode()
    sheet = openpyxl.load_workbook(io.BytesIO(report.as_file(".xlsx")))["Outcomes"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sum("Speaks against it" in map(str, row) for row in rows) == 1


def test_what_leaves_holds_standing_statements_alone_and_is_looked_through(
    study,
) -> None:
    a_final_finding(study)
    standing = _outcome(study, ("s10-1", Stance.SUPPORTS))
    told = replace(SAID, statement="Trust grew, said 3 people of Eastham.")
    study.outcomes.write(DEE, study.outcomes.read(standing.id, reader_id=DEE), told)
    study.outcomes.make_final(DEE, study.outcomes.read(standing.id, reader_id=DEE))
    draft = study.logic_model.add(DEE, PartWords(PartKind.LONG, "Fewer in care"))
    _write(study, draft)
    prepared = prepare(study)
    pieces = {one.id: one for one in prepared.pieces}
    piece = pieces["statement on an outcome", standing.id]
    assert any("small number may tell" in one for one in piece.found)
    assert ("outcome", draft.id) not in pieces
    choices = {one.id: one.allowed[0] for one in prepared.in_question}
    choices[piece.id] = WordChoice.LEAVE_OUT
    gone = "\n".join(write_shareable(prepared, choices, "Dee").document.words())
    assert "The evidence by outcome" not in gone
    choices[piece.id] = WordChoice.ACCEPT
    words = "\n".join(write_shareable(prepared, choices, "Dee").document.words())
    assert told.statement in words
    assert "Fewer in care" not in words
    assert "s10-1" not in words
    # A statement that changes holds the release back.
    number = ask_for_release(study, study.study.person(DEE), prepared, choices, "Board")
    study.outcomes.back_to_draft(DEE, study.outcomes.read(standing.id, reader_id=DEE))
    assert number
    release = study.releases.all(DEE)[0]
    assert any("statement on an outcome" in one.found for one in _stops(study, release))


def _stops(store, release):
    with store.database.reading() as session:
        row = session.get_one(ReleaseRow, release.id)
        return what_stops_release(session, row.rests_on, 0, row.rests_on["rule_number"])


def test_an_answer_of_three_people_cannot_leave(study) -> None:
    study.toplines.save(DEE, [a_topline("Yes", 2, base=3), a_topline("No", 1, base=3)])
    finding = a_final_finding(study)
    study.findings.back_to_draft(DEE, finding)
    (finding,) = study.findings.all()
    survey = next(iter(study.evidence.survey_ids().values()))
    study.evidence.link(DEE, finding.holder, [NewEvidence(EvidenceKind.SURVEY, survey)])
    study.findings.make_final(DEE, study.findings.all()[0])
    (figure,) = [
        one for one in look_through(read_material(study), DFE) if one.id[0] == "figure"
    ]
    assert figure.allowed == (WordChoice.LEAVE_OUT,)
    assert figure.found == ("So few people answered that no answer can leave: 3.",)


# The sample study


def test_the_sample_shows_an_unanswered_piece_and_a_statement_that_stands(
    sample_study: StudyStore,
) -> None:
    outcomes = {one.part.label: one for one in sample_study.outcomes.read_all()}
    assert len(outcomes) == 6
    assert [one.stance for one in outcomes["O1"].not_mentioned()] == [
        Stance.MIXED,
        Stance.AGAINST,
    ]
    assert outcomes["O4"].stands
    assert outcomes["O6"].evidence == ()
    assert {one.words.kind for one in sample_study.logic_model.parts()} == set(PartKind)


def test_a_linked_theme_counts_the_people_that_the_page_of_themes_counts(
    sample_study: StudyStore,
) -> None:
    read = read_themes(sample_study)
    told = sample_study.evidence.tell(
        EvidenceKind.THEME, [one.code.id for one in read.themes], reader_id=None
    )
    assert len(told) > 3
    for theme in read.themes:
        words = told[theme.code.id].words
        assert words.startswith(f"{theme.people} of {theme.people_in_study} people; ")
        for group in theme.by_wave:
            said = f"{group.group}: {group.people} of {group.people_in_group} speak"
            assert said in words
