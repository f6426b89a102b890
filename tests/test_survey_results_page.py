"""The section of the page of indicators that shows the results of surveys."""

from __future__ import annotations

import re

import pytest
from page_tests import open_page, words_on
from survey_figures import FAMILIES, STAFF, a_topline

from coding.study import Person, Role
from data.figures.survey_toplines import Survey


@pytest.fixture
def study(empty_store, tmp_path):
    empty_store.study.add_person(
        "lead", Person("pat", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    return empty_store, tmp_path / "study.sqlite"


def _table(page):
    """The cells of the one survey table, row by row, as a person reads them."""
    (markup,) = [h.proto.body for h in page.get("html") if "<caption>" in h.proto.body]
    rows = re.findall(r"<tr>(.*?)</tr>", markup)
    return [
        [re.sub("<.*?>", "", cell) for cell in re.split(r"(?=<t[hd])", row)[1:]]
        for row in rows
    ]


def _file(*rows):
    headings = "survey,wave,fieldwork,question,statement,answer,count,percent,base"
    return "\n".join((headings, *rows)).encode()


def _survey_uploader(page):
    return next(one for one in page.file_uploader if "survey results" in one.label)


def test_an_empty_study_says_what_will_stand_here_and_takes_a_file(study):
    page = open_page("indicators_page", study[1])
    assert not page.exception
    words = words_on(page)
    assert "No survey results yet." in words
    assert "how many people of how many gave each answer" in words
    assert _survey_uploader(page).label == "A table of survey results (.csv or .xlsx)"


def test_staff_waves_stand_side_by_side_people_first(study):
    store, path = study
    store.toplines.save("lead", STAFF)
    page = open_page("indicators_page", path)
    assert not page.exception
    assert _table(page) == [
        ["Answer", "Wave 1May 2015", "Wave 2May 2016"],
        ["I have time"],
        ["Yes", "24 of 60 people40%", "40 of 80 people50%"],
        ["No", "36 of 60 people60%", "40 of 80 people50%"],
        ["I am listened to"],
        ["Yes", "not asked", "60 of 80 people75%"],
        ["No", "20 of 80 people25%"],
    ]
    words = words_on(page)
    assert "only under the report's assumption" in words.replace("&#x27;", "'")
    assert "Source: Report, appendix 4." in words


def test_a_question_is_named_in_full_unless_its_one_statement_says_it(study):
    store, path = study
    alone = a_topline("Yes", 3, question="Q2", topic="", statement="Any pets?")
    store.toplines.save("lead", [FAMILIES[2], alone])
    page = open_page("indicators_page", path)
    assert "<caption>People who gave each answer" in words_on(page)
    page.selectbox(key="survey chosen").set_value(Survey.SERVICE_USER).run()
    assert "<caption><b>Q1 About the staff</b>People" in words_on(page)


def test_service_user_waves_never_stand_side_by_side(study):
    store, path = study
    store.toplines.save("lead", FAMILIES)
    page = open_page("indicators_page", path)
    assert _table(page) == [
        ["Answer", "Wave 1May 2015"],
        ["Staff listened"],
        ["Yes", "30 of 34 people"],
        ["No", "4 of 34 people"],
    ]
    words = words_on(page)
    assert "Service-user surveys do not represent all families" in words
    assert "Where fewer than 50 people answered, only counts are shown" in words
    assert "88%" not in words
    page.selectbox(key="wave chosen Service-user survey").set_value("Wave 2").run()
    assert _table(page) == [
        ["Answer", "Wave 2May 2016"],
        ["Staff listened"],
        ["Yes", "90 of 100 people90%"],
        ["No", "10 of 100 people10%"],
    ]


def test_survey_and_question_are_chosen_and_the_address_comes_back_to_them(study):
    store, path = study
    other = a_topline("Never", 60, 100, question="Q2", topic="", statement="How often?")
    store.toplines.save("lead", [*STAFF, *FAMILIES, other])
    page = open_page("indicators_page", path)
    assert page.selectbox(key="survey chosen").options == [
        "Staff survey",
        "Service-user survey",
    ]
    question = page.selectbox(key="question chosen Staff survey Wave 1 Wave 2")
    assert question.options == ["Q1 Workload", "Q2 How often?"]
    question.set_value("Q2").run()
    assert _table(page)[1:] == [["How often?"], ["Never", "60 of 60 people100%"]]
    page = open_page(
        "indicators_page",
        path,
        survey="Service-user survey",
        wave="Wave 2",
        question="Q1",
    )
    assert _table(page)[0] == ["Answer", "Wave 2May 2016"]
    page = open_page("indicators_page", path, survey="nobody", question="Q99")
    assert not page.exception
    assert page.selectbox(key="survey chosen").value is Survey.STAFF


def test_a_number_of_one_wave_is_not_carried_over_to_another_waves_question(study):
    store, path = study
    second = [
        a_topline(
            "Yes", 9, survey=Survey.SERVICE_USER, wave=wave, question="Q2", base=60
        )
        for wave in ("Wave 1", "Wave 2")
    ]
    store.toplines.save("lead", [*STAFF, *FAMILIES, *second])
    page = open_page(
        "indicators_page",
        path,
        survey="Service-user survey",
        wave="Wave 1",
        question="Q2",
    )
    assert _table(page)[1] == ["I have time"]
    page.selectbox(key="wave chosen Service-user survey").set_value("Wave 2").run()
    assert _table(page)[1] == ["Staff listened"]


def test_notes_stand_with_their_statement_and_gaps_are_words(study):
    store, path = study
    store.toplines.save(
        "lead",
        [
            a_topline("Yes", 190, 17, base=112, note="Printed as 190."),
            a_topline("Don't know", None, base=112),
        ],
    )
    page = open_page("indicators_page", path)
    assert _table(page)[1:] == [
        ["I have timeYes: Printed as 190."],
        ["Yes", "190 of 112 people17%"],
        ["Don&#x27;t know", "not given"],
    ]


def test_a_file_is_shown_before_it_is_saved_and_says_what_it_replaces(study):
    store, path = study
    store.toplines.save("lead", STAFF)
    page = open_page("indicators_page", path)
    content = _file("Staff survey,Wave 2,May 2016,Q1,I have time,Yes,80,100,80")
    _survey_uploader(page).upload("survey.csv", content, "text/csv").run()
    assert not page.exception
    words = words_on(page)
    assert "Staff survey, Wave 2, May 2016: 1 question, 1 statement, 1 figure" in words
    assert "saving takes out its 4 figures and puts these in their place" in words
    assert len(store.toplines.toplines()) == 6
    page.button(key="save survey results").click().run()
    assert not page.exception
    assert "Saved: 1 figure." in words_on(page)
    assert [one.count for one in store.toplines.toplines()] == [24, 36, 80]


def test_what_to_check_in_a_file_is_said_with_what_to_do(study):
    store, path = study
    page = open_page("indicators_page", path)
    content = _file(
        "Staff survey,Wave 1,May 2015,Q1,I have time,Yes,25,40,60",
        "Staff survey,Wave 1,May 2015,Q1,I have time,No,36,60,60",
    )
    _survey_uploader(page).upload("survey.csv", content, "text/csv").run()
    words = words_on(page)
    assert "do not add up to the base (61 of 60)" in words
    assert "Compare with the source" in words
    page.button(key="save survey results").click().run()
    assert [one.count for one in store.toplines.toplines()] == [25, 36]


def test_a_file_with_wrong_rows_changes_nothing_and_says_where(study):
    store, path = study
    page = open_page("indicators_page", path)
    content = _file(
        "Staff survey,Wave 1,May 2015,Q1,I have time,Yes,60,100,",
        "Partners,Wave 1,May 2015,Q1,I have time,No,0,0,60",
    )
    _survey_uploader(page).upload("survey.csv", content, "text/csv").run()
    assert not page.exception
    words = words_on(page)
    assert "There are 2 problems" in words
    assert "survey.csv, row 2, column base" in words
    assert "survey.csv, row 3, column survey" in words
    assert store.toplines.toplines() == []
    assert not [b for b in page.button if b.key == "save survey results"]


def test_a_role_that_cannot_add_is_told_who_can_and_reads_all_the_same(study):
    store, path = study
    store.toplines.save("lead", STAFF)
    page = open_page("indicators_page", path, "pat")
    assert len(page.get("file_uploader")) == 0
    words = words_on(page)
    assert "Survey results can be added by: study lead" in words
    assert "24</b> of 60 people" in words


def test_words_of_a_file_never_become_markup(study):
    store, path = study
    bad = "<img src=x> ![a](http://x)"
    store.toplines.save(
        "lead",
        [
            a_topline(
                bad,
                1,
                question=bad,
                topic=bad,
                statement=bad,
                fieldwork=bad,
                note=bad,
                source=bad,
            )
        ],
    )
    page = open_page("indicators_page", path)
    assert not page.exception
    markup = "".join(one.proto.body for one in page.get("html"))
    assert "&lt;img src=x&gt;" in markup
    assert "<img" not in markup


def test_the_published_results_are_read_question_by_question(sample_study, tmp_path):
    path = tmp_path / "sample.sqlite"
    (lead,) = [p for p in sample_study.study.people() if p.role is Role.STUDY_LEAD]
    page = open_page("indicators_page", path, lead.id, question="Q7")
    assert not page.exception
    chosen = page.selectbox(key="question chosen Staff survey Wave 1 Wave 2")
    assert len(chosen.options) == 12
    assert chosen.options[6] == (
        "Q7 Changes to Children's Social Care / The new Stockport Family way of working"
    )
    rows = _table(page)
    understand = rows.index(["I understand the Stockport Family way of working"])
    assert rows[understand + 1] == [
        "Strongly agree",
        "not asked",
        "52 of 105 people50%",
    ]
