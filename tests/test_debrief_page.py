"""The debrief's page: the same words as its file."""

import io

import pytest
from debrief_study import a_study_to_debrief
from docx import Document
from page_tests import open_page, words_on

from workbench.debrief_page import material_of


@pytest.fixture
def study(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    material_of.clear()
    yield store, tmp_path / "study.sqlite"
    store.close()


@pytest.fixture
def word_files(monkeypatch):
    """What the page offers to download, kept as it is made."""
    from workbench import debrief_page

    made = []
    write = debrief_page.report_as_word

    def kept(report):
        made.append(write(report))
        return made[-1]

    monkeypatch.setattr(debrief_page, "report_as_word", kept)
    return made


def _words_in(content):
    document = Document(io.BytesIO(content))
    said = [p.text for p in document.paragraphs]
    said += [c.text for t in document.tables for row in t.rows for c in row.cells]
    return [words for words in said if words]


def test_an_empty_study_is_told_what_will_be_here(empty_store, tmp_path):
    page = open_page("debrief_page", tmp_path / "study.sqlite")
    assert not page.exception
    assert "No debrief yet." in words_on(page)


def test_everything_in_the_word_file_stands_on_the_page(study, word_files):
    page = open_page("debrief_page", study[1], "dee")
    assert not page.exception
    shown = words_on(page).replace("\\", "")
    written = _words_in(word_files[-1])
    assert len(written) > 80
    # A quotation's foot is two pieces on the page: whose words, and a link to them.
    pieces = [piece for words in written for piece in words.split("   ")]
    assert [piece for piece in pieces if piece not in shown] == []


def test_the_debrief_is_offered_as_word_at_the_top_and_at_the_end(study):
    page = open_page("debrief_page", study[1], "dee")
    assert words_on(page).count("Download Word") >= 2


def test_what_is_left_out_is_in_neither(study, word_files):
    store, path = study
    page = open_page("debrief_page", path, "dee")
    heard = store.codebook.codebook().named("Being heard").id
    page.multiselect(key="debrief waves").set_value(["Wave 2"])
    page.multiselect(key="debrief themes").set_value([heard])
    page.multiselect(key="debrief indicators").set_value([]).run()
    assert not page.exception
    written = "\n".join(_words_in(word_files[-1]))
    assert "They read my words back to me" in written
    assert "The same worker came every week" not in written
    assert "0 of 2 indicators taken in" in written
    assert "The same worker came every week" not in words_on(page)


def test_the_page_and_the_file_say_that_they_identify_people(study, word_files):
    page = open_page("debrief_page", study[1], "dee")
    assert "Internal: identifies people" in words_on(page)
    header = Document(io.BytesIO(word_files[-1])).sections[0].header
    assert header.paragraphs[0].text.startswith("Internal: identifies people")


def test_a_change_to_the_study_is_in_the_debrief_at_once(study, word_files):
    store, path = study
    page = open_page("debrief_page", path, "dee")
    heard = store.codebook.codebook().named("Being heard")
    person = next(p for p in store.study.people() if p.name == "Ama")
    store.codebook.retire(person.id, heard.id, heard.version)
    page.run()
    assert not page.exception
    assert "4 passages under codes that are out of use" in words_on(page)


def test_markup_in_words_of_participants_stays_text(study):
    store, path = study
    person = next(p for p in store.study.people() if p.name == "Ama")
    from dataclasses import replace

    whole = store.study.read()
    store.study.change(person.id, replace(whole, description="<img src=x> **bold**"))
    page = open_page("debrief_page", path, "dee")
    words = words_on(page)
    assert "&lt;img src=x&gt; **bold**" in words
    assert "<img" not in words
