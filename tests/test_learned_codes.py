"""Codings teach probabilities: decisions alone, by transcript, the same each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learning_study import (
    BOOK,
    SOURCES,
    applied,
    coded,
    learned,
    meanings,
    prepared,
    turns,
)

from coding.suggestions.learning.coded_turns import CodedTurns
from coding.suggestions.learning.learned_codes import LearnedCodes
from coding.suggestions.learning.meanings import CodeMeanings
from coding.suggestions.learning.ridge import KernelRidge
from coding.suggestions.preparing.prepared import PreparedStudy


def _recall_at_1(learnt: LearnedCodes, source: str) -> float:
    rows = prepared().rows_of(source)
    ids = np.array(learnt.meanings.code_ids)
    first = ids[learnt.scores(rows).argmax(axis=1)]
    wanted = [turns()[row][1] for row in rows]
    hits = [code in codes for code, codes in zip(first, wanted, strict=True) if codes]
    assert len(hits) > 5
    return float(np.mean(hits))


def test_codings_teach_what_no_definition_says() -> None:
    untaught = LearnedCodes.fit(meanings(), coded(()))
    assert not untaught.has_learned
    assert learned().has_learned
    assert _recall_at_1(untaught, "f") < 0.7
    assert _recall_at_1(learned(), "f") > 0.9


def test_uncoded_turns_of_sources_not_read_through_are_unknown() -> None:
    table = CodedTurns.from_decisions(
        prepared(),
        meanings().code_ids,
        applied=[("a", 1, "late")],
        turned_down=[("a", 3, "late"), ("a", 1, "late"), ("b", 1, "again")],
        read_through=["b"],
        left_out=[("b", 2)],
        not_there_yet=[("b", "garden")],
    )
    late, again, garden = (
        meanings().code_ids.index(c) for c in ("late", "again", "garden")
    )
    at = prepared().row_of
    assert table.table[at["a", 1], late] == 1  # applied after all, so not turned down
    assert table.table[at["a", 3], late] == 0
    assert np.isnan(table.table[at["a", 1], again])
    assert np.isnan(table.table[at["a", 5]]).all()
    assert table.table[at["b", 3], late] == 0
    assert np.isnan(table.table[at["b", 2]]).all()
    assert np.isnan(table.table[prepared().rows_of("b"), garden]).all()
    assert np.isnan(table.table[prepared().rows_of("c")]).all()
    assert len(table.rows) == 2 + len(prepared().rows_of("b")) - 1


def test_what_waits_for_a_person_teaches_nothing() -> None:
    # The words of sources without decisions are read, and no score depends on what a
    # machine would say of them: the same decisions give the same, whatever is scored.
    first = LearnedCodes.fit(meanings(), coded())
    first.scores(prepared().rows_of("e"))
    again = LearnedCodes.fit(meanings(), coded())
    assert np.array_equal(first.coded.rows, again.coded.rows)
    assert not set(first.coded.rows) & set(prepared().rows_of("e"))
    assert not set(first.held_out.rows) & set(prepared().rows_of("e"))
    everything = np.arange(len(prepared().turns))
    assert np.array_equal(first.scores(everything), again.scores(everything))


def test_the_order_of_turns_and_decisions_changes_nothing() -> None:
    shuffled = [turn for turn, _ in reversed(turns())]
    study = PreparedStudy.fit(
        shuffled,
        language=prepared().language,
        vectors=prepared().fitted.wording.vectors,
    )
    assert study.name == prepared().name
    told = CodeMeanings.fit(study, BOOK)
    backwards = CodedTurns.from_decisions(
        study,
        told.code_ids,
        applied=list(reversed(applied(SOURCES[:4]))),
        read_through=list(reversed(SOURCES[:4])),
    )
    rows = study.rows_of("f")
    assert np.array_equal(
        LearnedCodes.fit(told, backwards).scores(rows), learned().scores(rows)
    )


def test_a_turn_is_judged_by_learners_that_have_not_met_its_transcript() -> None:
    held = learned().held_out
    source = prepared().rows_of("a")
    # With its own labels turned round, a transcript's held-out scores must not move
    # towards them: only the weights of the blend may.
    table = coded().table.copy()
    garden = meanings().code_ids.index("garden")
    own = np.isin(np.arange(len(table)), source)
    table[own, garden] = 1 - table[own, garden]
    turned = LearnedCodes.fit(meanings(), CodedTurns(meanings().code_ids, table))
    place = np.flatnonzero(np.isin(held.rows, source))
    before = held.chance[place, garden]
    after = turned.held_out.chance[place, garden]
    assert np.corrcoef(before, after)[0, 1] > 0.9


def test_one_decision_more_is_heard_at_once() -> None:
    row = int(prepared().rows_of("e")[0])
    unused = meanings().code_ids.index("unused")
    before = learned().scores(np.array([row]))[0, unused]
    told = learned().with_decision(row, "unused", applies=True)
    assert told.scores(np.array([row]))[0, unused] > before
    assert learned().scores(np.array([row]))[0, unused] == before
    assert np.isnan(learned().coded.table[row, unused])


def test_a_new_code_with_examples_alone_is_not_silenced() -> None:
    # Applied five times where nothing else was read with it in mind: no turn is known
    # to be without it, so regressions are silent and must not be heard as a no.
    rows = [int(row) for row in prepared().rows_of("e")[:9:2]]
    table = coded().table.copy()
    unused = meanings().code_ids.index("unused")
    table[:, unused] = np.nan
    few = LearnedCodes.fit(meanings(), CodedTurns(meanings().code_ids, table))
    table = table.copy()
    table[rows, unused] = 1
    more = LearnedCodes.fit(meanings(), CodedTurns(meanings().code_ids, table))
    asked = np.array([int(row) for row in prepared().rows_of("f")])
    same = [
        r for r in asked if prepared().turns[r].text == prepared().turns[rows[0]].text
    ]
    rest = np.array(same or [rows[0]])
    assert (more.scores(rest)[:, unused] > few.scores(rest)[:, unused]).all()


def test_a_changed_decision_gives_what_the_ridge_fitted_anew_would() -> None:
    learners = learned().learners
    assert learners is not None
    row = int(learners.ridge_rows[2])
    new = int(prepared().rows_of("f")[4])
    told = learned().with_decision(row, "late", applies=True)
    told = told.with_decision(new, "again", applies=False)
    assert told.learners is not None
    kept = told.learners.ridge
    rows = told.learners.ridge_rows
    anew = KernelRidge.fit(
        prepared().bases.kernel(rows, rows), kept.decided, strength=kept.strength
    )
    assert np.allclose(kept.weights, anew.weights, atol=1e-5)


def test_a_source_more_is_scored_without_fitting_anew() -> None:
    few = [turn for turn, _ in turns() if turn.source_id != "f"]
    more = [turn for turn, _ in turns() if turn.source_id == "f"]
    study = PreparedStudy.fit(
        few,
        language=prepared().language,
        vectors=prepared().fitted.wording.vectors,
    )
    told = CodeMeanings.fit(study, BOOK)
    taught = CodedTurns.from_decisions(
        study, told.code_ids, applied=applied(SOURCES[:4]), read_through=SOURCES[:4]
    )
    learnt = LearnedCodes.fit(told, taught)
    grown = study.adding(more)
    assert grown.adding(more) is grown
    assert grown.name != study.name
    later = learnt.with_study(told.with_study(grown))
    assert np.allclose(
        later.scores(grown.rows_of("e")), learnt.scores(study.rows_of("e"))
    )
    assert _recall_at_1(later, "f") > 0.9


def test_decisions_for_another_codebook_are_refused() -> None:
    with pytest.raises(ValueError, match="same codes"):
        LearnedCodes.fit(meanings(), CodedTurns(("other",), coded().table[:, :1]))


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_whatever_is_decided_probabilities_are_probabilities(
    data: st.DataObject,
) -> None:
    shape = len(prepared().turns), len(meanings().code_ids)
    seed = data.draw(st.integers(0, 10_000))
    known = data.draw(st.sampled_from([0.0, 0.02, 0.3, 1.0]))
    rate = data.draw(st.sampled_from([0.0, 0.02, 0.5, 1.0]))
    sources = data.draw(st.integers(1, len(SOURCES)))
    chance = np.random.default_rng(seed)
    table = np.where(chance.random(shape) < rate, 1.0, 0.0)
    table[chance.random(shape) >= known] = np.nan
    of = [turn.source_id for turn in prepared().turns]
    table[~np.isin(of, SOURCES[:sources])] = np.nan
    learnt = LearnedCodes.fit(meanings(), CodedTurns(meanings().code_ids, table))
    scores = learnt.scores(np.arange(shape[0]))
    assert scores.shape == shape
    assert np.isfinite(scores).all()
    assert ((scores >= 0) & (scores <= 1)).all()
    told = learnt.with_decision(0, "late", applies=True)
    assert np.isfinite(told.scores(np.arange(5))).all()
