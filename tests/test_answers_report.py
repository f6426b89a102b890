"""Records as files: what a workbook of all answers and the Word file of one say."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
import openpyxl
import pytest
from template_desk import PASSAGE, TemplateDesk
from two_coders import as_coded_blind

from coding.analysis_templates.drafting import DraftLine
from data.exporters.analysis_templates.answers_book import INTERNAL
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.analysis_templates.template_records import RecordPlace
from workbench.actions.templates.answers_report import (
    answers_workbook,
    read_book,
    record_content,
)
from workbench.actions.templates.completeness_reading import (
    read_study,
    records_in_words,
)

_MOMENT = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def desk(empty_store: StudyStore) -> TemplateDesk:
    desk = TemplateDesk(empty_store)
    desk.write("=It grew.", question=desk.trust)
    desk.store.analysis_records.link("di", desk.place, desk.trust, [desk.coded])
    lines = [DraftLine(desk.coded, "Because of words")]
    desk.store.analysis_records.draft("di", desk.place, {desk.worker: lines})
    return desk


def _sheets(desk: TemplateDesk) -> dict[str, list[list[str]]]:
    content = answers_workbook(desk.store, "Di Marsh", _MOMENT)
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        page.title: [["" if v is None else str(v) for v in row] for row in page.values]
        for page in book
    }


def _words(content: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


def test_a_workbook_holds_every_answer_with_what_it_rests_on(desk) -> None:
    sheets = _sheets(desk)
    wide = sheets["Interview"]
    assert "Internal, not to be shared" in wide[0][0]
    assert wide[1][5:7] == ["Was there one worker?", "What did that do for trust?"]
    row = wide[2]
    assert row[:2] == ["P07 wave 1", "Wave 1"]
    assert row[4] == "1 of 2 answered, 1 drafted and not confirmed"
    # A draft is told to be there and not printed; what looks like a formula is text.
    assert row[5] == "(Draft, not confirmed)"
    assert row[6] == "=It grew. [1]"
    assert sheets["Quotations"][0][0] == INTERNAL
    assert sheets["Quotations"][2][:5] == ["[1]", PASSAGE, "Amira", "P07 wave 1", "2"]
    listed = sheets["Interview list"]
    assert [one[3:5] for one in listed[2:]] == [
        ["Was there one worker?", "Draft, not confirmed"],
        ["What did that do for trust?", "Written"],
    ]
    assert any("Internal" in row[0] for row in sheets["About"])


def test_one_record_is_a_word_file_and_leaves_an_audit_line(desk) -> None:
    di = desk.store.study.person("di")
    words = _words(record_content(desk.store, di, desk.template, desk.source))
    assert "Internal, not to be shared" in words
    assert "2. What did that do for trust?" in words
    assert "(Draft, not confirmed)" in words
    assert f"“{PASSAGE}”" in words
    assert "Cited in P07 wave 1: What did that do for trust?" in words
    assert any(one.action == "report made" for one in desk.store.audit.lines())


def test_a_moved_record_says_under_which_wording_it_was_answered(desk) -> None:
    desk.write("", question=desk.worker, choice="Yes")
    desk.reworded()
    desk.store.analysis_records.move("di", desk.record(), desk.template)
    wide = _sheets(desk)["Interview"]
    assert wide[1][5] == "What was asked for?"
    assert wide[2][5] == "(Empty)"
    assert "Given to the wording of version 1." in wide[2][6]
    assert wide[2][7] == "Was there one worker?: Yes"


def test_what_is_coded_blind_is_in_no_file_and_in_no_count(desk) -> None:
    as_coded_blind(desk.store, desk.source)
    everything = str(_sheets(desk))
    assert "It grew" not in everything
    assert PASSAGE not in everything
    assert "being coded blind" in everything
    lead = desk.store.study.person("lead")
    with pytest.raises(DataRefused, match="being coded blind"):
        record_content(desk.store, lead, desk.template, desk.source)
    assert "coded blind" in records_in_words(desk.store, None)


def test_words_that_may_not_be_quoted_are_not_printed(
    sample_study: StudyStore,
) -> None:
    store = sample_study
    (template,) = store.analysis_templates.templates()
    wes = next(one for one in store.study.participants() if one.pseudonym == "Wes")
    assert not wes.may_be_quoted
    study = read_study(store, template, None)
    group = next(one for one in study.rows if "group discussion" in one.name)
    theirs = [
        one
        for one in store.analysis_records.passages(group.source_id)
        if one.participant_id == wes.id
    ]
    assert theirs
    assert not any(one.may_be_quoted for one in theirs)
    person = next(one for one in store.study.people() if one.name.startswith("Priya"))
    place = RecordPlace(template.id, group.source_id)
    question = template.newest.questions[0].id
    store.analysis_records.link(person.id, place, question, [theirs[0].coded_id])
    book = read_book(store, "", _MOMENT)
    cited = [one for one in book.quotations if one.said_by == "Wes"]
    assert cited
    assert theirs[0].words not in str(book)


def test_a_study_without_a_template_says_so(empty_store: StudyStore) -> None:
    with pytest.raises(DataRefused, match="no published analysis template"):
        answers_workbook(empty_store, "", _MOMENT)
    assert records_in_words(empty_store, None) == ""


def test_the_sample_has_two_records_complete_and_one_begun(
    sample_study: StudyStore,
) -> None:
    (template,) = sample_study.analysis_templates.templates()
    assert [len(one.questions) for one in template.versions] == [7, 8]
    study = read_study(sample_study, template, None)
    assert study.in_words == "2 of 15 records complete, 1 begun, 12 not begun."
    begun = next(one for one in study.rows if "Callum" in one.name)
    assert begun.completeness.drafted > 3
    denise = next(
        one for one in study.rows if one.name.startswith("Denise") and one.record
    )
    assert (denise.number, denise.wave) == (1, "Wave 1")
    assert records_in_words(sample_study, ("Wave 1",)).startswith(
        "Interview record: 1 of 4 records complete"
    )
    # No record rests on what has changed, and every answer of a person rests on words.
    evidence = read_book(sample_study, "", _MOMENT)
    assert len(evidence.quotations) > 25
    assert not any(one.warning for one in evidence.quotations)
