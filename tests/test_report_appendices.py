"""Appendices of the findings report: every pair of coders, the analysis template."""

from __future__ import annotations

import io

import openpyxl
import pytest
from interview_desk import code_words
from release_study import (
    LEAD,
    PRIYA,
    a_final_finding,
    a_study_to_release,
    the_report,
    the_shareable_report,
)
from two_coders import both_through, given_blind

from coding.agreement.report import FEWEST_FOR_INTERVAL
from coding.analysis_templates.questions import AnswerKind, Question
from data.coding_records import CodingOperation, OperationKind
from data.exporters.report_document import ReportTable
from data.exporters.table_file import table_as_xlsx
from data.storage import StudyStore
from workbench.actions.findings.findings_report import (
    FindingsReport,
)
from workbench.actions.releases.preparing import prepare

AGREEMENT = "Appendix C: agreement of coders"
TEMPLATES = "Appendix F: analysis templates"


def _words(report: FindingsReport) -> str:
    return "\n".join(report.document.words())


def _after(report: FindingsReport, heading: str) -> str:
    words = _words(report)
    return words[words.rindex(f"{heading}\n") :]


def test_agreement_stands_pooled_and_as_a_mean_with_what_it_can_bear(
    sample_study,
) -> None:
    words = _after(the_report(sample_study), AGREEMENT)
    for said in (
        "All codes pooled\nMean over codes with figures",
        "Sentences compared",
        "Decisions",
        "Transcripts coded by both",
        "too few to say how far the figures would stray with others",
        "not who is right: the differences are what to talk about.",
    ):
        assert said in words
    assert "Idris Penhallow and Priya Wetherall" in words


def test_every_pair_of_coders_has_its_own_part(empty_store) -> None:
    source, same, _ = both_through(empty_store)
    empty_store.coding.apply("lead", source, [code_words("came every", same)])
    report = the_report(empty_store)
    words = _after(report, AGREEMENT)
    assert "3 pairs of coders read sources apart." in words
    headings = [one.heading for one in report.document.sections]
    pairs = [one for one in headings if one.startswith("Agreement of ")]
    assert len(pairs) == len(set(pairs)) == 3


def test_a_figure_that_is_missing_has_its_true_reason(empty_store) -> None:
    both_through(empty_store)
    words = _words(the_report(empty_store))
    assert "No source was coded by two people apart" not in words
    assert "No figure. Fewer than 5 sentences marked: " in words


def test_coders_who_are_not_through_are_not_said_to_be_none(empty_store) -> None:
    given_blind(empty_store)
    report = the_report(empty_store)
    words = _words(report)
    told = [n for n in report.numbers if n.what.startswith("Sources given to several")]
    assert told
    assert all(len(n.rows) == 1 for n in told)
    assert "No source was coded by two people apart" not in words
    assert "1 source given to two people or more, but not all of them" in words


def test_where_nobody_coded_twice_it_says_so(empty_store) -> None:
    a_study_to_release(empty_store)
    assert "No source was coded by two people apart." in _words(the_report(empty_store))


def test_ten_transcripts_coded_by_two_bring_an_interval(empty_store) -> None:
    a_study_to_release(empty_store)
    _coded_again(empty_store, FEWEST_FOR_INTERVAL)
    words = _after(the_report(empty_store), AGREEMENT)
    assert "Cohen's kappa, 95% interval" in words
    shared = a_final_finding(empty_store) and _after(
        the_shareable_report(empty_store), AGREEMENT
    )
    assert "Cohen's kappa, 95% interval" in shared
    assert "Sentences compared" not in shared
    assert "Priya" not in shared


def _coded_again(store: StudyStore, transcripts: int) -> None:
    """The lead codes the first coded transcripts as Priya did."""
    coded = [
        one.id for one in store.sources.summaries() if store.coding.segments(one.id)
    ]
    for at, source in enumerate(coded[:transcripts]):
        operations = [
            CodingOperation(
                f"again {at}",
                number,
                OperationKind.CODE,
                segment_id=f"again {one.id}",
                code_id=one.code_id,
                start=one.segment.start,
                end=one.segment.end,
            )
            for number, one in enumerate(store.coding.segments(source), start=1)
        ]
        store.coding.apply(LEAD, source, operations)


FIRST = Question("", "Was there one worker?", kind=AnswerKind.YES_NO_UNCLEAR)
SECOND = Question("", "What did Mrs Thorncliffe do?", "Say for whom.")


@pytest.fixture
def with_template(empty_store: StudyStore) -> StudyStore:
    """A study with a template of two versions, of which the first was shorter."""
    store = empty_store
    a_study_to_release(store)
    a_final_finding(store, ("s10-1",))
    made = store.analysis_templates.add(PRIYA, "Interview record", [FIRST])
    made = store.analysis_templates.publish(PRIYA, made, "First of all.")
    asked = [*made.newest.questions, SECOND]
    made = store.analysis_templates.change(PRIYA, made, "Interview record", asked)
    store.analysis_templates.publish(PRIYA, made, "Asked of trust too.")
    return store


def test_the_template_is_told_with_each_version_and_how_many_are_complete(
    with_template,
) -> None:
    report = the_report(with_template)
    words = _after(report, TEMPLATES)
    for said in (
        "Interview record, version 1",
        "Interview record, version 2",
        "1. Was there one worker?",
        "Answers: Yes, No, Unclear",
        "2. What did Mrs Thorncliffe do?",
        "What changed: Asked of trust too.",
        "0 of 42 records complete, 42 not begun.",
    ):
        assert said in words
    (counted,) = [
        n
        for n in report.numbers
        if n.printed == "0" and n.what.startswith("Records of interviews")
    ]
    assert len(counted.rows) == 42


def test_questions_of_a_template_are_looked_through_before_they_leave(
    with_template,
) -> None:
    pieces = [
        one
        for one in prepare(with_template).pieces
        if one.id[0] == ("analysis template")
    ]
    assert len(pieces) == 4
    (asked,) = [one for one in pieces if "Thorncliffe" in one.words]
    assert asked.needs_a_choice
    words = _after(the_shareable_report(with_template), TEMPLATES)
    assert "1. Was there one worker?" in words
    assert "Thorncliffe" not in words
    assert "records complete" not in words
    assert "told inside the study alone" in words
    assert "Asked of trust too." not in words


def test_without_a_template_it_says_so(empty_store) -> None:
    words = _after(the_report(empty_store), TEMPLATES)
    assert "No analysis template was published." in words


def test_a_reference_keeps_the_noughts_it_begins_with(tmp_path) -> None:
    rows = (("008846",), ("0.53",), ("0",), ("12",))
    table = ReportTable("Numbers", ("Printed",), rows, (0,))
    book = openpyxl.load_workbook(io.BytesIO(table_as_xlsx(table, "Numbers")))
    values = [cell.value for (cell,) in book["Numbers"].iter_rows(min_row=3)]
    assert values == ["008846", 0.53, 0, 12]
