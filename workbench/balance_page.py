"""How alike the paired groups are, who has no partner, and the account of the run."""

from __future__ import annotations

from workbench import notices, session
from workbench.case_words import titles_of
from workbench.widgets.balance import (
    account_section,
    balance_section,
    months_section,
    pairs_section,
    settings_section,
)


def show() -> None:
    """Draw balance, the pairs over the study and the account of the newest matches."""
    place = session.place()
    latest = place.store.pairings.latest()
    notices.page_head(
        "Balance",
        "How alike the contemporary and the historic cases are as groups, before "
        "pairing and over the pairs, and whom the result leaves out.",
    )
    if latest is None:
        notices.empty(
            "Here you see whether pairing made the two groups alike, who has no "
            "partner and why, and the account for a methods appendix. First the "
            "matches must be found.",
            "Choose what to match",
            "plan",
        )
        return
    titles = titles_of(place.store.cases.field_list())
    balance_section.show(place, latest, titles)
    pairs_section.show(place, latest, titles)
    months_section.show(latest)
    settings_section.show(place, latest, titles)
    account_section.show(place, latest, titles)
