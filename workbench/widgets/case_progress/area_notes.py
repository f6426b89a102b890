"""What the records can bear, area by area: which are not asked, and what is known late.

Where the era is masked nothing here tells which case was followed for longer.
"""

from __future__ import annotations

from matching.progress.verdicts import ProgressArea
from workbench.actions.case_progress.comparing import PairToCompare
from workbench.widgets.untrusted import as_html
from workbench.wording import counted, joined_by_and

NOT_ASKED = "Not asked: the records end before"
"""What stands in place of a verdict nobody could give."""


def unseen_in_words(shown: PairToCompare) -> str:
    """The areas nobody is asked and why, as markup."""
    areas = [as_html(area.in_words) for area in shown.unseen]
    return (
        f'<div class="wb-card"><p><b>Not asked: {joined_by_and(areas)}.</b></p>'
        f'<p class="quiet">{as_html(_why_unseen(shown))} What cannot be seen in both '
        "files is nobody's verdict, and is counted apart.</p></div>"
    )


def note_on_last_records(shown: PairToCompare) -> str:
    """That files fall silent before areas that are asked; '' where none does.

    The day up to which records were read then tells only that nothing more came. It
    is said once, for all the areas it concerns.
    """
    areas = silent_areas(shown)
    if not areas:
        return ""
    silent = [
        side
        for side in shown.sides
        if side.progress and side.progress.last_recorded < areas[-1].needs_days
    ]
    named = joined_by_and([_lower(area.in_words) for area in areas])
    known = (
        "After its last record all that is known of a case is that nothing more was "
        f"recorded by the day the records were read; this concerns the {named}."
    )
    if shown.is_masked:
        words = "Both files fall" if len(silent) > 1 else "One of the two files falls"
        return f"{words} silent early. {known}"
    last = joined_by_and(
        [
            f"{side.name} on day {side.progress.last_recorded:,}"
            for side in silent
            if side.progress
        ]
    )
    return f"Last recorded after referral: {last}. {known}"


def silent_areas(shown: PairToCompare) -> list[ProgressArea]:
    """The areas that are asked though a file records nothing so late, in order."""
    return [
        area
        for area in shown.asked
        if any(
            side.progress and side.progress.last_recorded < area.needs_days
            for side in shown.sides
        )
    ]


def _why_unseen(shown: PairToCompare) -> str:
    first = shown.unseen[0].needs_days
    short = [
        side
        for side in shown.sides
        if side.progress and side.progress.follow_up < first
    ]
    if shown.is_masked or not short:
        return f"The records of one or both cases end before day {first} from referral."
    ends = joined_by_and(
        [
            f"those of {side.name} {counted(side.progress.follow_up, 'day')} after it"
            for side in short
            if side.progress
        ]
    )
    return f"Counted from referral, the records end before day {first}: {ends}."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
