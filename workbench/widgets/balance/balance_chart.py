"""Balance before and after pairing, as a table of our own and as a love plot."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt

from workbench.actions.account.balance_words import (
    CLOSE_ENOUGH,
    LOOK_AGAIN,
    BalanceLine,
    PairedGroups,
    number,
    word_of,
)
from workbench.widgets.untrusted import as_html

_ROW_HEIGHT = 24
_LINE_HEIGHT = 16
_LETTERS_A_LINE = 34
# The page fits axis and title into the height it is given.
_AXIS_HEIGHT = 60


def balance_table(
    lines: Sequence[BalanceLine], groups: PairedGroups, *, verdicts: bool = True
) -> str:
    """The balance as a table of our own, with a word for each line where wanted.

    Beside each difference stands how far it strays by chance between groups of that
    size. A word is a verdict, and few pairs bear none.
    """
    rows = "".join(
        f'<tr><th scope="row">{as_html(line.label)}</th>'
        f'<td class="number">{number(line.signed_before)}</td>'
        f'<td class="number">{number(line.signed_after)}</td>'
        f'<td class="number">± {number(groups.error(line.after or 0.0))}</td>'
        + (f"<td>{as_html(word_of(line))}</td>" if verdicts else "")
        + f'<td class="number">{number(line.variance_ratio_before)}</td>'
        f'<td class="number">{number(line.variance_ratio_after)}</td></tr>'
        for line in lines
    )
    word = '<th scope="col">In words</th>' if verdicts else ""
    return (
        '<div class="wb-card wb-scroll"><table><thead><tr><th scope="col">Compared</th>'
        '<th class="number" scope="col">Before</th>'
        '<th class="number" scope="col">After</th>'
        '<th class="number" scope="col">By chance</th>'
        f'{word}<th class="number" scope="col">Variance ratio before</th>'
        '<th class="number" scope="col">after</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def love_plot(lines: Sequence[BalanceLine], groups: PairedGroups, *, dark: bool) -> Any:
    """Absolute differences by line: hollow circle before, filled diamond after.

    Beside the usual limits a dotted line stands where chance alone would put a
    difference between groups of that size.
    """
    ink, before, after = (
        ("#E7E5E0", "#A9B2B9", "#7CCBD1") if dark else ("#1F2428", "#55606A", "#0B5D66")
    )
    band = "#1E3A33" if dark else "#E3F1E8"
    rows = [_plotted(line) for line in lines]
    sizes = [size for line in lines for size in (line.before, line.after) if size]
    chance = groups.error()
    furthest = max([LOOK_AGAIN * 1.3, chance, *sizes])
    # Room for the words beside the furthest mark, on a small page too.
    scale = alt.Scale(domain=[0, furthest * 1.4], nice=False)

    def across(field: str) -> alt.X:
        title = "Difference in standard deviations (0: the same)"
        return alt.X(f"{field}:Q", scale=scale, title=title)

    y = alt.Y(
        "label:N",
        sort=[row["label"] for row in rows],
        title=None,
        axis=alt.Axis(
            labelLimit=0,
            # Wrapped, never cut: what is cut off may be all that tells two lines apart.
            labelExpr="split(datum.label, '\\n')",
            labelColor=ink,
            labelFontSize=13,
            labelOverlap=False,
            ticks=False,
        ),
    )
    data = _chart(rows)
    paired = _chart([row for row in rows if row["after"] is not None])
    tooltip = ["name:N", "before:Q", "after:Q", "word:N"]
    layers: list[Any] = [
        _chart([{"from": 0, "to": CLOSE_ENOUGH}])
        .mark_rect(color=band)
        .encode(x=across("from"), x2="to"),
        _chart([{"at": LOOK_AGAIN}])
        .mark_rule(color=before, strokeDash=[4, 4])
        .encode(x=across("at")),
        _chart([{"at": chance}])
        .mark_rule(color=ink, strokeDash=[1, 4], strokeWidth=2)
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
        # Cut at the edge: words that run over it squeeze the plot on a small page.
        .mark_text(align="left", dx=10, color=ink, fontSize=12, clip=True)
        .encode(x=across("after"), y=y, text="mark:N"),
    ]
    most = max((row["label"].count("\n") + 1 for row in rows), default=1)
    height = max(_ROW_HEIGHT, _LINE_HEIGHT * most + 4)
    return alt.layer(*layers).properties(height=height * len(rows) + _AXIS_HEIGHT)


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _plotted(line: BalanceLine) -> dict[str, Any]:
    return {
        "label": "\n".join(textwrap.wrap(line.label, _LETTERS_A_LINE)),
        "name": line.label,
        "before": line.before,
        "after": line.after,
        "grew": line.grew,
        "mark": "→ further apart",
        "word": "further apart after pairing" if line.grew else word_of(line),
    }
