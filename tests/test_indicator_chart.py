"""The chart of an indicator: what it draws, read from its specification."""

import altair as alt
import pytest
from debrief_study import INDICATORS

from data.figures.indicator_series import indicator_series
from workbench.widgets.together import indicator_chart


@pytest.fixture
def drawn(monkeypatch):
    """The specification and words of what is drawn."""
    kept = {}

    def keep(chart, **settings):
        kept["spec"], kept["alt"] = chart.to_dict(), settings["alt"]

    monkeypatch.setattr(indicator_chart.st, "altair_chart", keep)
    monkeypatch.setattr(indicator_chart.notices, "is_dark", lambda: False)
    return kept


def _draw(practice="", waves=()):
    indicator_chart.draw_indicator_chart(
        indicator_series(INDICATORS, "Referrals"),
        practice_start=practice,
        waves=waves,
        described="North: 40, then 31.",
    )


def _layers(spec):
    for layer in spec["layer"]:
        yield from layer.get("layer", [layer])


def test_a_gap_breaks_the_line_and_nothing_is_smoothed(drawn):
    _draw()
    (line,) = [x for x in _layers(drawn["spec"]) if x["mark"]["type"] == "line"]
    assert line["mark"]["invalid"] == "break-paths-show-domains"
    assert "interpolate" not in line["mark"]
    text = alt.Chart.from_dict(drawn["spec"]).to_json()
    assert "regression" not in text
    assert "loess" not in text


def test_areas_differ_by_shape_as_well_as_colour(drawn):
    _draw()
    for layer in _layers(drawn["spec"]):
        shapes = layer["encoding"]["shape"]["scale"]["range"]
        inks = layer["encoding"]["color"]["scale"]["range"]
        assert len(set(shapes)) == len(set(inks)) == 2


def test_every_quarter_has_its_place_and_the_scale_begins_at_zero(drawn):
    _draw()
    encoding = next(_layers(drawn["spec"]))["encoding"]
    assert encoding["x"]["scale"]["domain"] == [
        "2014/15 Q1",
        "2014/15 Q2",
        "2014/15 Q3",
    ]
    assert encoding["y"]["scale"]["zero"] is True


def test_the_practice_start_is_marked_where_it_lies_in_the_quarters(drawn):
    _draw("2014/15 Q2")
    kinds = [layer["mark"]["type"] for layer in _layers(drawn["spec"])]
    assert "rule" in kinds
    assert "text" in kinds
    _draw("2019/20 Q1")
    kinds = [layer["mark"]["type"] for layer in _layers(drawn["spec"])]
    assert "rule" not in kinds


def test_the_chart_says_in_words_what_it_shows(drawn):
    _draw()
    assert drawn["alt"] == "North: 40, then 31."


def test_waves_are_marked_by_a_bar_with_their_name_where_they_were_held(drawn):
    _draw(
        waves=(
            ("Wave 1", "2014/15 Q2", "2014/15 Q3"),
            ("Wave 2", "2019/20 Q1", "2019/20 Q1"),
        )
    )
    kept = [
        row
        for rows in drawn["spec"]["datasets"].values()
        for row in rows
        if "words" in row
    ]
    assert {row["words"] for row in kept} == {"Wave 1"}
    assert {row["quarter"] for row in kept} == {"2014/15 Q2", "2014/15 Q3"}
    written = [x for x in _layers(drawn["spec"]) if x["mark"]["type"] == "text"]
    assert [x["encoding"]["text"]["field"] for x in written] == ["words"]
