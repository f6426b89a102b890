"""The account of a pairing for a methods appendix, as Word and as JSON."""

from __future__ import annotations

import json

import pytest
from case_desk import a_plan, a_study, a_study_judged_and_opened
from docx import Document
from page_tests import open_page, words_on

from matching.cases import KnownAt
from matching.checking.sensitivity import Setting, SettingResult
from matching.pairing import IncompleteRecords
from matching.plan import Covariate, CovariateKind, Distance, GapRule, Method
from workbench.actions.account.other_settings import (
    ABOUT_TOTALS,
    run_in_words,
    settings_table,
    try_settings,
)
from workbench.actions.account.pairing_report import read_pairing_report
from workbench.actions.account.pairing_sections import pairing_sections
from workbench.actions.account.plan_words import plan_in_words
from workbench.actions.cases.pairing import find_matches
from workbench.actions.cases.plans import save_plan
from workbench.actions.together.reports import write_report

TITLES = {"primary_need": "Primary need", "family_id": "Family"}


@pytest.fixture
def study(tmp_path):
    """The seven cases, C1 judged and opened, C2 without match, the plan changed."""
    store, person = a_study_judged_and_opened(tmp_path)
    save_plan(store, person, a_plan(max_reuse=2), reason="Files were scarce.")
    second = find_matches(store, person)
    yield store, person, second, tmp_path
    store.close()


def words_in(path):
    document = Document(str(path))
    said = [one.text for one in document.paragraphs]
    said += [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join(said)


def test_word_file_tells_plan_counts_versions_and_a_plan_after_outcomes(study):
    store, person, second, folder = study
    try_settings(store, person, second)
    path = write_report(store, "pairs", folder / "pairs.docx", person=person)
    words = words_in(path)
    for said in (
        "Plan 2, run 2 by Ama on",
        "3 contemporary and 4 historic cases, 2 pairs",
        "Both cases must have the same primary need.",
        "The historic case came 1 day to 18 months earlier (1 to 548 days",
        "each historic case is used at most 2 times",
        "1 pair accepted by judges before and kept.",
        store.plans.current().sha256,
        "Plan 2 was made after outcomes of 1 pair had been opened, with this reason: "
        "Files were scarce.",
        "Outcomes were first opened on",
        "With 2 pairs a difference of 1.0 arises by chance alone",
        "Seed 1. Versions: workbench",
        "numpy ",
        "scipy ",
        "May 2023",
        "Weight of locality halved",
        "by Ama on",
    ):
        assert said in words, said
    # Two pairs bear no verdict.
    assert "close enough" not in words


def test_account_as_json_names_who_judged_what_when_and_what_was_opened(study):
    store, person, second, folder = study
    path = write_report(store, "pairs", folder / "pairs.json", person=person)
    told = json.loads(path.read_text("utf-8"))
    assert told["mark"] == "Internal: identifies people"
    assert told["pairing"]["plan_number"] == 2
    assert [one["number"] for one in told["plans"]] == [2, 1]
    assert told["plans"][0]["pairs_opened_by_then"] == 1
    assert told["account"]["plan_hash"] == store.plans.current().sha256
    assert told["account"]["libraries"]["numpy"]
    assert told["other_settings"] is None
    assert told["sampling_error"] == pytest.approx(1.0)
    one, other = told["judgements"]
    assert (one["contemporary"], one["historic"], one["judge"]) == ("C1", "H1", "Ama")
    assert one["seconds_taken"] == 240
    assert one["outcomes_opened_at"]
    assert (other["contemporary"], other["outcomes_opened_at"]) == ("C2", "")
    try_settings(store, person, second)
    path = write_report(store, "pairs", folder / "pairs.json", person=person)
    tried = json.loads(path.read_text("utf-8"))["other_settings"]
    assert tried["run_by"] == "Ama"
    assert {one["setting"] for one in tried["results"]} >= {"as_planned", "gap_rule"}


def test_account_gives_no_partner_away_that_the_plan_chose(study):
    store, _, second, folder = study
    assert [p.historic_id for p in store.pairings.pairs(second.id)] == ["H1", "H3"]
    told = json.loads(
        write_report(store, "pairs", folder / "p.json").read_text("utf-8")
    )
    # C2 is not accepted with H3, so nothing may name them together.
    assert "H3" not in json.dumps(told)


def test_study_without_matches_says_so_in_both_files(tmp_path):
    store, _ = a_study(tmp_path)
    assert read_pairing_report(store) is None
    (section,) = pairing_sections(None)
    assert section.parts[0].text == "No matches have been found yet."
    told = json.loads(
        write_report(store, "pairs", tmp_path / "p.json").read_text("utf-8")
    )
    assert told["pairing"] is None
    store.close()


def test_cancelled_trial_keeps_nothing(study):
    store, person, second, _ = study

    class StoppedError(Exception):
        pass

    def stop(done, words):
        if done > 0.3:
            raise StoppedError

    with pytest.raises(StoppedError):
        try_settings(store, person, second, stop)
    assert store.sensitivity.latest(second.id) is None


def test_summary_counts_settings_that_pair_otherwise(study):
    store, person, second, _ = study
    tried = try_settings(store, person, second)
    run = store.sensitivity.latest(second.id)
    moved = [one.changed for one in run.results if one.changed]
    words = run_in_words(run)
    assert words.startswith(f"{tried} other settings tried: {tried - len(moved)} ")
    assert f"at most {max(moved)} of " in words


def a_result(setting, *, pairs=13, total=1.0, planned: float | None = 1.0, detail=""):
    gaps = IncompleteRecords(0, 0, 0, 0)
    return SettingResult(setting, detail, pairs, 0, total, planned, gaps)


def test_totals_are_compared_on_the_scale_of_the_plan_alone():
    table = settings_table(
        [
            a_result(Setting.AS_PLANNED, total=1.663, planned=1.663),
            a_result(Setting.WEIGHTS_EQUAL, total=9.25, planned=1.701),
            a_result(Setting.DISTANCE, total=31.4, planned=None, detail="mahalanobis"),
            a_result(
                Setting.METHOD, pairs=12, total=1.1, planned=1.1, detail="nearest"
            ),
        ],
        TITLES,
    )
    assert table.headings[-1] == "Total distance, as the plan measures"
    assert [row[-1] for row in table.rows] == [
        "1.663",
        "1.701",
        "not comparable",
        "not comparable",
    ]


def test_the_total_has_one_name_and_one_figure_on_the_page_and_in_the_file(study):
    store, person, second, folder = study
    try_settings(store, person, second)
    path = write_report(store, "pairs", folder / "pairs.docx", person=person)
    app = open_page("balance_page", folder / "study.sqlite", person.id)
    total = f"total distance {second.account['total_distance']:.3f}."
    for words in (words_in(path), words_on(app)):
        assert total in words
        assert ABOUT_TOTALS in words
        assert "total difference" not in words
    # The second run kept an accepted pair, other settings set it aside.
    assert second.account["accepted_pairs"]
    assert "The account below has a total of its own" in words_on(app)


def test_every_setting_of_a_plan_is_put_in_words():
    during = Covariate(
        "factors", CovariateKind.SET, known=KnownAt.DURING, override=True
    )
    plan = a_plan(
        covariates=(*a_plan().covariates, during),
        different=("family_id",),
        missing_values=("N0",),
        missing=GapRule.DROP,
        method=Method.NEAREST,
        ratio=2,
        max_reuse=0,
        caliper=0.25,
        narrative="referral_note",
    )
    said = " ".join(plan_in_words(plan, TITLES))
    for words in (
        "They must be of another family.",
        "Recorded as not known: N0, and empty cells.",
        "admitted by override: factors.",
        "a gap takes the covariate and its weight out of the comparison",
        "No pair may be further apart than 0.25.",
        "Nearest: down the list of contemporary cases",
        "2 historic cases for each contemporary case; each historic case is used as "
        "often as it is closest.",
        "never part of it",
    ):
        assert words in said, words
    other = plan_in_words(a_plan(distance=Distance.MAHALANOBIS, window=None), TITLES)
    assert other[1].startswith("Distance: Mahalanobis (1936)")
