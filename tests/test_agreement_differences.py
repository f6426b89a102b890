"""Differences between coders: two readings of one passage, or agreement."""

from __future__ import annotations

from datetime import UTC, datetime

from coding.agreement.differences import DifferenceKind, compare_readings
from coding.coded_segments import CodedSegment, Segment

TEXT = "They asked us first. Then we made a plan together, all of us."
PAIR = ("ann", "bo")


def _coded(coder: str, code: str, words: str) -> CodedSegment:
    start = TEXT.index(words)
    return CodedSegment(
        f"{coder} {code} {words}",
        "s1",
        code,
        Segment(start, start + len(words)),
        coder,
        datetime.now(UTC),
    )


def _kinds(*codings: CodedSegment) -> list[DifferenceKind]:
    return [one.kind for one in compare_readings(TEXT, PAIR, codings)]


def test_the_same_words_under_the_same_code_are_agreement() -> None:
    assert _kinds(
        _coded("ann", "heard", "They asked us first."),
        _coded("bo", "heard", "They asked us first"),
    ) == [DifferenceKind.SAME]


def test_other_edges_are_one_difference() -> None:
    [one] = compare_readings(
        TEXT,
        PAIR,
        [
            _coded("ann", "plan", "Then we made a plan together"),
            _coded("bo", "plan", "made a plan together, all of us"),
        ],
    )
    assert one.kind is DifferenceKind.EDGES
    assert TEXT[one.start : one.end] == "Then we made a plan together, all of us"
    assert [len(one.of(coder)) for coder in PAIR] == [1, 1]


def test_different_codes_on_overlapping_words_stand_together() -> None:
    assert _kinds(
        _coded("ann", "heard", "They asked us first."),
        _coded("bo", "trust", "asked us"),
    ) == [DifferenceKind.CODES]


def test_a_second_code_of_one_beside_a_shared_one_stands_alone() -> None:
    assert _kinds(
        _coded("ann", "heard", "asked us"),
        _coded("bo", "heard", "asked us"),
        _coded("bo", "trust", "asked us first"),
    ) == [DifferenceKind.SAME, DifferenceKind.ONE_ONLY]


def test_what_one_alone_coded_elsewhere_is_a_difference_of_its_own() -> None:
    found = compare_readings(
        TEXT,
        PAIR,
        [_coded("ann", "plan", "a plan"), _coded("ann", "heard", "asked us")],
    )
    assert [one.kind for one in found] == [DifferenceKind.ONE_ONLY] * 2
    assert all(not one.of("bo") for one in found)


def test_a_key_stays_while_its_readings_do() -> None:
    ann, bo = _coded("ann", "plan", "made a plan"), _coded("bo", "plan", "a plan")
    [first] = compare_readings(TEXT, PAIR, [ann, bo])
    [again] = compare_readings(TEXT, PAIR, [bo, ann])
    assert first.key == again.key
    [less] = compare_readings(TEXT, PAIR, [ann])
    assert less.key != first.key


def test_other_peoples_codings_are_passed_over() -> None:
    assert _kinds(_coded("cy", "plan", "a plan")) == []


def test_three_coders_agree_only_all_together() -> None:
    three = (*PAIR, "cy")
    two = [_coded(one, "plan", "a plan") for one in PAIR]
    [some] = compare_readings(TEXT, three, two)
    assert some.kind is DifferenceKind.ONE_ONLY
    [everyone] = compare_readings(TEXT, three, [*two, _coded("cy", "plan", "a plan")])
    assert everyone.kind is DifferenceKind.SAME
