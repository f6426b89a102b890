"""The page of themes."""

import pytest
from debrief_study import a_study_to_debrief, add_interviews
from page_tests import open_page, words_on

from coding.study import Person, Role


@pytest.fixture
def study(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    yield store, tmp_path / "study.sqlite"
    store.close()


def test_an_empty_study_is_told_what_will_be_here_and_how_to_begin(
    empty_store, tmp_path
):
    page = open_page("themes_page", tmp_path / "study.sqlite")
    assert not page.exception
    assert "No themes yet. Add transcripts" in words_on(page)
    assert [b.label for b in page.button] == ["Add transcripts"]


def test_nobody_is_offered_what_their_role_cannot_do(empty_store, tmp_path):
    empty_store.study.add_person("lead", Person("dee", "Dee", Role.DEBRIEF_TEAM))
    page = open_page("themes_page", tmp_path / "study.sqlite", "dee")
    assert "No themes yet." in words_on(page)
    assert not page.button


def test_sources_without_coding_lead_to_coding(empty_store, tmp_path):
    add_interviews(empty_store, "lead")
    page = open_page("themes_page", tmp_path / "study.sqlite")
    assert "5 sources can be read and none is coded so far" in words_on(page)
    assert [b.label for b in page.button] == ["Read and code"]


def test_people_stand_before_mentions_and_never_alone(study):
    page = open_page("themes_page", study[1], "dee")
    assert not page.exception
    words = words_on(page)
    assert "4 people took part in 5 sources, 4 of them coded." in words
    assert words.index("2 of 3 people") < words.index("3 mentions")
    assert "observations is not coded yet" in words
    assert "Internal: identifies people" in words


def test_the_theme_of_the_address_is_the_one_that_is_read_next(study):
    store, path = study
    heard = store.codebook.codebook().named("Being heard").id
    page = open_page("themes_page", path, "dee", theme=heard)
    assert page.selectbox[0].value == heard
    assert "Read it" in [button.label for button in page.button]
    page = open_page("themes_page", path, "dee", theme="gone")
    assert page.selectbox[0].index == 0


def test_all_waves_stand_at_a_glance_in_words(study):
    page = open_page("themes_page", study[1], "dee")
    page.radio(key="theme columns").set_value("Between waves").run()
    assert not page.exception
    words = words_on(page)
    # Kestrel and Heron say it in Wave 1; in Wave 2 Heron's interview is not coded.
    assert "said in the first wave" in words
    assert "persists" in words
    assert "1 of 1 person" in words


def test_columns_can_be_roles_and_rows_codes(study):
    page = open_page("themes_page", study[1], "dee")
    page.radio(key="theme columns").set_value("By role").run()
    assert 'aria-label="Themes by role"' in words_on(page).replace('\\"', '"')
    page.radio(key="theme level").set_value("Codes").run()
    assert not page.exception
    assert "Same worker" in page.selectbox[0].options


def test_markup_in_names_stays_text(study):
    store, path = study
    from coding.codebook import Code

    person = next(p for p in store.study.people() if p.name == "Ama")
    store.codebook.add(person.id, Code("", "<script>1</script> ![x](http://y)"))
    page = open_page("themes_page", path, "dee")
    words = words_on(page)
    assert "&lt;script&gt;" in words
    assert not [m for m in page.markdown if "<script>" in m.value]
