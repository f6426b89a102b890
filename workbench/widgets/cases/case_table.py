"""The cases of a study as a table, each column as wide as its longest words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from data.case_files import ListedCase
from workbench.case_words import value_in_words

_SHOWN_FIRST = ("referral_date", "age_at_referral", "primary_need")
_HIDDEN = ("child_id", "family_id", "date_of_birth")
_LETTER, _MARGIN = 7.5, 24
_WIDEST = 560


def draw_case_table(cases: Sequence[ListedCase], titles: Mapping[str, str]) -> None:
    """Draw the cases with what is known of any of them; the reference stays in view."""
    frame = case_frame(cases, titles)
    widths = column_widths(frame)
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(frame), 420),
        column_config={
            name: st.column_config.TextColumn(width=width, pinned=name == "Case")
            for name, width in widths.items()
        },
    )


def case_frame(cases: Sequence[ListedCase], titles: Mapping[str, str]) -> pd.DataFrame:
    """A row for each case and a column for each field that any of them has, in words.

    Children, families and days of birth are left out.
    """
    filled = {name for case in cases for name, value in case.values.items() if value}
    names = [
        name
        for name in dict.fromkeys([*_SHOWN_FIRST, *titles])
        if name in filled and name not in _HIDDEN
    ]
    return pd.DataFrame(
        [
            {
                "Case": case.reference,
                "Era": case.era.value,
                **{
                    titles[name]: value_in_words(
                        name,
                        case.values.get(name, ""),
                        referred=case.values.get("referral_date", ""),
                    )
                    for name in names
                },
            }
            for case in cases
        ]
    )


def column_widths(frame: pd.DataFrame) -> dict[str, int]:
    """For each column the pixels that its heading and its longest words need.

    >>> column_widths(pd.DataFrame({"Sex": ["Female", "Not known or unborn"]}))
    {'Sex': 166}
    """
    return {
        name: min(
            _WIDEST,
            int(max([len(name), *map(len, frame[name])]) * _LETTER) + _MARGIN,
        )
        for name in frame.columns
    }
