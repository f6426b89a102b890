"""Balance in words and as a love plot."""

from __future__ import annotations

from matching.balance import NOT_KNOWN, BalanceRow
from workbench.widgets.balance.balance_chart import (
    balance_in_words,
    balance_lines,
    balance_table,
    love_plot,
)

TITLES = {"age_at_referral": "Age at referral", "sex": "Sex", "locality": "Locality"}


def row(name, level, before, after):
    return BalanceRow(name, level, before, after, None, None)


ROWS = (
    row("age_at_referral", "", -0.31, 0.05),
    row("sex", "F", 0.05, -0.18),
    row("locality", "North", 0.12, 0.30),
    row("locality", "South", None, 0.0),
    row("locality", NOT_KNOWN, 0.0, 0.0),
    row("sex", NOT_KNOWN, 0.2, 0.0),
)


def test_lines_are_in_plain_names_largest_difference_before_first():
    lines = balance_lines(ROWS, TITLES)
    assert [line.label for line in lines] == [
        "Age at referral",
        "Sex: not known",
        "Locality: North",
        "Sex: Female",
    ]


def test_sentence_counts_what_is_close_enough_and_names_what_grew():
    assert balance_in_words(balance_lines(ROWS, TITLES)) == (
        "2 of 4 are close enough after pairing; before, 1 was. "
        "Further apart after pairing: Locality: North, Sex: Female."
    )


def test_without_pairs_only_the_state_before_is_told():
    rows = [row("sex", "F", 0.05, None), row("sex", "M", 0.3, None)]
    assert balance_in_words(balance_lines(rows, TITLES)) == (
        "1 of 2 are close enough before pairing; nothing is paired yet."
    )


def test_table_says_a_word_for_each_line_and_keeps_the_sign():
    table = balance_table(balance_lines(ROWS, TITLES))
    assert "−0.31" in table
    assert table.count("further apart after pairing") == 2
    assert "<b" not in balance_table(balance_lines([row("x", "<b>x", 0.1, 0.1)], {}))


def test_plot_marks_before_after_bands_and_what_grew():
    spec = love_plot(balance_lines(ROWS, TITLES), dark=False).to_dict()
    marks = [layer["mark"] for layer in spec["layer"]]
    shapes = {(m["shape"], m["filled"]) for m in marks if m["type"] == "point"}
    assert shapes == {("circle", False), ("diamond", True)}
    # 24 for each row, and room for the axis below.
    assert spec["height"] == 24 * 4 + 60
    grown = [
        value["label"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
        for value in spec["datasets"][layer["data"]["name"]]
    ]
    assert grown == ["Locality: North", "Sex: Female"]
