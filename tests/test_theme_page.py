"""The page of one theme and that of saturation: what is read, clicked and kept."""

import io

import pytest
from debrief_study import a_study_to_debrief
from docx import Document
from interview_desk import a_desk, code_words
from openpyxl import load_workbook
from page_tests import open_page, words_on

from coding.codebook import Code
from coding.study import Person, Role
from workbench.actions.themes import summary_report
from workbench.actions.themes.said_themes import read_said_themes
from workbench.actions.themes.saturation_reading import read_saturation
from workbench.actions.together.reports import report_content
from workbench.widgets.themes.saturation_chart import saturation_chart


@pytest.fixture
def study(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    yield store, tmp_path / "study.sqlite"
    store.close()


def _page(study, name="Being heard", person="dee"):
    store, path = study
    theme = store.codebook.codebook().named(name).id
    return open_page("theme_page", path, person, theme=theme)


def _press(page, label):
    def said(button):
        return button.label.replace("\\", "")

    return next(b for b in page.button if said(b).startswith(label)).click().run()


def test_an_empty_study_is_told_how_to_come_by_a_theme(empty_store, tmp_path):
    page = open_page("theme_page", tmp_path / "study.sqlite")
    assert not page.exception
    assert "No theme yet. Make a codebook" in words_on(page)
    page = open_page("saturation_page", tmp_path / "study.sqlite")
    assert not page.exception
    assert "No interview is coded yet" in words_on(page)


def test_each_number_leads_to_its_names_and_words(study):
    page = _page(study)
    assert not page.exception
    words = words_on(page)
    assert "2 of 4 people heard and coded say it" in words
    assert "Nobody has looked for contrary cases" in words
    assert "Internal: identifies people" in words
    page = _press(page, "Wave 1: 2 of 3 people")
    words = words_on(page)
    assert "Heard, and does not say it: 1 person" in words
    assert "Wren" in words
    assert "Nobody asked me what I wanted, not once." in words
    page = _press(page, "Wave 2: 1 of 1 person")
    assert "They read my words back to me" in words_on(page)
    assert not page.exception


def test_a_contrary_case_is_marked_with_a_reason_and_a_search_is_undone(study):
    store, _ = study
    page = _page(study)
    page = _press(page, "Does not fit")
    page = _press(page, "Mark as contrary case")
    assert "There is no reason." in words_on(page)
    why = next(t for t in page.text_input if t.label.startswith("Why it does not fit"))
    why.set_value("She was never asked.")
    page = _press(page, "Mark as contrary case")
    words = words_on(page)
    assert "1 contrary case marked" in words
    assert "She was never asked." in words
    where = next(t for t in page.text_area if t.label.startswith("Where you looked"))
    where.set_value("All turns of parents")
    page = _press(page, "Record that I looked")
    assert "Recorded that you looked." in words_on(page)
    page = _press(page, "Undo")
    assert store.themes.searches() == {}
    assert not page.exception


def test_who_may_not_write_findings_reads_and_changes_nothing(study):
    store, _ = study
    lead = next(p for p in store.study.people() if p.role is Role.STUDY_LEAD)
    store.study.add_person(lead.id, Person("pat", "Pat", Role.PRACTITIONER_RESEARCHER))
    page = _page(study, person="pat")
    assert not page.exception
    labels = [button.label for button in page.button]
    never = ("Does not fit", "Record", "Another instead")
    assert not [one for one in labels if one.startswith(never)]


def test_another_quotation_takes_the_place_of_one(study):
    page = _page(study)
    before = words_on(page)
    assert "the first of Wave 1" in before.replace("\\", "")
    assert "Choose anew" not in [button.label for button in page.button]
    page = _press(page, "Another instead")
    assert not page.exception
    # Whoever opens the theme next, tomorrow too, reads what was chosen and by whom.
    page = _page(study)
    words = words_on(page)
    assert "chosen by Dee, last on" in words
    page = _press(page, "Choose anew")
    assert "chosen by Dee" not in words_on(page)
    assert "Choose anew" not in [button.label for button in page.button]


def test_a_theme_nobody_says_and_names_with_markup_stay_calm(study):
    store, path = study
    lead = next(p for p in store.study.people() if p.role is Role.STUDY_LEAD)
    code = store.codebook.add(lead.id, Code("", "<script>1</script> ![x](http://y)"))
    page = open_page("theme_page", path, "dee", theme=code.id)
    assert not page.exception
    words = words_on(page)
    assert "Nobody says it: nothing is coded under this theme." in words
    assert not [m for m in page.markdown if "<script>" in m.value]
    page = open_page("theme_page", path, "dee", theme="gone")
    assert not page.exception


def test_saturation_says_what_it_can_bear(study):
    page = open_page("saturation_page", study[1], "dee")
    assert not page.exception
    words = words_on(page)
    assert "it takes at least 6" in words
    assert "No interview has a day" in words
    assert "does not tell that nothing else is there to be said" in words


def test_one_code_in_one_interview_is_told_and_drawn_as_one(empty_store):
    source, same, _ = a_desk(empty_store)
    empty_store.coding.apply("priya", source, [code_words("same worker", same)])
    file = empty_store.database.file
    said = words_on(open_page("saturation_page", file, "priya"))
    assert "1 code met in 1 interview; the last new one in interview 1." in said
    read = read_saturation(read_said_themes(empty_store))
    axis = saturation_chart(read).to_dict()["layer"][0]["encoding"]["x"]["axis"]
    assert axis["format"] == "d"


def test_the_files_say_that_they_are_internal_and_hold_what_the_page_shows(study):
    store, _ = study
    dee = store.study.person("dee")
    content = report_content(store, "summaries", ".docx", person=dee)
    document = Document(io.BytesIO(content))
    header = document.sections[0].header.paragraphs[0].text
    assert header.startswith("Internal: identifies people")
    text = "\n".join(one.text for one in document.paragraphs)
    assert "2 of 4 people heard and coded say it" in text
    assert "Nobody has looked for contrary cases" in text
    book = load_workbook(
        io.BytesIO(report_content(store, "summaries", ".xlsx", person=dee))
    )
    assert book.sheetnames == [
        "Who says it",
        "Between waves",
        "Contrary cases",
        "Said together",
        "Saturation",
        "About",
    ]
    rows = list(book["Who says it"].values)
    assert rows[0][0] == "Internal: identifies people"
    heard = next(r for r in rows if r[0] == "Being heard" and r[2] == "Wave 1")
    assert heard[3:] == (2, 1, 0, 0, 1, 2)
    themes = read_said_themes(store)
    assert summary_report.most_people_first_ids(themes)
    assert [line.action for line in store.audit.lines()].count("report made") == 2
