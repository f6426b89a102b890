"""The study design in the report: whole inside, and fit to leave in what is shared."""

from __future__ import annotations

import pytest
from debrief_study import a_transcript
from release_study import DEE, LEAD, a_final_finding, a_study_to_release

from coding.study import Participant
from coding.study_design.aims import Aim, Group
from coding.study_design.topic_guides import Question
from coding.transcripts import SourceKind
from data.exporters.report_document import ReportDocument, ReportTable
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore
from data.storage.study_design.design_records import NewGuideVersion, ProjectWords
from workbench.actions.findings.findings_report import write_findings_report
from workbench.actions.findings.report_material import made_now, read_material
from workbench.actions.releases.preparing import Prepared, prepare, write_shareable
from workbench.actions.together.debrief import (
    DebriefChoice,
    write_debrief,
)
from workbench.actions.together.debrief import read_material as read_for_debrief

PARENTS = Group("Wave 1", "Parent")
MANAGERS = Group("Wave 2", "Manager")
WHY, HUSHED = "Leaflets went out late.", "Managers were on leave."


@pytest.fixture
def study(empty_store: StudyStore) -> StudyStore:
    """Eleven parents interviewed in wave 1, and one who left a comment alone."""
    store = empty_store
    a_study_to_release(store)
    a_final_finding(store, ("s10-1",))
    alone = Participant("", "P99", "Parent", "", "Eastham")
    said = a_transcript("Comment", SourceKind.SURVEY_COMMENT, (("A", "Too long."),))
    new = NewSource(
        said, wave="Wave 1", mappings=(SpeakerMapping("A", participant=alone),)
    )
    store.sources.save("priya", [new])
    aims = [Aim(PARENTS, 20, 20), Aim(MANAGERS, 9), Aim(Group("Wave 2", "Nurse"), 2)]
    store.design.aims.set(DEE, aims, seen=0)
    store.design.aims.give_reason(DEE, PARENTS, WHY)
    store.design.aims.give_reason(DEE, MANAGERS, HUSHED)
    store.design.strands.add(DEE, "Families", "To hear Mrs Thorncliffe and others")
    store.design.projects.add(LEAD, ProjectWords("Buddies", "Who sits beside whom?"))
    asked = (Question("How long?", ("Here?",), "You"), Question("Why, in the end?"))
    waves = (store.study.waves()[0].id,)
    first = NewGuideVersion(asked, "2024-05-01", "", waves)
    guide = store.design.guides.add(DEE, "Guide of parents", first)
    later = NewGuideVersion(asked[:1], "2025-01-01", "Enough asked.", waves)
    store.design.guides.add_version(DEE, guide, later)
    return store


def _words(report: ReportDocument) -> str:
    return "\n".join(report.words())


def _cells(report: ReportDocument) -> dict[tuple[str, str], str]:
    """The cells of aims and people reached, by role and wave."""
    tables = [
        part
        for section in report.sections
        for part in section.parts
        if isinstance(part, ReportTable) and part.caption.startswith("People interv")
    ]
    (table,) = tables
    return {
        (row[0], heading): cell
        for row in table.rows
        for heading, cell in zip(table.headings[1:], row[1:], strict=True)
    }


def _shareable(prepared: Prepared) -> ReportDocument:
    choices = {one.id: one.allowed[0] for one in prepared.in_question}
    return write_shareable(prepared, choices, "Dee").document


def test_inside_everything_is_told(study: StudyStore) -> None:
    material = read_material(study)
    report = write_findings_report(material, made_by="Dee", made_at=made_now())
    cells = _cells(report.document)
    assert cells["Parent", "Wave 1"] == "11 of 20"
    assert cells["Manager", "Wave 2"] == "4 of 9"
    assert cells["Nurse", "Wave 2"] == "0 of 2"
    words = _words(report.document)
    for told in (
        "1 person heard in comments or observations alone: not counted as reached.",
        WHY,
        HUSHED,
        "Families: To hear Mrs Thorncliffe",
        "Buddies: Who sits beside whom? (Planned.)",
        "Appendix E: topic guides",
        "Guide of parents, version 2",
        "2. Why, in the end?",
    ):
        assert told in words
    where = {one.where for one in report.numbers if one.printed == "11"}
    assert any("Parent, Wave 1" in one for one in where)


def test_what_leaves_hides_small_numbers_and_what_tells_of_them(study) -> None:
    prepared = prepare(study)
    report = _shareable(prepared)
    cells, words = _cells(report), _words(report)
    hidden = prepared.fit.rule.hidden_as
    assert cells["Manager", "Wave 2"] == f"{hidden} of 9"
    assert HUSHED not in words
    # Twelve took part and eleven were interviewed: both shown would tell of the one.
    (people,) = [
        row[1]
        for section in report.sections
        for part in section.parts
        if isinstance(part, ReportTable) and part.caption.startswith("Table 1")
        for row in part.rows
        if row[0] == "Parent"
    ]
    assert (people, cells["Parent", "Wave 1"].split()[0]) != ("12", "11")
    assert hidden in (people, cells["Parent", "Wave 1"].split()[0])
    assert "People aimed for and reached" not in words
    assert "Thorncliffe" not in words
    assert "run by" not in words
    assert "Enough asked." not in words


def test_a_debrief_of_a_wave_tells_what_was_asked_and_whom_it_reached(study) -> None:
    for waves, other in ((None, True), (("Wave 1",), False)):
        choice = DebriefChoice(waves=waves)
        material = read_for_debrief(study, waves)
        report = write_debrief(material, choice, made_by="Dee", made_at=made_now())
        words = _words(report)
        assert "20 people aimed for, 9 lacking." in words
        assert WHY in words
        assert "Asked by Guide of parents, version 2:" in words
        assert "Why, in the end?" not in words
        assert (HUSHED in words) is other


def test_without_a_design_nothing_is_added(empty_store: StudyStore) -> None:
    a_study_to_release(empty_store)
    material = read_material(empty_store)
    report = write_findings_report(material, made_by="Dee", made_at=made_now())
    headings = [one.heading for one in report.document.sections]
    assert "Who was aimed for and who was reached" not in headings
    assert "Appendix E: topic guides" not in headings
    assert ("interviewed", "Parent", "Wave 1") not in material.counts.counted
