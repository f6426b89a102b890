"""Outcomes by strands as a table, a word in each cell and every gap to be seen."""

from __future__ import annotations

from collections.abc import Sequence

from data.storage.outcomes.statement_records import OutcomeRead, Strand
from workbench import notices
from workbench.actions.outcomes.outcome_words import (
    LOOK_AGAIN,
    level_in_words,
    strand_in_words,
)
from workbench.widgets.untrusted import as_html

_STYLE = """<style>
.wb-outcomes {overflow-x: auto; max-width: 100%}
.wb-outcomes table {border-collapse: collapse; font-size: 0.9375rem; line-height: 1.35}
.wb-outcomes th, .wb-outcomes td {text-align: left; vertical-align: top;
  font-weight: 400; padding: 8px 14px 8px 6px; min-width: 5.5rem;
  border-bottom: 1px solid light-dark(#D5D9DC, #363F47); overflow-wrap: anywhere}
.wb-outcomes thead th {font-weight: 600; vertical-align: bottom;
  overflow-wrap: normal; min-width: 6.25rem;
  border-bottom: 2px solid light-dark(#7D8790, #76828C)}
.wb-outcomes tbody th {position: sticky; left: 0; min-width: 13rem; font-weight: 600;
  background: light-dark(#FFFFFF, #15191D)}
.wb-outcomes small {display: block; font-size: 0.8125rem; font-weight: 400;
  color: light-dark(#55606A, #A9B2B9)}
.wb-outcomes .gap {color: light-dark(#8A5300, #F0C070);
  border: 1px dashed light-dark(#8A5300, #F0C070); border-radius: 4px; padding: 0 6px}
@media (max-width: 900px) {.wb-outcomes tbody th {min-width: 9rem}}
</style>"""


def draw_overview(outcomes: Sequence[OutcomeRead]) -> None:
    """Draw every outcome with its level and what each strand says of it."""
    head = "".join(f'<th scope="col">{strand.value}</th>' for strand in Strand)
    rows = "".join(_row(one) for one in outcomes)
    notices.draw(
        f'{_STYLE}<p class="wb-lead" style="margin:0 0 8px">Links of evidence by '
        "strand: how many speak for the outcome, against it, both (mixed), or are "
        "context. They are links, not people.</p>"
        '<div class="wb-outcomes" tabindex="0" role="region" '
        'aria-label="Outcomes by strands"><table>'
        '<thead><tr><th scope="col">Outcome</th><th scope="col">Strength, as people '
        f"say it</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(one: OutcomeRead) -> str:
    cells = "".join(_cell(strand_in_words(one.of(strand))) for strand in Strand)
    state = ""
    if one.looks_again:
        state = f"! {LOOK_AGAIN}"
    elif one.statement.version and not one.statement.is_final:
        state = "Draft"
    elif one.statement.is_final:
        state = "Final"
    return (
        f'<tr><th scope="row">{one.part.label} '
        f"<bdi>{as_html(one.part.words.name)}</bdi>"
        f"<small>{as_html(one.part.words.kind.value)}</small></th>"
        f"<td>{as_html(level_in_words(one))}<small>{state}</small></td>{cells}</tr>"
    )


def _cell(words: str) -> str:
    if words == "none":
        return '<td><span class="gap">none</span></td>'
    return f"<td>{as_html(words)}</td>"
