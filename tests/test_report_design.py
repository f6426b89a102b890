"""The study design in the report: whole inside, and fit to leave in what is shared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from debrief_study import a_transcript
from release_study import (
    DEE,
    LEAD,
    a_final_finding,
    a_study_to_release,
    person_at,
)
from test_disclosure import Attacker, printed

from coding.study import Participant
from coding.study_design.aims import Aim, Group
from coding.study_design.topic_guides import Question
from coding.transcripts import SourceKind
from data.disclosure.protection import Hidden
from data.exporters.report_document import ReportDocument, ReportTable
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore
from data.storage.study_design.design_records import NewGuideVersion, ProjectWords
from workbench.actions.findings.findings_report import write_findings_report
from workbench.actions.findings.report_counts import people_of
from workbench.actions.findings.report_material import made_now, read_material
from workbench.actions.findings.report_reached import reached_at, teams_and_places
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


def _by_team(report: ReportDocument) -> dict[tuple[str, str], str]:
    """The cells of who was reached, by team and locality."""
    (table,) = [
        part
        for section in report.sections
        for part in section.parts
        if isinstance(part, ReportTable) and part.caption.startswith("Who was reached")
    ]
    return {
        (row[0], heading): cell
        for row in table.rows
        for heading, cell in zip(table.headings[1:], row[1:], strict=True)
    }


def test_who_was_reached_is_told_by_team_and_locality(study: StudyStore) -> None:
    material = read_material(study)
    report = write_findings_report(material, made_by="Dee", made_at=made_now())
    cells = _by_team(report.document)
    people = [person_at(number) for number in range(36)]
    for (team, place), cell in cells.items():
        counted = [
            one
            for one in people
            if team in ("All", one.team or "No team") and place in ("All", one.locality)
        ]
        # P99 left a comment and is not among those reached.
        assert cell == str(len(counted)), (team, place)
    assert (cells["All", "All"], cells["Blue", "Eastham"]) == ("36", "10")
    where = {one.where for one in report.numbers if one.printed == "10"}
    assert "Who was reached, by team and locality: Blue, Eastham" in where


def test_what_leaves_by_team_and_locality_is_under_the_same_control(study) -> None:
    prepared = prepare(study)
    cells = _by_team(_shareable(prepared))
    rule, counts = prepared.fit.rule, prepared.material.counts
    hidden = {place for place, cell in cells.items() if cell == rule.hidden_as}
    # Four parents of Northwold are all of the team and all of the place.
    assert ("No team", "Northwold") in hidden
    for team, place in cells:
        key = reached_at(counts, team.replace("All", ""), place.replace("All", ""))
        assert key is not None
        value = counts.together.values[key]
        assert not rule.hides(value) or (team, place) in hidden
        assert key in prepared.fit.shown
    # One left a comment alone in Eastham: both counts of it shown would tell of them.
    took_part = prepared.fit.shown[people_of("locality", "Eastham")]
    interviewed = prepared.fit.shown[reached_at(counts, "", "Eastham")]
    assert None in (took_part, interviewed)
    attacker = Attacker(printed(prepared.fit), prepared.fit.counts, rule)
    small = [
        one
        for one in attacker.hidden
        if one[0].endswith("team and locality")
        and prepared.fit.why.get(one) not in (None, Hidden.PROTECTS)
    ]
    assert small
    for key in small:
        least, greatest = attacker.least_and_greatest(key)
        assert least <= 1, key
        assert greatest >= rule.threshold, key


def test_without_teams_or_with_small_ones_nothing_is_told_by_team(study) -> None:
    material = read_material(study)
    counts, design = material.counts, material.design
    teams, places = teams_and_places(counts, design)
    assert (teams[-1], len(places)) == ("No team", 3)

    def with_teams(team_of):
        people = {
            key: replace(one, team=team_of(one))
            for key, one in counts.participants.items()
        }
        return teams_and_places(replace(counts, participants=people), design)

    assert with_teams(lambda one: "") == ([], [])
    assert with_teams(lambda one: one.pseudonym[-1]) == ([], [])


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
