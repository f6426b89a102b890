"""Balance in words and as a love plot."""

from __future__ import annotations

from matching.balance import NOT_KNOWN, BalanceRow
from matching.checking.referral_months import ReferralMonth, ReferralMonths
from workbench.actions.account.balance_words import (
    PairedGroups,
    balance_in_words,
    balance_lines,
    chance_in_words,
    incomplete_in_words,
    reuse_in_words,
)
from workbench.widgets.balance.balance_chart import balance_table, love_plot
from workbench.widgets.balance.months_section import months_chart

PAIRED = PairedGroups(13, 13.0)

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
        "1 of 3 things compared is close enough after pairing; before, none was. "
        "Further apart after pairing: Locality: North, Sex: Female."
    )


def test_without_pairs_only_the_state_before_is_told():
    rows = [row("sex", "F", 0.05, None), row("sex", "M", 0.3, None)]
    assert balance_in_words(balance_lines(rows, TITLES)) == (
        "0 of 1 thing compared are close enough before pairing; nothing is paired yet."
    )


def test_sentence_says_what_is_larger_than_chance_between_so_few():
    lines = balance_lines(ROWS, TITLES)
    assert balance_in_words(lines, PAIRED).endswith(
        "None of the differences left is larger than chance alone would make it."
    )
    # sqrt(2 / 100) = 0.14: North with 0.30 and Female with 0.18 lie beyond it.
    assert balance_in_words(lines, PairedGroups(100, 100.0)).endswith(
        "2 of 4 differences left are larger than chance alone would make them: "
        "Locality: North, Sex: Female."
    )


def test_words_beside_the_furthest_mark_have_room_on_a_small_page():
    lines = balance_lines([row("x", "", 0.1, 0.9)], {})
    spec = love_plot(lines, PAIRED, dark=False).to_dict()
    (text,) = [one for one in spec["layer"] if one["mark"]["type"] == "text"]
    start, end = text["encoding"]["x"]["scale"]["domain"]
    # Of some 350 pixels beside the names the words need about 90 and a margin.
    assert (end - 0.9) / (end - start) * 350 > 10 + 85


def test_long_names_are_wrapped_in_the_plot_and_never_cut():
    title = "Presenting issue: Exploitation outside the home by others than the family"
    rows = [row("x", "", 0.2, 0.1), row("y", "", 0.1, 0.1)]
    lines = balance_lines(rows, {"x": title, "y": "Sex"})
    assert [line.label for line in lines] == [title, "Sex"]
    spec = love_plot(lines, PAIRED, dark=False).to_dict()
    drawn = [
        value
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point"
        for value in spec["datasets"][layer["data"]["name"]]
    ]
    (axis,) = {
        (axis["labelLimit"], axis["labelExpr"])
        for layer in spec["layer"]
        if (axis := layer["encoding"].get("y", {}).get("axis"))
    }
    assert axis == (0, "split(datum.label, '\\n')")
    assert {one["name"] for one in drawn} == {title, "Sex"}
    wrapped = next(one["label"] for one in drawn if one["name"] == title)
    assert wrapped.split() == title.split()
    assert max(map(len, wrapped.split("\n"))) < 40
    # Three lines of 13 do not fit into a row for one.
    plain = love_plot(balance_lines(rows, {}), PAIRED, dark=False).to_dict()
    assert spec["height"] > plain["height"]


def test_table_says_a_word_for_each_line_and_keeps_the_sign():
    table = balance_table(balance_lines(ROWS, TITLES), PAIRED)
    assert "−0.31" in table
    assert table.count("further apart after pairing") == 2
    assert "<b" not in balance_table(
        balance_lines([row("x", "<b>x", 0.1, 0.1)], {}), PAIRED
    )


def test_plot_marks_before_after_bands_and_what_grew():
    spec = love_plot(balance_lines(ROWS, TITLES), PAIRED, dark=False).to_dict()
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


def test_chance_at_this_number_stands_in_the_table_and_dotted_in_the_plot():
    # sqrt(2 / 13) = 0.392; a difference of 0.30 adds 0.09 / 52 under the root: 0.394
    assert "± 0.39" in balance_table(balance_lines(ROWS, TITLES), PAIRED)
    spec = love_plot(balance_lines(ROWS, TITLES), PAIRED, dark=True).to_dict()
    rules = [
        spec["datasets"][layer["data"]["name"]]
        for layer in spec["layer"]
        if layer["mark"].get("strokeDash") == [1, 4]
    ]
    ((rule,),) = rules
    assert round(rule["at"], 3) == 0.392


def test_chance_is_told_by_the_effective_sample_size():
    # 13 contemporary, historic cases that carry as much as 4: sqrt(17 / 52) = 0.57
    assert "a difference of 0.6 arises by chance alone" in chance_in_words(
        PairedGroups(13, 4.0)
    )


def test_variance_ratios_stand_before_and_after():
    rows = [BalanceRow("sex", "", 0.1, 0.2, 1.25, 0.75)]
    table = balance_table(balance_lines(rows, TITLES), PAIRED)
    assert table.index("1.25") < table.index("0.75")


def test_reuse_is_told_with_what_the_used_cases_carry():
    once = {"cases": 2, "most_often": 1, "effective_sample_size": 2.0}
    assert reuse_in_words({"pairs": 2, "historic_used": once}) == (
        "2 historic cases serve 2 pairs, each once: the effective sample size is 2."
    )
    assert reuse_in_words({"pairs": 0, "historic_used": {}}) == (
        "No historic case is used."
    )


def test_gaps_are_told_as_counts_where_few_bear_no_per_cent():
    told = {"in_pool": 30, "pool": 120, "in_pairs": 3, "pairs": 14}
    assert incomplete_in_words({"incomplete_historic": told}) == (
        "A gap in what is compared: 30 of 120 (25 %) historic files, 3 of 14 as paired."
    )


def test_months_have_a_chart_for_each_era_over_the_months_of_both():
    months = ReferralMonths(
        (ReferralMonth("2023-12", 0, 0, 3, 1), ReferralMonth("2024-05", 2, 2, 0, 0)), 0
    )
    told = {}
    for era in ("Contemporary", "Historic"):
        spec = months_chart(months, era, dark=False).to_dict()
        rows = spec["datasets"][spec["data"]["name"]]
        told[era] = [row["words"] for row in rows]
        domain = spec["encoding"]["x"]["scale"]["domain"]
        assert domain == [{"year": 2023, "month": 12}, {"year": 2024, "month": 6}]
    assert told == {
        "Contemporary": ["May 2024: 2 paired"],
        "Historic": ["December 2023: 1 paired", "December 2023: 2 not paired"],
    }
