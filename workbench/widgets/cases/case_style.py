"""How cases, candidates and pairs look: one style for every page of the cases desk.

The contemporary case is teal with circles, the historic one amber with diamonds; a
relation is a word with a filled, half, outlined or hatched square. Nothing is told by
colour alone.
"""

from __future__ import annotations

from workbench import notices
from workbench.widgets.untrusted import as_html

CARD_STYLE = """<style>
.wb-card {--ink: light-dark(#1F2428, #E7E5E0); --quiet: light-dark(#55606A, #A9B2B9);
  --now: light-dark(#0B5D66, #7CCBD1); --then: light-dark(#8A5300, #F0C070);
  --panel: light-dark(#F5F6F6, #1E242A); --line: light-dark(#C9CED3, #3A434B);
  color: var(--ink); font-size: .9375rem; line-height: 1.5}
.wb-card h2, .wb-card h3 {font-size: 1.125rem; line-height: 1.5rem; font-weight: 600;
  margin: 0; padding: 0}
.wb-card header {display: flex; flex-wrap: wrap; gap: 2px 16px; align-items: baseline;
  margin: 0 0 2px}
.wb-card .now, .wb-card .then {font-weight: 600; white-space: nowrap}
.wb-card .now {color: var(--now)} .wb-card .then {color: var(--then)}
.wb-card .now::before {content: "● "; font-size: .8em}
.wb-card .then::before {content: "◆ "; font-size: .8em}
.wb-card .quiet, .wb-card.quiet {color: var(--quiet)}
.wb-card p {margin: 0 0 6px}
.wb-card dl {display: grid; grid-template-columns: 7.2rem 1fr; gap: 3px 8px;
  margin: 6px 0 8px; padding: 0}
.wb-card dt {margin: 0; font-size: .8125rem; letter-spacing: .02em; font-weight: 600;
  padding-top: 1px} .wb-card dd {margin: 0; min-width: 0; overflow-wrap: break-word}
.wb-card dl.facts {display: block; container-type: inline-size}
.wb-card dl.facts > div {display: grid; gap: 0 8px; margin: 0 0 3px;
  grid-template-columns: minmax(6.5rem, 40%) minmax(0, 1fr)}
@container (max-width: 17rem) {.wb-card dl.facts > div {display: block;
  margin: 0 0 6px}}
.wb-card dl.facts dt {font-weight: 400; color: var(--quiet); letter-spacing: 0}
.wb-sq {display: inline-block; width: 11px; height: 11px; border: 1.5px solid
  currentColor; border-radius: 2px; margin-right: 7px; vertical-align: -1px}
.wb-sq.same {background: currentColor}
.wb-sq.similar {background: linear-gradient(90deg, currentColor 50%, transparent 50%)}
.wb-sq.unknown {background: repeating-linear-gradient(45deg, currentColor 0 1.5px,
  transparent 1.5px 4px)}
.wb-bar {display: flex; gap: 2px; height: 12px; max-width: 30rem; margin: 2px 0 4px}
.wb-bar span {min-width: 3px; border-radius: 2px; background: var(--quiet)}
.wb-bar span.gap {background: repeating-linear-gradient(45deg, var(--quiet) 0 2px,
  transparent 2px 5px); box-shadow: inset 0 0 0 1px var(--quiet)}
.wb-card details {border-top: 1px solid var(--line); padding: 6px 0 0; margin-top: 6px}
.wb-card summary {cursor: pointer; color: var(--now); padding: 2px 0}
.wb-card summary:focus-visible {outline: 3px solid var(--now); outline-offset: 2px}
.wb-note {white-space: pre-wrap; border-left: 3px solid var(--line);
  padding: 0 0 0 10px;
  margin: 6px 0; max-width: 44rem}
.wb-note b {display: block; font-weight: 600; color: var(--quiet);
  font-size: .8125rem}
.wb-flag {border: 1px solid var(--then); color: var(--then); border-radius: 4px;
  padding: 0 6px; font-size: .8125rem}
.wb-scroll {overflow-x: auto}
.wb-card table {border-collapse: collapse; width: 100%; margin: 4px 0 8px}
.wb-card table.pair {table-layout: fixed; min-width: 34rem}
.wb-card th, .wb-card td {text-align: left; vertical-align: top;
  padding: 5px 12px 5px 0;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word}
.wb-card th {font-weight: 600; overflow-wrap: break-word}
.wb-card tbody th {font-weight: 400; color: var(--quiet)}
.wb-card td.number, .wb-card th.number {text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums}
div:has(> .st-key-pinned) {position: sticky; top: 4.5rem}
.st-key-pinned {max-height: calc(100vh - 5.5rem); overflow-y: auto}
.st-key-judging {container: judging / inline-size}
@container judging (max-width: 60rem) {
  .st-key-judging [data-testid="stHorizontalBlock"]:has(.st-key-pinned) {
    flex-direction: column}
  .st-key-judging [data-testid="stHorizontalBlock"]:has(.st-key-pinned)
    > [data-testid="stColumn"] {width: 100%; flex: 1 1 auto; min-width: 0}
  div:has(> .st-key-pinned) {position: static}
  .st-key-pinned {max-height: none}
  .st-key-pinned dl.facts {display: grid; gap: 6px 24px;
    grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr))}
  .st-key-pinned dl.facts > div {display: block; margin: 0}
}
.st-key-planning {container: planning / inline-size}
@container planning (max-width: 52rem) {
  .st-key-planning [data-testid="stHorizontalBlock"] {flex-wrap: wrap}
  .st-key-planning [data-testid="stColumn"] {min-width: 11rem}
  .st-key-planning [data-testid="stHorizontalBlock"]:has(.st-key-effect)
    > [data-testid="stColumn"] {width: 100%; flex: 1 1 100%; min-width: 0}
}
.wb-card .number + :not(.number) {padding-left: 8px}
.wb-stacks {container: stacks / inline-size}
@container stacks (max-width: 42rem) {
  .wb-stacks thead {position: absolute; clip-path: inset(50%)}
  .wb-stacks tr, .wb-stacks td {display: block}
  .wb-stacks tr {padding: 6px 0; border-bottom: 1px solid var(--line)}
  .wb-stacks td {border: 0; padding: 0 0 2px}
  .wb-stacks td:empty {display: none}
  .wb-stacks td[data-heading]::before {content: attr(data-heading) ": ";
    color: var(--quiet)}
}
</style>"""


def stacking_table(headings: tuple[str, ...], rows: str) -> str:
    """The markup of a table whose rows become short lists where there is no room.

    ``rows`` are our own markup of cells made by :func:`stacking_cell`.
    """
    head = "".join(f'<th scope="col">{as_html(one)}</th>' for one in headings)
    return (
        f'<div class="wb-card wb-stacks"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def stacking_cell(heading: str, words: str, *, gap: str = "") -> str:
    """The markup of one cell; ``gap`` is what stands, quietly, where there is none."""
    shown = as_html(words)
    if gap and not words:
        shown = f'<span class="quiet">{as_html(gap)}</span>'
    return f'<td data-heading="{as_html(heading)}">{shown}</td>'


def draw_cases(markup: str) -> None:
    """Draw our own markup with the cases' style; words in it must be escaped first."""
    notices.draw(CARD_STYLE + markup)


def draw_quietly(words: str) -> None:
    """Draw a sentence in secondary text; it is escaped here."""
    draw_cases(f'<p class="wb-card quiet" style="margin:0">{as_html(words)}</p>')
