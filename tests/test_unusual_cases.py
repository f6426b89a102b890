"""What import and pairing answer to cases that are few, alike, incomplete or wrong.

Each answer is in words, and nothing is lost: what was refused left no trace, and
what was taken stands in the account.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from page_tests import open_page, words_on
from test_command_line import answer, run

from coding.study import Person, Role
from data.storage import StudyStore

HEADINGS = "case_id,child_id,family_id,era,referral_date,date_of_birth,sex,primary_need"
CONTEMPORARY = "{},c{},f{},contemporary,2024-05-01,2015-02-03,F,N1"
HISTORIC = "{},c{},f{},historic,2023-06-01,2014-02-03,F,N1"
PLAN = """
exact = ["primary_need"]
[window]
date = "referral_date"
[[covariate]]
name = "age_at_referral"
kind = "number"
[[covariate]]
name = "sex"
kind = "category"
"""


def now(*ids: str) -> list[str]:
    return [CONTEMPORARY.format(*[one] * 3) for one in ids]


def then(*ids: str) -> list[str]:
    return [HISTORIC.format(*[one] * 3) for one in ids]


def partners(store: StudyStore) -> dict[str, str]:
    """The historic case of each contemporary one by the newest run."""
    saved = store.pairings.latest()
    assert saved is not None
    return {p.contemporary_id: p.historic_id for p in store.pairings.pairs(saved.id)}


class Desk:
    """A new study, and two files beside it."""

    def __init__(self, folder: Path) -> None:
        self.study = folder / "study.sqlite"
        self.cases, self.plan = folder / "cases.csv", folder / "plan.toml"
        assert run("new", self.study, "--name", "Autumn").exit_code == 0
        self.plan.write_text(PLAN, "utf-8")

    def bring(self, rows: list[str], *, status: int = 0) -> dict[str, Any]:
        self.cases.write_text("\n".join([HEADINGS, *rows]) + "\n", "utf-8")
        return answer("import", "cases", self.study, self.cases, status=status)

    def pair(self, *, status: int = 0) -> dict[str, Any]:
        return answer("pair", self.study, "--plan", self.plan, status=status)

    def stored(self) -> tuple[int, int]:
        """How many cases and plans the study holds."""
        with closing(StudyStore(self.study)) as store:
            return store.cases.counts().cases, store.progress.counts().plans

    def lead(self) -> str:
        """Who leads the study; made on first asking."""
        with closing(StudyStore(self.study)) as store:
            for person in store.study.people():
                if person.role is Role.STUDY_LEAD:
                    return person.id
            lead = Person("", "Ama", Role.STUDY_LEAD)
            return store.study.add_first_person(lead).id


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_wrong_rows_are_all_told_at_once_and_none_is_stored(desk: Desk) -> None:
    (one, future, impossible, unborn) = then("2", "3", "4", "5")
    refused = desk.bring(
        [
            *now("", "1", "1"),
            one,
            future.replace("2023-06-01", "2999-01-01"),
            impossible.replace("2023-06-01", "2023-02-30"),
            unborn.replace("2014-02-03", "2014-13-01"),
        ],
        status=3,
    )
    told = [(one["where"], one["found"]) for one in refused["refused"]]
    assert [where for where, _ in told] == [
        "cases.csv, row 2, column case_id",
        "cases.csv, row 3, column case_id",
        "cases.csv, row 4, column case_id",
        "cases.csv, row 6, column referral_date",
        "cases.csv, row 7, column referral_date",
        "cases.csv, row 8, column date_of_birth",
    ]
    words = " ".join(found for _, found in told)
    for part in ("missing", "both about case 1", "future", "does not exist"):
        assert part in words
    assert desk.stored() == (0, 0)


def test_unborn_child_is_paired_by_its_age_below_nothing(desk: Desk) -> None:
    expected = [
        row.replace("2015-02-03", "2024-08-01").replace("2014-02-03", "2023-09-01")
        for row in (*now("1"), *then("2"))
    ]
    assert desk.bring([*expected, *then("3")])["warnings"] == []
    desk.pair()
    with closing(StudyStore(desk.study)) as store:
        pool = store.cases.case_pool()
        assert float(pool.contemporary[0].values["age_at_referral"]) < 0
        assert partners(store) == {"1": "2"}


def test_birth_long_after_the_referral_is_kept_and_pointed_out(desk: Desk) -> None:
    rows = [*now("1"), *then("2")]
    (warning,) = desk.bring([rows[0].replace("2015-02-03", "2026-02-03"), rows[1]])[
        "warnings"
    ]
    assert warning["where"] == "cases.csv, row 2, column date_of_birth"
    assert desk.stored() == (2, 0)


@pytest.mark.parametrize(
    ("value", "place"), [("F", "covariate, *sex*"), ("N1", "exact, *primary_need*")]
)
def test_column_that_nobody_filled_is_told_as_empty_and_not_as_absent(
    desk: Desk, value: str, place: str
) -> None:
    rows = [*now("1"), *then("2", "3")]
    desk.bring([f"{row},".replace(f",{value},", ",,")[:-1] for row in rows])
    (problem,) = desk.pair(status=3)["refused"]
    assert problem["found"] == "no case of either era has a known value"
    assert problem["where"] == f"Plan, {place}"
    assert problem["do_next"].startswith("Fill the column")
    assert desk.stored() == (3, 0)


def test_column_empty_in_one_era_is_warned_of_with_what_follows(desk: Desk) -> None:
    desk.bring([row.replace(",F,", ",,") for row in now("1")] + then("2"))
    told = desk.pair()
    assert told["status"] == "accepted_with_warnings"
    assert any(
        warning["found"] == "no contemporary case has a known value, so it tells no "
        "two candidates apart"
        for warning in told["warnings"]
    )
    app = open_page("plan_page", desk.study, desk.lead())
    words = words_on(app)
    assert "<em>Sex</em>: No contemporary case has a known value, so it tells" in words
    # What a person reads in the account names the field without signs around it.
    app = open_page("balance_page", desk.study, desk.lead())
    assert "covariate, sex: no contemporary case has a known value" in words_on(app)


def test_pairing_a_study_tells_every_warning_of_its_account(desk: Desk) -> None:
    desk.bring([*now("1", "2"), *then("3")])
    told = desk.pair()
    assert told["status"] == "accepted_with_warnings"
    found = [one["found"] for one in told["warnings"]]
    assert "1 of 2 contemporary cases has no partner" in found
    assert told["warnings"] == told["account"]["warnings"]


def test_cell_that_cannot_be_read_is_refused_before_the_plan_is_kept(
    desk: Desk,
) -> None:
    desk.bring([*now("1"), *then("2")])
    desk.plan.write_text(PLAN.replace('"category"', '"number"'), "utf-8")
    problems = desk.pair(status=3)["refused"]
    assert len(problems) == 2
    assert desk.stored() == (2, 0)


def test_plan_on_an_unknown_column_names_it_and_is_not_kept(desk: Desk) -> None:
    desk.bring([*now("1"), *then("2")])
    desk.plan.write_text(PLAN.replace('"sex"', '"shoe_size"'), "utf-8")
    (problem,) = desk.pair(status=3)["refused"]
    assert problem["found"] == (
        "the contemporary and the historic cases have no column *shoe_size*"
    )
    assert desk.stored() == (2, 0)


def test_headings_alone_are_refused_and_the_study_stays_empty(desk: Desk) -> None:
    (problem,) = desk.bring([], status=3)["refused"]
    assert problem["where"] == "cases.csv"
    assert desk.stored() == (0, 0)


@pytest.mark.parametrize(("contemporary", "historic"), [(1, 1), (5, 20), (3, 1)])
def test_cases_that_are_all_alike_are_paired_and_told_as_ties(
    desk: Desk, contemporary: int, historic: int
) -> None:
    ids = [f"{number:03d}" for number in range(contemporary + historic)]
    desk.bring([*now(*ids[:contemporary]), *then(*ids[contemporary:])])
    desk.pair()
    with closing(StudyStore(desk.study)) as store:
        saved = store.pairings.latest()
        assert saved is not None
        paired, left = partners(store), saved.account["unpaired_cases"]
        assert len(set(paired.values())) == min(contemporary, historic)
        everybody = sorted([*paired, *(case["contemporary"] for case in left)])
        assert everybody == ids[:contemporary]
        assert all(case["reason"] for case in left)
    app = open_page("judge_page", desk.study, desk.lead())
    assert not app.exception
    assert ("tied" in words_on(app)) is (historic > 1)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(now("1"), id="one contemporary case alone"),
        pytest.param(then("1"), id="one historic case alone"),
        pytest.param([*now("1"), *then("2")], id="one of each, all equal"),
        pytest.param(
            [row.replace(",F,", ",,") for row in (*now("1"), *then("2"))],
            id="a column that nobody filled",
        ),
        pytest.param(
            [
                row.replace("2015-02-03", "").replace("2014-02-03", "")
                for row in (*now("1"), *then("2"))
            ],
            id="no date of birth",
        ),
        pytest.param(
            [row.replace("2023-06-01", "") for row in (*now("1"), *then("2"))],
            id="historic cases without a referral",
        ),
    ],
)
@pytest.mark.parametrize(
    "page", ["cases_page", "plan_page", "judge_page", "balance_page"]
)
def test_every_page_opens_on_cases_few_or_incomplete(
    desk: Desk, rows: list[str], page: str
) -> None:
    desk.bring(rows)
    run("pair", desk.study)
    app = open_page(page, desk.study, desk.lead())
    assert not app.exception
    assert words_on(app)


def test_study_without_a_marked_field_is_led_to_marking_them(desk: Desk) -> None:
    desk.cases.write_text(
        "case_id,era,shoe size\nC-1,contemporary,9\nH-1,historic,8\n", "utf-8"
    )
    answer("import", "cases", desk.study, desk.cases)
    app = open_page("plan_page", desk.study, desk.lead())
    assert not app.exception
    words = words_on(app)
    assert "Mark the fields" in words
    assert "There is a problem" not in words
    assert "Find matches" not in words


def test_account_of_a_plan_without_rules_has_no_empty_table(desk: Desk) -> None:
    desk.bring([*now("1"), *then("2")])
    desk.plan.write_text('[[covariate]]\nname = "sex"\nkind = "category"\n', "utf-8")
    desk.pair()
    app = open_page("balance_page", desk.study, desk.lead())
    words = words_on(app)
    assert "To be said in the report" in words
    assert "left that" not in words
