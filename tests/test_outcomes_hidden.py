"""Nothing known after a referral is anywhere before a pair is judged.

Every page of the cases desk is searched whole: headings, our own markup, labels,
tables, chart specifications, what is kept between runs, the address, and every file
offered for download.
"""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from case_desk import ids_of, the_sample_study
from page_tests import everything_on, open_page

from data.importers.text_table import read_text_table
from matching.within_case import Split
from workbench.actions.account.other_settings import try_settings
from workbench.actions.cases.judging import judge, open_files
from workbench.actions.cases.pairing import pairing_files
from workbench.actions.together.reports import report_content
from workbench.case_words import date_in_words, value_in_words
from workbench.widgets.cases.plan.time_words import time_in_words

SAMPLE = Path(__file__).parents[1] / "data" / "sample_study"


def rows_of(name):
    table = read_text_table(name, (SAMPLE / name).read_bytes())
    return [dict(zip(table.headings, row, strict=True)) for row in table.rows]


@pytest.fixture(scope="module")
def later():
    """By case reference, every text of it that is known only after the referral."""
    cases = {row["case_id"]: row for row in rows_of("cases.csv")}
    texts = {reference: set() for reference in cases}
    for reference, row in cases.items():
        if row["closed_date"]:
            texts[reference].add(date_in_words(row["closed_date"]))
        if "|" in row["assessment_factors"]:
            factors = row["assessment_factors"]
            texts[reference].add(value_in_words("assessment_factors", factors))
    for row in rows_of("notes.csv"):
        if row["date"] > cases[row["case_id"]]["referral_date"]:
            texts[row["case_id"]].add(row["text"][:60])
    for row in rows_of("events.csv"):
        if row["date"] > cases[row["case_id"]]["referral_date"] and row["detail"]:
            texts[row["case_id"]].add(row["detail"])
    assert sum(map(len, texts.values())) > 200
    # A text that is also known at referral, of any case, tells nothing of later.
    known = " ".join(
        [
            *(
                row["text"]
                for row in rows_of("notes.csv")
                if row["date"] <= cases[row["case_id"]]["referral_date"]
            ),
            *(row["referral_date"] for row in cases.values()),
            *(date_in_words(row["referral_date"]) for row in cases.values()),
            *(date_in_words(row["date_of_birth"]) for row in cases.values()),
        ]
    )
    return {
        reference: {one for one in of_case if one not in known and len(one) > 7}
        for reference, of_case in texts.items()
    }


CODES = ("RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9")
WORDS = ("Closed after assessment", "no longer in need", "guardianship order")
EVENTS = ("Closure", "Step down", "Step up", "Section 47", "Initial conference")


def tells(text, later, references):
    """What of later a text tells about these cases."""
    told = [word for word in (*CODES, *WORDS, *EVENTS) if word in text]
    for reference in references:
        told += [one for one in later[reference] if one in text]
    return told


@pytest.fixture
def study(tmp_path):
    store, person = the_sample_study(tmp_path)
    yield store, person, tmp_path / "study.sqlite"
    store.close()


def without_the_plans_own_dates(text, plan):
    """A page's text without what the window means: its days come from the plan alone.

    One of them happens to be the day of something later in a file.
    """
    for _, words in time_in_words(plan.window):
        assert text.count(words) == 1
        text = text.replace(words, "")
    return text


def test_no_page_tells_anything_of_later_before_judging(study, later):
    store, person, path = study
    pages = {
        page: open_page(page, path, person.id)
        for page in (
            "cases_page",
            "plan_page",
            "balance_page",
            "progress_page",
            "within_case_page",
        )
    }
    for case in store.within_cases.cases()[::12]:
        pages[f"{case.reference} before and after"] = open_page(
            "within_case_page", path, person.id, choose=case.id
        )
    for case in store.pairings.queue():
        pages[case.reference] = open_page("judge_page", path, person.id, case=case.id)
        pairing = store.pairings.latest()
        for listed in store.pairings.candidates(pairing.id, case.id):
            name = f"{case.reference} beside {listed.candidate.historic_id}"
            pages[name] = open_page(
                "judge_page", path, person.id, case=case.id, compare=listed.historic_id
            )
    assert len(pages) > 30
    for name, app in pages.items():
        assert not app.exception, name
        text = everything_on(app)
        assert len(text) > 2000, name
        if name == "plan_page":
            text = without_the_plans_own_dates(text, store.plans.current().plan)
        # The page on fields names the outcome's title, never a value.
        assert tells(text, later, later) == [], name


def _judged(store, person, ids):
    """The pair of 008812, judged; its files are not opened yet."""
    return judge(
        store,
        person,
        store.pairings.latest().id,
        ids["008812"],
        decision=ids["007052"],
        suitability="good_match",
        rationale="Both neglect, both seven.",
    )


def test_page_on_progress_tells_nothing_of_a_pair_whose_files_are_shut(study, later):
    store, person, path = study
    ids = ids_of(store)
    saved = _judged(store, person, ids)
    for address in ({"pair": saved.id}, {"view": "all"}):
        app = open_page("progress_page", path, person.id, **address)
        assert not app.exception
        text = everything_on(app)
        assert len(text) > 2000
        assert tells(text, later, later) == []
    assert store.judgements.standing()[0].opened_at is None


def test_case_read_alone_tells_of_itself_and_of_no_other(study, later):
    store, person, path = study
    ids = ids_of(store)
    for reference in store.within_cases.to_judge_first(ids["007051"]):
        judge(
            store,
            person,
            store.pairings.latest().id,
            ids[reference],
            decision="none",
            suitability="",
            rationale="None of these is near enough.",
        )
    store.within_cases.choose(
        person.id, ids["007051"], Split("2024-04-15"), "Held throughout.", seen_id=""
    )
    app = open_page("within_case_page", path, person.id)
    assert not app.exception
    text = everything_on(app)
    told = {one for one in later["007051"] if one in text}
    assert len(told) > 5
    others = {
        one
        for reference in later
        if reference != "007051"
        for one in later[reference]
        if len(one) > 30
    } - later["007051"]
    assert len(others) > 50
    assert not [one for one in others if one in text]


def test_no_file_offered_tells_anything_of_later(study, later):
    store, person, _ = study
    files = pairing_files(store, store.pairings.latest(), person)
    assert len(files) == 5
    for name, content in files.items():
        assert tells(content.decode("utf-8"), later, later) == [], name


def test_no_account_tells_anything_of_later(study, later):
    store, person, _ = study
    try_settings(store, person, store.pairings.latest())
    for ending in (".json", ".html"):
        text = report_content(store, "pairs", ending, person=person).decode("utf-8")
        assert len(text) > 5000, ending
        assert tells(html.unescape(text), later, later) == [], ending


def test_search_finds_what_is_hidden_once_a_pair_is_judged_and_opened(study, later):
    store, person, path = study
    ids = ids_of(store)
    saved = _judged(store, person, ids)
    shut = everything_on(open_page("judge_page", path, person.id, case=ids["008812"]))
    assert tells(shut, later, later) == []
    open_files(store, person, saved)
    app = open_page("judge_page", path, person.id, case=ids["008812"])
    app.toggle(key="timeline as table").set_value(True).run()
    text = everything_on(app)
    told = tells(text, later, ["008812", "007052"])
    assert set(told) >= later["008812"] | later["007052"]
    # What is long enough to be said of one case only must not be said of the others.
    of_pair = later["008812"] | later["007052"]
    others = {
        one for reference in later for one in later[reference] if len(one) > 30
    } - of_pair
    assert len(others) > 50
    assert not [one for one in others if one in text]
