"""How the contemporary case that is being judged came into the study."""

from __future__ import annotations

from matching.sampling import SamplingRecord
from workbench.actions.cases.sampling import choice_in_words, record_of
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases
from workbench.widgets.untrusted import as_html


def show(place: Place, reference: str) -> None:
    """Draw how the case was chosen, folded unless it was picked by hand."""
    draw_cases(how_chosen_markup(record_of(place.store, reference)))


def how_chosen_markup(record: SamplingRecord | None) -> str:
    """The record of the choice as markup; a sentence where there is none."""
    if record is None:
        return (
            '<section class="wb-card"><p class="quiet">Nobody recorded how this case '
            "was chosen.</p></section>"
        )
    is_open = " open" if record.is_by_hand else ""
    said = "".join(f"<p>{as_html(one)}</p>" for one in choice_in_words(record))
    return (
        f'<section class="wb-card"><details{is_open}><summary>How this case was chosen'
        f"</summary>{said}</details></section>"
    )
