"""Themes by wave or by role as a table: how many of how many people, then mentions."""

from __future__ import annotations

from collections.abc import Sequence

from coding.mentions import NOT_NAMED, OBSERVER
from coding.palette import COLOURS, PALETTE
from coding.themes import GroupCount, ThemeSummary
from workbench import notices
from workbench.actions.together.theme_reading import (
    group_headings,
    groups_of,
    mentions_in_words,
    people_in_words,
)
from workbench.widgets.untrusted import as_html

_STYLE = """<style>
.wb-themes {overflow-x: auto}
.wb-themes table {border-collapse: collapse; font-size: 0.9375rem; line-height: 1.3}
.wb-themes caption {text-align: left; padding: 0 0 8px;
  color: light-dark(#55606A, #A9B2B9)}
.wb-themes th, .wb-themes td {text-align: left; vertical-align: top;
  padding: 8px 16px 8px 8px; border-bottom: 1px solid light-dark(#D5D9DC, #363F47);
  min-width: 7.5rem}
.wb-themes thead th {border-bottom: 2px solid light-dark(#7D8790, #76828C);
  vertical-align: bottom; font-weight: 600}
.wb-themes tbody th {font-weight: 600; min-width: 12rem; position: sticky; left: 0;
  background: light-dark(#FFFFFF, #15191D)}
.wb-themes small {display: block; font-size: 0.8125rem; font-weight: 400;
  color: light-dark(#55606A, #A9B2B9)}
.wb-bar {display: block; height: 4px; margin: 3px 0; max-width: 8rem;
  background: light-dark(#E3E6E8, #2B333A); border-radius: 2px}
.wb-bar i {display: block; height: 4px; border-radius: 2px;
  background: light-dark(#0B5D66, #7CCBD1)}
.wb-swatch {display: inline-block; width: 10px; height: 10px; border-radius: 2px;
  margin-right: 8px}
</style>"""


def draw_theme_table(summaries: Sequence[ThemeSummary], by: str) -> None:
    """Draw the themes, one a row, by ``wave`` or by ``role``; never a number alone."""
    groups = group_headings(summaries, by)
    head = "".join(_heading(group) for group in groups)
    rows = "".join(_row(one, groups, by) for one in summaries)
    everyone = summaries[0].people_in_study if summaries else 0
    notices.draw(
        f'{_STYLE}<div class="wb-themes" tabindex="0" role="region" '
        f'aria-label="Themes by {by}"><table><caption>People who speak about a theme, '
        "of those who took part; then how often it is mentioned.</caption>"
        f'<thead><tr><th scope="col">Theme</th><th scope="col">All'
        f"<small>{_took_part(everyone)}</small></th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _heading(group: GroupCount) -> str:
    size = (
        "not counted as people"
        if group.group in (NOT_NAMED, OBSERVER)
        else _took_part(group.people_in_group)
    )
    return f'<th scope="col">{as_html(group.group)}<small>{size}</small></th>'


def _took_part(people: int) -> str:
    return f"{people} {'person' if people == 1 else 'people'} took part"


def _row(one: ThemeSummary, groups: Sequence[GroupCount], by: str) -> str:
    counts = {count.group: count for count in groups_of(one, by)}
    cells = "".join(
        f"<td>{_cell(counts.get(g.group, GroupCount(g.group, 0, 0, 0)))}</td>"
        for g in groups
    )
    everyone = GroupCount("", one.people, one.people_in_study, one.mentions)
    return (
        f'<tr><th scope="row">{_swatch(one.code.colour)}{as_html(one.code.name)}</th>'
        f"<td>{_cell(everyone)}</td>{cells}</tr>"
    )


def _cell(count: GroupCount) -> str:
    mentions = f"<small>{mentions_in_words(count.mentions)}</small>"
    if not count.people_in_group:
        return mentions
    share = round(100 * count.people / count.people_in_group)
    return (
        f"{people_in_words(count.people, count.people_in_group)}"
        f'<span class="wb-bar" aria-hidden="true"><i style="width:{share}%"></i></span>'
        f"{mentions}"
    )


def _swatch(name: str) -> str:
    colour = COLOURS.get(name, PALETTE[0])
    return (
        f'<span class="wb-swatch" aria-hidden="true" style="background:'
        f'light-dark({colour.ink_light}, {colour.ink_dark})"></span>'
    )
