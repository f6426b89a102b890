"""The page on the study design: aims typed and checked, guides, shortfalls, words."""

from __future__ import annotations

import io

import openpyxl
import pytest
from docx import Document
from interview_desk import a_source
from page_tests import open_page, words_on

from coding.study import Person, Role
from coding.study_design.aims import Aim, AimRow, Group
from coding.study_design.topic_guides import Question
from data.importers.interviews.aims_import import read_aim_rows, read_pasted_rows
from data.importers.interviews.topic_guide_import import read_guide_text
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.study_design.design_records import NewGuideVersion
from workbench.actions.findings.report_material import made_now
from workbench.actions.study_design.aims_grid import (
    COLUMNS,
    as_grid_rows,
    rows_of_aims,
    save_grid,
)
from workbench.actions.study_design.design_reading import read_design
from workbench.actions.study_design.guide_documents import (
    changes_in_words,
    changes_of,
    guide_as_word,
    questions_of,
)
from workbench.actions.study_design.reached_tables import design_workbook
from workbench.widgets.study_design.group_address import as_address

PARTS = (
    "Aimed for and reached",
    "Waves and topic guides",
    "Strands and mini-projects",
)
HTML = "<img src=x onerror=alert(1)> **bold** =1+1"


@pytest.fixture
def study(empty_store: StudyStore, tmp_path):
    empty_store.study.add_person(
        "lead", Person("prac", "Pat Lowe", Role.PRACTITIONER_RESEARCHER)
    )
    empty_store.sources.save("lead", [a_source()])
    return empty_store, tmp_path / "study.sqlite"


@pytest.mark.parametrize("part", PARTS)
def test_an_empty_study_says_what_will_be_here(empty_store, tmp_path, part) -> None:
    page = open_page("design_page", tmp_path / "study.sqlite", part=part)
    assert not page.exception
    assert " yet. " in words_on(page)


def test_the_sample_shows_each_part(sample_study, tmp_path) -> None:
    lead = next(p.id for p in sample_study.study.people() if p.name == "Gwen Akintola")
    told = {
        PARTS[0]: ("1 of 2 people", "Nobody reached", "Three letters, no answer."),
        PARTS[1]: ("13 May 2024 to 12 July 2024", "Version 3, since 8 July 2025"),
        PARTS[2]: ("2 people in 2 sources", "Fathers in the file", "Under way"),
    }
    for part, sentences in told.items():
        page = open_page("design_page", tmp_path / "sample.sqlite", lead, part=part)
        assert not page.exception
        said = words_on(page)
        for words in sentences:
            assert words in said


def test_a_number_leads_to_who_counts_and_why_is_written_there(study) -> None:
    store, path = study
    group = Group("Wave 1", "Parent")
    store.design.aims.set("lead", [Aim(group, 3)], seen=0)
    page = open_page("design_page", path, "prac", group=as_address(group))
    said = words_on(page)
    assert "1 of 3 people" in said
    assert "Amira" in said
    page.text_area[0].set_value(HTML)
    next(one for one in page.button if one.label == "Save why").click().run()
    assert not page.exception
    assert store.design.aims.reasons()[group].words == HTML
    page.button("undo reason").click().run()
    assert store.design.aims.reasons() == {}
    page.text_area[0].set_value(HTML)
    next(one for one in page.button if one.label == "Save why").click().run()
    assert not page.exception
    shown = open_page("design_page", path, "prac")
    assert HTML not in "".join(one.proto.body for one in shown.get("html"))
    assert "&lt;img src=x" in words_on(shown)
    # Who may not set aims is told who does.
    assert "the debrief team sets it" in words_on(shown)


def test_every_problem_of_the_grid_is_told_and_nothing_saved(study) -> None:
    store, _ = study
    lead = store.study.person("lead")
    rows = [
        {"Wave": "Wave 9", "Role": "Parent", "People": "ten"},
        {"Wave": None, "Role": float("nan"), "People": "-1", "Interviews": "50%"},
        {},
    ]
    with pytest.raises(DataRefused) as refused:
        save_grid(store, lead, rows, seen=0)
    assert [one.where for one in refused.value.problems] == [
        "Row 1, wave",
        "Row 1, people",
        "Row 2, people",
        "Row 2, interviews",
    ]
    assert store.design.aims.versions() == []
    kept = save_grid(store, lead, [{"Wave": "wave 1", "People": "2"}], seen=0)
    assert rows_of_aims(kept.aims)[0]["Wave"] == "Wave 1"
    # What the grid shows is saved again as it stands.
    again = save_grid(store, lead, rows_of_aims(kept.aims), seen=kept.number)
    assert again.aims == kept.aims


def test_rows_come_from_pasted_cells_and_files() -> None:
    with_headings = read_pasted_rows("Role\tPeople\nParent\t6\n\nChild\t40%")
    assert [(row.where, row.role, row.people) for row in with_headings] == [
        ("Pasted rows, row 2", "Parent", "6"),
        ("Pasted rows, row 4", "Child", "40%"),
    ]
    bare = read_pasted_rows("Wave 1\tParent\t\tHill\t6\t6")
    assert bare == [
        AimRow("Pasted rows, row 1", "Wave 1", "Parent", "", "Hill", "6", "6")
    ]
    assert as_grid_rows(bare)[0] == dict(
        zip(COLUMNS.values(), ("Wave 1", "Parent", "", "Hill", "6", "6"), strict=True)
    )
    csv = b"wave;role;team;people\nWave 1;Parent;;6\n"
    assert read_aim_rows("aims.csv", csv)[0].where == "aims.csv, row 2"
    with pytest.raises(DataRefused, match="no column people"):
        read_aim_rows("aims.csv", b"wave,role\nWave 1,Parent\n")
    with pytest.raises(DataRefused):
        read_pasted_rows("   ")


def test_the_workbook_names_who_counts_and_can_be_read_back(study) -> None:
    store, _ = study
    aims = [Aim(Group("Wave 1", "Parent"), 3, 2), Aim(Group("Wave 1", "=1+1"), 1)]
    store.design.aims.set("lead", aims, seen=0)
    content = design_workbook(store, "Robin", made_now())
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames[:2] == ["Aimed for and reached", "Who counts"]
    cells = [[c.value for c in row] for row in book["Who counts"].iter_rows()]
    assert ["Wave 1", "Parent", "Amira", "P07 wave 1"] in cells
    assert book["Aimed for and reached"]["B4"].data_type == "s"
    for sheet in book:
        assert sheet["A1"].value == "Internal: identifies people"
    del book


def test_a_guide_goes_to_word_and_comes_back(study) -> None:
    store, path = study
    asked = (Question(HTML, ("Here?", "There?")), Question("Why?"))
    guide = store.design.guides.add(
        "lead", "Guide", NewGuideVersion(asked, "2024-05-01")
    )
    content = guide_as_word(guide, guide.newest, "Study", "Robin", made_now())
    text = read_guide_text("guide.docx", content)
    body = text[text.index("1. ") :]
    assert questions_of(body) == asked
    later = NewGuideVersion((Question("Why?", ("When",)),), "2025-01-01", "Shorter.")
    guide = store.design.guides.add_version("lead", guide, later)
    assert changes_in_words(changes_of(guide, 2)) == [
        f"Taken out: {HTML}",
        "Why? (new prompt: When)",
    ]
    page = open_page("design_page", path, guide=guide.id)
    assert not page.exception
    assert "Taken out: &lt;img" in words_on(page)
    own = Document()
    own.add_paragraph("Start", style="List Number")
    own.add_paragraph("Below", style="List Bullet")
    own.add_paragraph("Then", style="List Number")
    out = io.BytesIO()
    own.save(out)
    assert questions_of(read_guide_text("own.docx", out.getvalue())) == (
        Question("Start", ("Below",)),
        Question("Then"),
    )


def test_eighty_teams_and_one_person_are_told(study) -> None:
    store, path = study
    aims = [Aim(Group("Wave 1", "", f"Team {n}"), 2) for n in range(80)]
    store.design.aims.set("lead", aims, seen=0)
    page = open_page("design_page", path)
    assert not page.exception
    said = words_on(page)
    assert "Show all 81 groups" in said
    assert "No team is known of 1 person who took part" in said
    design = read_design(store)
    assert len(design.reached.groups[0].perhaps) == 1


def test_pasted_rows_come_into_the_grid_and_are_saved_from_there(study) -> None:
    store, path = study
    page = open_page("design_page", path)
    page.text_area[0].set_value("Wave 1\tParent\t\t\tten\t")
    page.button("take pasted").click().run()
    next(one for one in page.button if one.label == "Save these aims").click().run()
    assert "It is in words, and a number is needed." in words_on(page)
    assert store.design.aims.versions() == []
    page.button("drop draft").click().run()
    page.text_area[0].set_value("role,people\nParent,4\nparent,1")
    page.button("take pasted").click().run()
    next(one for one in page.button if one.label == "Save these aims").click().run()
    assert not page.exception
    assert "2 groups aimed for, saved." in words_on(page)
    assert [aim.people for aim in store.design.aims.standing().aims] == [4, 1]
    # Two spellings of one role are offered, and joined and parted on a person's word;
    # here both are aimed for, so that one of the two has to go first.
    page.button("join 0 role Parent").click().run()
    assert "two aims for one group" in words_on(page)
