"""The page of balance: words, a caution where there are few pairs, the unpaired."""

from __future__ import annotations

import pytest
from case_desk import a_study, a_study_with_matches, ids_of
from page_tests import open_page, words_on

from matching.judging.judgement import Suitability
from workbench.actions.cases.pairing import find_matches


@pytest.fixture
def study(tmp_path):
    store, person, pairing = a_study_with_matches(tmp_path)
    yield store, person, pairing, tmp_path / "study.sqlite"
    store.close()


def open_balance(study):
    _, person, _, path = study
    app = open_page("balance_page", path, person.id)
    assert not app.exception
    return app


def test_study_without_matches_says_what_will_be_here(tmp_path):
    store, person = a_study(tmp_path)
    app = open_page("balance_page", tmp_path / "study.sqlite", person.id)
    assert "First the matches must be found." in words_on(app)
    store.close()


def test_few_pairs_get_a_caution_and_figures_and_neither_chart_nor_verdict(study):
    app = open_balance(study)
    words = words_on(app)
    before = words.split("How this is worked out")[0]
    for verdict in ("close enough after pairing", "In words", "look again</td>"):
        assert verdict not in before
    # sqrt(2 / 2 pairs) = 1.0
    (caution,) = app.warning
    said = caution.value.replace("\\", "")
    assert said.startswith("With 2 pairs these figures stray by about 1.0")
    assert "Age at referral" in words
    assert not app.get("vega_lite_chart")
    assert not app.get("arrow_vega_lite_chart")


def test_unpaired_case_is_listed_with_its_reason_in_the_fields_words(study):
    words = words_on(open_balance(study))
    assert "has the same primary need" in words
    assert "primary_need" not in words.split("Without partner")[1].split("account")[0]


def test_balance_is_read_over_the_pairs_judges_accepted_too(study):
    store, person, pairing, _ = study
    app = open_balance(study)
    app.radio(key="balance over").set_value("Pairs that judges accepted").run()
    assert "No pair was accepted yet." in words_on(app)
    ids = ids_of(store)
    store.judgements.save(
        person.id,
        pairing_id=pairing.id,
        contemporary_id=ids["C1"],
        historic_id=ids["H4"],
        suitability=Suitability.GOOD_MATCH,
        rationale="Same estate.",
    )
    app.run()
    assert not app.exception
    assert "With 1 pair these figures stray" in words_on(app)


def test_account_names_plan_run_counts_and_hash(study):
    store, *_ = study
    words = words_on(open_balance(study))
    assert "Plan 1, run 1 by Ama" in words
    assert "3 contemporary and 4 historic" in words
    assert store.plans.current().sha256[:16] in words


def test_account_tells_how_the_cases_were_chosen_where_it_was_asked(study):
    store, person, *_ = study
    assert "How they were chosen" not in words_on(open_balance(study))
    find_matches(store, person)
    assert (
        "How they were chosen: None of the 3 contemporary cases has a record"
        in words_on(open_balance(study))
    )
