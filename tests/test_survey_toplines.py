"""A printed figure of a survey: what it refuses to be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from survey_figures import a_topline


def test_a_gap_and_nobody_are_different_things():
    assert a_topline("Yes", None).count is None
    assert a_topline("Yes", 0).count == 0


def test_a_count_above_its_base_is_kept_as_printed():
    assert a_topline("Yes", 190, 17, base=112).count == 190


@pytest.mark.parametrize(
    "change",
    [
        {"wave": ""},
        {"question": " "},
        {"statement": ""},
        {"answer": ""},
        {"base": 0},
        {"count": -1},
        {"percent": -0.5},
        {"percent": 100.5},
    ],
)
def test_a_topline_refuses_to_exist_in_a_wrong_state(change):
    topline = a_topline("Yes", 1, 2)
    with pytest.raises(ValueError, match="topline|base|count|percentage"):
        replace(topline, **change)
