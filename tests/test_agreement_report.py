"""Small transcripts with invented codings, for figures one can work out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from agreement_texts import fifty_turns, long_text

from coding.agreement.coefficients import Counts
from coding.agreement.report import CodedText, alpha_of_all, report_agreement
from coding.agreement.units import UnitKind
from coding.agreement.words import bearing_in_words, overall_in_words

PAIR = ("ann", "bo")


def _fifty(source_id: str = "s1") -> CodedText:
    # Twenty turns by both, five by the first alone, ten by the second, fifteen by none.
    return fifty_turns(
        {"ann": {"a": range(1, 26)}, "bo": {"a": [*range(1, 21), *range(26, 36)]}},
        source_id,
    )


def test_fifty_turns_by_hand() -> None:
    report = report_agreement([_fifty()], PAIR, {"a": "Listening"}, UnitKind.TURN)
    [code] = report.codes
    assert code.overall.counts == Counts(20, 5, 10, 15)
    assert code.overall.figures is not None
    assert code.overall.figures.kappa == pytest.approx(0.4)
    assert report.pooled.counts == code.overall.counts
    assert [one.name for one in report.transcripts] == ["S1"]


def test_pooled_weighs_decisions_and_the_mean_weighs_codes() -> None:
    text = fifty_turns(
        {
            "ann": {"a": range(1, 26), "b": range(1, 6)},
            "bo": {"a": [*range(1, 21), *range(26, 36)], "b": range(1, 6)},
        }
    )
    codes = {"a": "Listening", "b": "Trust", "c": "Never used"}
    report = report_agreement([text], PAIR, codes, UnitKind.TURN)
    assert [one.overall.name for one in report.codes] == ["Listening", "Trust"]
    assert report.pooled.counts == Counts(25, 5, 10, 60)
    # 30 and 35 of 100 marked.
    by_chance = 0.30 * 0.35 + 0.70 * 0.65
    assert report.pooled.figures is not None
    assert report.pooled.figures.kappa == pytest.approx(
        (0.85 - by_chance) / (1 - by_chance)
    )
    assert report.mean is not None
    assert report.mean.kappa == pytest.approx((0.4 + 1) / 2)


def test_a_code_with_too_few_positive_units_has_a_reason_and_no_figure() -> None:
    text = fifty_turns(
        {"ann": {"a": range(1, 11), "b": [1, 2, 3, 4]}, "bo": {"a": range(1, 11)}}
    )
    codes = {"a": "Listening", "b": "Trust"}
    names = {"ann": "Ann", "bo": "Bo"}
    report = report_agreement([text], PAIR, codes, UnitKind.TURN, names=names)
    few = report.codes[1].overall
    assert few.figures is None
    assert few.reason == "Fewer than 5 turns marked: Ann 4, Bo 0."
    assert report.codes_with_figures == 1
    assert "1 code of 2 carries no figure" in bearing_in_words(report)


def test_only_transcripts_of_both_coders_count() -> None:
    other = fifty_turns({"ann": {"a": range(1, 50)}}, "s2")
    report = report_agreement([_fifty(), other], PAIR, {"a": "Listening"})
    assert [one.id for one in report.transcripts] == ["s1"]
    none = report_agreement([other], PAIR, {"a": "Listening"})
    assert none.transcripts == ()
    assert none.pooled.figures is None
    assert "Nothing to compare" in overall_in_words(none)


def test_a_coder_who_marked_nothing_counts_as_having_read() -> None:
    read = fifty_turns({"ann": {"a": range(1, 11)}, "bo": {}}, "s2")
    report = report_agreement([read], PAIR, {"a": "Listening"}, UnitKind.TURN)
    assert report.pooled.counts == Counts(0, 10, 0, 40)


def test_an_interval_comes_with_the_tenth_transcript_and_is_the_same_again() -> None:
    def interval(transcripts: int) -> tuple[float, float] | None:
        texts = [
            fifty_turns(
                {"ann": {"a": range(1, 26)}, "bo": {"a": range(1 + n, 26 + n)}},
                f"s{n}",
            )
            for n in range(transcripts)
        ]
        figures = report_agreement(
            texts,
            PAIR,
            {"a": "Listening"},
            UnitKind.TURN,
            chance=np.random.default_rng(1),
        ).pooled.figures
        assert figures is not None
        assert figures.kappa is not None
        if figures.kappa_interval:
            assert figures.kappa_interval[0] < figures.kappa < figures.kappa_interval[1]
        return figures.kappa_interval

    assert interval(9) is None
    assert interval(10) is not None
    assert interval(10) == interval(10)


def test_every_transcript_keeps_its_own_value() -> None:
    alike = fifty_turns({"ann": {"a": range(1, 11)}, "bo": {"a": range(1, 11)}}, "s2")
    report = report_agreement(
        [_fifty(), alike], PAIR, {"a": "Listening"}, UnitKind.TURN
    )
    values = [one.figures and one.figures.kappa for one in report.transcripts]
    assert values == [pytest.approx(0.4), pytest.approx(1)]
    assert "from 0.40 to 1.00" in " ".join(bearing_in_words(report).lower().split())


def test_alpha_over_three_coders_is_of_two_where_the_third_is_missing() -> None:
    codes = {"a": "Listening"}
    report = report_agreement([_fifty()], PAIR, codes, UnitKind.TURN)
    assert report.pooled.figures is not None
    assert alpha_of_all([_fifty()], codes, UnitKind.TURN) == pytest.approx(
        report.pooled.figures.alpha
    )
    three = fifty_turns({one: {"a": range(1, 9)} for one in ("ann", "bo", "cy")}, "s2")
    assert alpha_of_all([three], codes, UnitKind.TURN) == pytest.approx(1)


@pytest.mark.parametrize("unit", list(UnitKind), ids=str)
def test_counts_add_up_to_all_units_for_each_code(unit: UnitKind) -> None:
    text = long_text(2000, 60, ["a", "b", "c"])
    codes = {one: one.upper() for one in "abc"}
    report = report_agreement([text], PAIR, codes, unit)
    assert report.units > 15
    assert {one.overall.counts.units for one in report.codes} == {report.units}
