"""Balance before and after pairing, as lines of words and as a love plot."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from matching.balance import NOT_KNOWN, BalanceRow
from workbench.widgets.cases.case_words import value_in_words
from workbench.widgets.untrusted import as_html

CLOSE_ENOUGH = 0.1
LOOK_AGAIN = 0.25
FEWEST_FOR_A_CHART = 10
"""Pairs below which a chart would promise more than it can show."""

_ROW_HEIGHT = 24
# The page fits axis and title into the height it is given.
_AXIS_HEIGHT = 60
_LONGEST_LABEL = 42


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One covariate or level in words, with its absolute differences.

    Differences are in standard deviations of the contemporary cases; nothing stands
    where there is no such figure.
    """

    label: str
    before: float
    after: float | None
    signed_before: float
    signed_after: float | None
    variance_ratio_after: float | None

    @property
    def grew(self) -> bool:
        """Whether the groups are further apart after pairing."""
        return self.after is not None and self.after > self.before + 1e-9


def balance_lines(
    rows: Sequence[BalanceRow], titles: Mapping[str, str]
) -> list[BalanceLine]:
    """The balance in words, the largest difference before pairing first.

    Shares of gaps are listed only where either era has any. Levels that no
    contemporary case has are left out: without spread there is no figure.
    """
    lines = [
        BalanceLine(
            _label(row, titles),
            abs(row.smd_before),
            None if row.smd_after is None else abs(row.smd_after),
            row.smd_before,
            row.smd_after,
            row.variance_ratio_after,
        )
        for row in rows
        if row.smd_before is not None
        and (row.level != NOT_KNOWN or row.smd_before or row.smd_after)
    ]
    return sorted(lines, key=lambda line: (-line.before, line.label))


def balance_in_words(lines: Sequence[BalanceLine]) -> str:
    """How many lines are close enough, after pairing and before it."""
    after = [line for line in lines if line.after is not None]
    close_before = sum(line.before <= CLOSE_ENOUGH for line in lines)
    if not after:
        return (
            f"{close_before} of {len(lines)} are close enough before pairing; nothing "
            "is paired yet."
        )
    close = sum((line.after or 0.0) <= CLOSE_ENOUGH for line in after)
    words = (
        f"{close} of {len(after)} are close enough after pairing; before, "
        f"{close_before} {'was' if close_before == 1 else 'were'}."
    )
    grew = [line.label for line in after if line.grew]
    if grew:
        listed = ", ".join(grew[:3]) + (" and others" if len(grew) > 3 else "")
        words += f" Further apart after pairing: {listed}."
    return words


def sampling_error(pairs: int) -> float:
    """How far a standardised mean difference strays by chance with so many pairs.

    The usual approximation for two groups of equal size, sqrt(2 / n) (Hedges and
    Olkin 1985), where the true difference is nothing.

    >>> round(sampling_error(14), 2)
    0.38
    """
    return math.sqrt(2 / pairs)


def balance_table(lines: Sequence[BalanceLine], *, verdicts: bool = True) -> str:
    """The balance as a table of our own, with a word for each line where wanted.

    A word is a verdict, and few pairs bear none.
    """
    rows = "".join(
        f'<tr><th scope="row">{as_html(line.label)}</th>'
        f'<td class="number">{_number(line.signed_before)}</td>'
        f'<td class="number">{_number(line.signed_after)}</td>'
        + (f"<td>{as_html(_word(line))}</td>" if verdicts else "")
        + f'<td class="number">{_number(line.variance_ratio_after)}</td></tr>'
        for line in lines
    )
    word = '<th scope="col">In words</th>' if verdicts else ""
    return (
        '<div class="wb-card wb-scroll"><table><thead><tr><th scope="col">Compared</th>'
        '<th class="number">Before</th><th class="number">After</th>'
        f'{word}<th class="number">Variance ratio after</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def love_plot(lines: Sequence[BalanceLine], *, dark: bool) -> Any:
    """Absolute differences by line: hollow circle before, filled diamond after."""
    ink, before, after = (
        ("#E7E5E0", "#A9B2B9", "#7CCBD1") if dark else ("#1F2428", "#55606A", "#0B5D66")
    )
    band = "#1E3A33" if dark else "#E3F1E8"
    rows = [_plotted(line) for line in lines]
    sizes = [size for line in lines for size in (line.before, line.after) if size]
    furthest = max([LOOK_AGAIN * 1.3, *sizes])
    scale = alt.Scale(domain=[0, furthest * 1.25], nice=False)

    def across(field: str) -> alt.X:
        title = "Difference in standard deviations (0: the same)"
        return alt.X(f"{field}:Q", scale=scale, title=title)

    y = alt.Y(
        "label:N",
        sort=[line.label for line in lines],
        title=None,
        axis=alt.Axis(
            labelLimit=300,
            labelColor=ink,
            labelFontSize=13,
            labelOverlap=False,
            ticks=False,
        ),
    )
    data = _chart(rows)
    paired = _chart([row for row in rows if row["after"] is not None])
    tooltip = ["label:N", "before:Q", "after:Q", "word:N"]
    layers: list[Any] = [
        _chart([{"from": 0, "to": CLOSE_ENOUGH}])
        .mark_rect(color=band)
        .encode(x=across("from"), x2="to"),
        _chart([{"at": LOOK_AGAIN}])
        .mark_rule(color=before, strokeDash=[4, 4])
        .encode(x=across("at")),
        paired.mark_rule(color=before, strokeWidth=1.5).encode(
            x=across("before"), x2="after", y=y
        ),
        data.mark_point(
            shape="circle", size=70, color=before, strokeWidth=1.5, filled=False
        ).encode(x=across("before"), y=y, tooltip=tooltip),
        paired.mark_point(
            shape="diamond", size=110, color=after, filled=True, opacity=1
        ).encode(x=across("after"), y=y, tooltip=tooltip),
        _chart([row for row in rows if row["grew"]])
        .mark_text(align="left", dx=10, color=ink, fontSize=12)
        .encode(x=across("after"), y=y, text="word:N"),
    ]
    return alt.layer(*layers).properties(height=_ROW_HEIGHT * len(rows) + _AXIS_HEIGHT)


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _plotted(line: BalanceLine) -> dict[str, Any]:
    return {
        "label": line.label,
        "before": line.before,
        "after": line.after,
        "grew": line.grew,
        "word": "→ further apart after pairing" if line.grew else _word(line),
    }


def _word(line: BalanceLine) -> str:
    if line.after is None:
        return "no figure"
    if line.grew and line.after > CLOSE_ENOUGH:
        return "further apart after pairing"
    if line.after <= CLOSE_ENOUGH:
        return "close enough" + (", though further apart" if line.grew else "")
    return "look again" if line.after > LOOK_AGAIN else "fairly close"


def _label(row: BalanceRow, titles: Mapping[str, str]) -> str:
    title = titles.get(row.covariate, row.covariate)
    if not row.level:
        label = title
    elif row.level == NOT_KNOWN:
        label = f"{title}: not known"
    else:
        label = f"{title}: {value_in_words(row.covariate, row.level, with_code=False)}"
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")
