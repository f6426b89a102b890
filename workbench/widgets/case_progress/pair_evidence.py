"""The evidence of a pair, side by side: timelines, milestones, what is counted, notes.

Everything is drawn from values that are masked already where the study says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from matching.progress.milestones import CaseProgress, Counted, StepReading
from matching.progress.passages import FoundPassage
from matching.progress.steps import Movement, Step
from workbench import notices
from workbench.actions.case_progress.comparing import (
    PairSide,
    PairToCompare,
    ShownNote,
)
from workbench.case_words import date_in_words, value_in_words
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.timeline import (
    timeline_chart,
    timeline_in_words,
    timeline_table,
)
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_STYLE = """<style>
.wb-card mark {background: light-dark(#D9EEF0, #1F3E43); color: inherit;
  border-bottom: 2px solid var(--now); padding: 0 1px}
.wb-card .two {display: grid; grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: 0 24px}
@media (max-width: 700px) {.wb-card .two {grid-template-columns: 1fr}}
.wb-card blockquote {margin: 4px 0 8px; padding: 0 0 0 10px;
  border-left: 3px solid var(--now)}
.wb-card blockquote a {color: var(--now); font-size: .875rem}
.wb-card .plain {font-weight: 600}
.wb-card .wb-note {scroll-margin-top: 5rem}
.wb-card table.pair.evidence {min-width: 20rem}
.wb-card section, .wb-card h3 {margin-top: 8px}
</style>"""


def show_evidence(shown: PairToCompare) -> None:
    """Draw both cases: what happened when, and what the files say."""
    st.header("What happened", anchor=False)
    _show_timelines(shown)
    _show_follow_up(shown)
    if shown.common is not None:
        _draw(milestones_markup(shown))
        _draw(counts_markup(shown))
    st.header("What the files say", anchor=False)
    _draw(meetings_markup(shown))
    _draw(facts_markup(shown))
    _draw(passages_markup(shown))
    _draw(notes_markup(shown))


def side_heading(side: PairSide, *, is_masked: bool) -> str:
    """The name of a side, with its mark of the era where that is shown."""
    css = "plain" if is_masked else _era_class(side)
    return f'<span class="{css}">{as_html(side.name)}</span>'


def follow_up_in_words(shown: PairToCompare) -> str:
    """How long both were followed, and over which days they are compared."""
    if shown.common is None:
        return (
            "One of the two referrals has no date, so neither days nor milestones can "
            "be reckoned. Judge from the notes, or say that you cannot tell."
        )
    followed = ", ".join(
        f"{side.name} for {counted(side.progress.follow_up, 'day')}"
        for side in shown.sides
        if side.progress
    )
    # The older case is followed for longer, so the lengths would tell the era.
    each = "" if shown.is_masked else f"Followed from referral: {followed}. "
    return (
        f"{each}Both are followed for {counted(shown.common, 'day')}: counts stop "
        "there, so that a case followed for longer looks neither worse nor better for "
        "it."
    )


def milestones_markup(shown: PairToCompare) -> str:
    """A table of steps: day and working day of each case, and how limits were kept."""
    rows = "".join(
        f'<tr><th scope="row">{step.in_words}</th>'
        + "".join(
            f"<td>{_step_in_words(side.progress.step(step))}</td>"
            for side in shown.sides
            if side.progress
        )
        + "</tr>"
        for step in Step
    )
    return _table(shown, "Days from referral to each step", rows)


def counts_markup(shown: PairToCompare) -> str:
    """A table of what is counted within the common follow-up, and after it."""
    rows = "".join(
        f'<tr><th scope="row">{movement.in_words}</th>'
        + "".join(
            f"<td>{_count_in_words(side.progress, movement)}</td>"
            for side in shown.sides
            if side.progress
        )
        + "</tr>"
        for movement in Movement
    )
    within = counted(shown.common or 0, "day")
    return _table(shown, f"Counted within {within} of referral", rows)


def meetings_markup(shown: PairToCompare) -> str:
    """Who took part, as far as the events of either file say."""

    def of_side(side: PairSide) -> str:
        if not side.meetings:
            return '<p class="quiet">No event says who took part.</p>'
        return "".join(
            f"<p><b>{as_html(event)}</b> {_when(when, shown)}: {as_html(detail)}</p>"
            for event, when, detail in side.meetings
        )

    return _columns(
        shown, "Visits and meetings: who took part, as far as events say", of_side
    )


def facts_markup(shown: PairToCompare) -> str:
    """What became known during and after the case."""
    first, second = shown.sides
    values = {fact.field.name: fact.value for fact in second.facts}

    def cell(name: str, value: str) -> str:
        return f"<td>{as_html(value_in_words(name, value))}</td>"

    rows = "".join(
        f'<tr><th scope="row">{as_html(fact.field.title)}</th>'
        + cell(fact.field.name, fact.value)
        + cell(fact.field.name, values.get(fact.field.name, ""))
        + "</tr>"
        for fact in first.facts
    )
    return _table(shown, "Recorded during and at the end", rows) if rows else ""


def passages_markup(shown: PairToCompare) -> str:
    """Passages found by cue, quoted, each with a link to its note."""
    return _columns(
        shown,
        "Passages that may show restorative reasoning",
        lambda side: _passages(side, side.reasoning, shown),
        "Found by cue phrases of the codebook and a few of the workbench's own: a "
        "finder, not a judgement. A passage without a cue is not found, and a cue "
        "alone proves nothing.",
    ) + _columns(
        shown,
        "Passages that may tell of a change of worker",
        lambda side: _passages(side, side.worker_changes, shown),
    )


def notes_markup(shown: PairToCompare) -> str:
    """Every note of both files with the passages found marked in it."""

    def of_side(side: PairSide) -> str:
        if not side.notes:
            return '<p class="quiet">The file has no notes.</p>'
        return "".join(
            _note(note, [p for p in side.reasoning if p.note == place], shown)
            for place, note in enumerate(side.notes)
        )

    return _columns(shown, "Notes", of_side)


def _show_timelines(shown: PairToCompare) -> None:
    timelines = [side.timeline for side in shown.sides if side.timeline]
    if len(timelines) < 2:
        draw_quietly("A timeline needs the date of referral of both cases.")
        return
    words = timeline_in_words(timelines)
    st.altair_chart(
        timeline_chart(timelines, dark=notices.is_dark()), width="stretch", alt=words
    )
    draw_quietly(words)
    if st.toggle("Show as table", key="progress timeline as table"):
        st.dataframe(timeline_table(timelines), hide_index=True, width="stretch")


def _show_follow_up(shown: PairToCompare) -> None:
    draw_quietly(follow_up_in_words(shown))
    # Which of the two ran into the new practice would tell the era.
    if shown.into_new_practice and not shown.is_masked:
        notices.caution(
            f"The last {counted(shown.into_new_practice, 'day')} of the historic "
            "case's follow-up lie in the new practice, so it is partly treated too."
        )


def _step_in_words(reading: StepReading) -> str:
    if reading.day is None:
        words = '<span class="quiet">not recorded</span>'
    else:
        words = (
            f"day {reading.day:,} "
            f'<span class="quiet">({counted(reading.working_day or 0, "working day")})'
            "</span>"
        )
        if not reading.in_common:
            words += '<br><span class="quiet">after the common follow-up</span>'
    if not reading.limit_words:
        return words
    flag = "wb-flag" if reading.limit_words.startswith(("over", "no end")) else "quiet"
    return f'{words}<br><span class="{flag}">{as_html(reading.limit_words)}</span>'


def _count_in_words(progress: CaseProgress, movement: Movement) -> str:
    number = progress.counts.get(movement, Counted(0))
    later = (
        f' <span class="quiet">and {number.after} later</span>' if number.after else ""
    )
    return f"{number.within or 'none'}{later}"


def _passages(
    side: PairSide, found: Iterable[FoundPassage], shown: PairToCompare
) -> str:
    quoted = [
        f"<blockquote>“{as_html(note.text[one.start : one.end])}” "
        f'<a href="#note-{as_html(note.id)}">{_note_name(note, shown)}</a></blockquote>'
        for one in found
        for note in (side.notes[one.note],)
    ]
    return "".join(quoted) or '<p class="quiet">None found.</p>'


def _note(note: ShownNote, found: Iterable[FoundPassage], shown: PairToCompare) -> str:
    words, at = "", 0
    for one in found:
        words += as_html(note.text[at : one.start])
        words += f"<mark>{as_html(note.text[one.start : one.end])}</mark>"
        at = one.end
    words += as_html(note.text[at:])
    return (
        f'<div class="wb-note" id="note-{as_html(note.id)}">'
        f"<b>{_note_name(note, shown)}</b>{words}</div>"
    )


def _note_name(note: ShownNote, shown: PairToCompare) -> str:
    return f"Note, {_when(note.when, shown)}"


def _when(when: str, shown: PairToCompare) -> str:
    return as_html(when if shown.is_masked else date_in_words(when))


def _table(shown: PairToCompare, caption: str, rows: str) -> str:
    heads = "".join(
        f'<th scope="col">{side_heading(side, is_masked=shown.is_masked)}</th>'
        for side in shown.sides
    )
    return (
        f'<section class="wb-card"><h3>{as_html(caption)}</h3><div class="wb-scroll">'
        '<table class="pair evidence"><thead><tr><th scope="col" style="width:30%">'
        f"</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _columns(
    shown: PairToCompare,
    heading: str,
    of_side: Callable[[PairSide], str],
    lead: str = "",
) -> str:
    said = f'<p class="quiet">{as_html(lead)}</p>' if lead else ""
    sides = "".join(
        f"<div><p>{side_heading(side, is_masked=shown.is_masked)}</p>"
        f"{of_side(side)}</div>"
        for side in shown.sides
    )
    return (
        f'<section class="wb-card"><h3>{as_html(heading)}</h3>{said}'
        f'<div class="two">{sides}</div></section>'
    )


def _era_class(side: PairSide) -> str:
    return "now" if side.verdict == "contemporary" else "then"


def _draw(markup: str) -> None:
    draw_cases(_STYLE + markup)
