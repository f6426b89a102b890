"""Ranked lists: order, ties and the reading of text that they rest on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from promises import drawn_pool

from matching.candidates import prepare_pool, rank_candidates, tiles
from matching.cases import Case, CasePool, Era, KnownAt
from matching.comparing.covariates import UnreadableCases, read_pool
from matching.comparing.explanation import candidates_for_case
from matching.pairing import pair_cases
from matching.plan import Covariate, CovariateKind, MatchPlan, Method, Window

AGE = Covariate("age", CovariateKind.NUMBER, range=10.0)
POOL = drawn_pool(
    """
    id  age
    A   5
    B   9
    """,
    """
    id  age
    H1  6
    H2  4
    H3  9
    H4  1
    H10 6
    """,
)


def test_candidates_run_from_the_closest_and_ties_by_id_as_text() -> None:
    pairing = pair_cases(POOL, MatchPlan((AGE,)))
    listed = [
        (c.contemporary_id, c.rank, c.historic_id, round(c.distance, 12), c.is_tied)
        for c in pairing.candidates
    ]
    assert listed == [
        ("A", 1, "H1", 0.1, True),
        ("A", 2, "H10", 0.1, True),
        ("A", 3, "H2", 0.1, True),
        ("A", 4, "H3", 0.4, True),
        ("A", 5, "H4", 0.4, True),
        ("B", 1, "H3", 0.0, False),
        ("B", 2, "H1", 0.3, True),
        ("B", 3, "H10", 0.3, True),
        ("B", 4, "H2", 0.5, False),
        ("B", 5, "H4", 0.8, False),
    ]


def test_a_tie_with_the_first_that_is_not_listed_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("matching.candidates.SHORT_LIST", 1)
    pairing = pair_cases(POOL, MatchPlan((AGE,), candidates=2))
    tied = {(c.contemporary_id, c.rank): c.is_tied for c in pairing.candidates}
    assert tied == {
        ("A", 1): True,
        ("A", 2): True,
        ("B", 1): False,
        ("B", 2): True,
    }


def test_one_case_asked_alone_gets_the_list_of_the_whole_pairing() -> None:
    for count in (1, 2, 4, 10):
        plan = MatchPlan((AGE,), candidates=count)
        prepared = prepare_pool(POOL, plan)
        whole = pair_cases(POOL, plan).candidates
        for case in "AB":
            mine = tuple(c for c in whole if c.contemporary_id == case)
            assert candidates_for_case(prepared, case) == mine
    with pytest.raises(KeyError):
        candidates_for_case(prepared, "H1")


def test_tiles_hold_every_row_once_and_never_more_cells_than_fit() -> None:
    for width in (1, 1_000, 100_000, 1_000_000):
        portions = list(tiles(np.arange(2_000), width))
        assert np.concatenate(portions).tolist() == list(range(2_000))
        # A tile of one row is as small as it gets, however wide the table is.
        assert max(len(rows) for rows in portions) * width <= max(width, 1 << 20)


def test_lists_are_the_same_however_small_the_tiles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = MatchPlan((replace(AGE, caliper=4.0),), candidates=3)
    whole = rank_candidates(prepare_pool(POOL, plan))
    told: list[tuple[int, int]] = []
    monkeypatch.setattr("matching.candidates._TILE_CELLS", 1)
    small = rank_candidates(
        prepare_pool(POOL, plan), lambda _words, done, of: told.append((done, of))
    )
    assert told == [(1, 2), (2, 2)]
    for name in ("partners", "distances", "eligible", "left", "historic_left"):
        assert getattr(small, name).tolist() == getattr(whole, name).tolist()


def test_lists_know_whether_they_name_everybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("matching.candidates.SHORT_LIST", 1)
    plan = MatchPlan((replace(AGE, caliper=3.0),), candidates=3)
    lists = rank_candidates(prepare_pool(POOL, plan))
    # A has four within three years (all but H3 and H4: H1, H2, H10), B three.
    assert lists.eligible.tolist() == [3, 3]
    assert lists.is_whole(0)
    wide = rank_candidates(prepare_pool(POOL, MatchPlan((AGE,), candidates=3)))
    assert wide.eligible.tolist() == [5, 5]
    assert not wide.is_whole(0)


def test_every_cell_that_cannot_be_read_is_listed_and_never_quoted() -> None:
    fields = {
        "age": "about twelve",
        "born": "2015-02-30",
        "help": "perhaps",
        "severity": "mild",
    }
    good = {"age": "12", "born": "2015-02-28", "help": "no", "severity": "low"}
    pool = CasePool(
        (Case("A", Era.CONTEMPORARY, fields),),
        (Case("H", Era.HISTORIC, good), Case("I", Era.HISTORIC, fields)),
        dict.fromkeys(fields, KnownAt.AT_REFERRAL),
    )
    plan = MatchPlan(
        (
            AGE,
            Covariate("help", CovariateKind.YES_NO),
            Covariate("severity", CovariateKind.ORDERED, levels=("low", "high")),
        ),
        window=Window("born", 0, 9),
    )
    with pytest.raises(UnreadableCases) as refusal:
        pair_cases(pool, plan)
    cells = {(cell.era, cell.case_id, cell.column) for cell in refusal.value.unreadable}
    assert cells == {
        (era, case, column)
        for era, case in ((Era.CONTEMPORARY, "A"), (Era.HISTORIC, "I"))
        for column in fields
    }
    assert "contemporary case A, column *age*" in {
        problem.where for problem in refusal.value.problems
    }
    assert not any(text in str(refusal.value) for text in fields.values())


@pytest.mark.parametrize(
    "text", ["20150228", "2015-2-28", "2015-W09-6", "28/02/2015", "2015-02-28x", "?"]
)
def test_dates_that_are_not_written_out_are_refused(text: str) -> None:
    pool = CasePool(
        (Case("A", Era.CONTEMPORARY, {"born": text, "age": "1"}),),
        (),
        dict.fromkeys(("born", "age"), KnownAt.AT_REFERRAL),
    )
    with pytest.raises(UnreadableCases):
        read_pool(pool, MatchPlan((AGE,), window=Window("born", 0, 9)))


def test_spaces_around_a_value_do_not_count() -> None:
    pool = CasePool(
        (Case("A", Era.CONTEMPORARY, {"need": " N1 ", "age": " 5 "}),),
        (Case("H", Era.HISTORIC, {"need": "N1", "age": "5"}),),
        dict.fromkeys(("need", "age"), KnownAt.AT_REFERRAL),
    )
    pairing = pair_cases(pool, MatchPlan((AGE,), exact=("need",)))
    assert len(pairing.pairs) == 1


def test_candidates_are_the_same_for_both_methods() -> None:
    plan = MatchPlan((AGE,))
    nearest = replace(plan, method=Method.NEAREST)
    assert pair_cases(POOL, plan).candidates == pair_cases(POOL, nearest).candidates
