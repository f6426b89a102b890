"""A judgement is kept together with its reason, its judge and its choice."""

from __future__ import annotations

import pytest

from matching.judging.judgement import Judgement, Suitability
from matching.problems import MatchingRefused


def test_a_comparable_choice_is_an_accepted_pair() -> None:
    for suitability in (Suitability.GOOD_MATCH, Suitability.USABLE_WITH_CARE):
        judgement = Judgement("A", "H1", suitability, "Same worry at school", "Ada", 2)
        assert judgement.is_accepted


def test_no_suitable_match_is_a_judgement_and_no_pair() -> None:
    for suitability in (Suitability.NOT_COMPARABLE, Suitability.CANNOT_TELL):
        assert not Judgement("A", "", suitability, "None is near", "Ada").is_accepted
        assert not Judgement("A", "H1", suitability, "Too young", "Ada").is_accepted


def test_everything_missing_from_a_judgement_is_told_at_once() -> None:
    with pytest.raises(MatchingRefused) as refusal:
        Judgement("A", "", Suitability.GOOD_MATCH, " ", "")
    found = [problem.found for problem in refusal.value.problems]
    assert found == [
        "the rationale is empty",
        "nobody is named as the judge",
        "a comparable case is judged and none is chosen",
    ]
    assert "Judgement on case A" in str(refusal.value)
