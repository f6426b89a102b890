"""The look that sections of a theme share, and tables of words in it."""

from __future__ import annotations

from collections.abc import Sequence

from workbench import notices
from workbench.widgets.untrusted import as_html

_STYLE = """<style>
.wb-glance {overflow-x: auto; max-width: 100%}
.wb-glance table {border-collapse: collapse; font-size: 0.9375rem; line-height: 1.4}
.wb-glance caption {text-align: left; padding: 0 0 8px;
  color: light-dark(#55606A, #A9B2B9)}
.wb-glance th, .wb-glance td {text-align: left; vertical-align: top;
  padding: 8px 16px 8px 0; border-bottom: 1px solid light-dark(#D5D9DC, #363F47);
  min-width: 8rem; max-width: 22rem; overflow-wrap: anywhere}
.wb-glance thead th {border-bottom: 2px solid light-dark(#7D8790, #76828C);
  vertical-align: bottom; font-weight: 600}
.wb-glance tbody th {font-weight: 600; min-width: 11rem}
.wb-glance small {display: block; font-size: 0.8125rem;
  color: light-dark(#55606A, #A9B2B9)}
@media (max-width: 1000px) {
  .wb-glance th, .wb-glance td {min-width: 4rem; padding-right: 10px}
  .wb-glance tbody th {min-width: 8rem}
}
.wb-lines {max-width: 46rem; margin: 0; padding-left: 1.25rem; line-height: 1.5}
.wb-lines li {margin: 0 0 6px; overflow-wrap: anywhere}
.wb-prose {max-width: 46rem; margin: 0; line-height: 1.5; overflow-wrap: anywhere}
</style>"""

Cell = str | tuple[str, str]
"""Words, or words with more in small type beneath."""


def draw_table(
    label: str,
    caption: str,
    headings: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Cell]]],
) -> None:
    """Draw rows by their name as a table that scrolls sideways by itself."""
    head = "".join(f'<th scope="col">{as_html(one)}</th>' for one in headings)
    body = "".join(
        f'<tr><th scope="row"><bdi>{as_html(name)}</bdi></th>'
        f"{''.join(f'<td>{_cell(one)}</td>' for one in cells)}</tr>"
        for name, cells in rows
    )
    notices.draw(
        f'{_STYLE}<div class="wb-glance" tabindex="0" role="region" '
        f'aria-label="{as_html(label)}"><table><caption>{as_html(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def draw_lines(lines: Sequence[str]) -> None:
    """Draw sentences as a list."""
    items = "".join(f"<li>{as_html(one)}</li>" for one in lines)
    notices.draw(f'{_STYLE}<ul class="wb-lines">{items}</ul>')


def draw_prose(words: str) -> None:
    """Draw a paragraph of our own words, which may name what people named."""
    notices.draw(f'{_STYLE}<p class="wb-prose">{as_html(words)}</p>')


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return as_html(cell)
    return f"{as_html(cell[0])}<small>{as_html(cell[1])}</small>"
