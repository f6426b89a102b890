"""A verdict on each shown candidate, by button or by the key printed on it.

Keys act on one card at a time, the first without a verdict unless another was picked;
they do nothing while somebody types. What was said can be undone and redone until the
judgement is saved.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from matching.judging.judgement import Suitability
from workbench import session
from workbench.widgets.cases.case_style import draw_cases
from workbench.widgets.untrusted import as_html

IN_WORDS = {
    Suitability.GOOD_MATCH: "Good match",
    Suitability.USABLE_WITH_CARE: "Usable with care",
    Suitability.NOT_COMPARABLE: "Not comparable",
    Suitability.CANNOT_TELL: "Cannot tell",
}
"""The four verdicts in the order of their keys, 1 to 4."""

_SAID, _UNDONE, _FOCUS = "verdicts", "verdicts undone", "verdict focus"


def verdicts_given(case_id: str) -> dict[str, Suitability]:
    """What was said of each candidate so far, by id, not saved yet."""
    said: dict[str, Suitability] = {}
    for historic_id, value in session.recall(f"{_SAID} {case_id}", []):
        said[historic_id] = Suitability(value)
    return said


def fill_in(case_id: str, verdicts: Sequence[tuple[str, Suitability]]) -> None:
    """Begin with these verdicts, those of a judgement that was taken back."""
    kept = [[historic_id, value.value] for historic_id, value in verdicts]
    session.remember(f"{_SAID} {case_id}", kept)


def forget(case_id: str) -> None:
    """Let go of what was said once it is saved."""
    for key in (_SAID, _UNDONE, _FOCUS):
        session.forget(f"{key} {case_id}")


def show_keys(case_id: str, asked: Sequence[str]) -> None:
    """Draw how far the verdicts are, which keys there are, undo and redo."""
    given = verdicts_given(case_id)
    done = sum(one in given for one in asked)
    draw_cases(
        '<p class="wb-card quiet" style="margin:0">Say of each how well it would serve '
        f"for comparison: {done} of {len(asked)} said. Keys 1 to 4 act on the card "
        'marked "keys act here".</p>'
    )
    said = session.recall(f"{_SAID} {case_id}", [])
    undone = session.recall(f"{_UNDONE} {case_id}", [])
    with st.container(horizontal=True):
        if st.button("Next card", key=f"next card {case_id}", shortcut="J"):
            _focus_after(case_id, asked)
            st.rerun()
        if st.button(
            "Undo verdict", key=f"undo {case_id}", shortcut="Z", disabled=not said
        ):
            session.remember(f"{_SAID} {case_id}", said[:-1])
            session.remember(f"{_UNDONE} {case_id}", [*undone, said[-1]])
            session.remember(f"{_FOCUS} {case_id}", said[-1][0])
            st.rerun()
        if st.button(
            "Redo verdict", key=f"redo {case_id}", shortcut="Y", disabled=not undone
        ):
            session.remember(f"{_SAID} {case_id}", [*said, undone[-1]])
            session.remember(f"{_UNDONE} {case_id}", undone[:-1])
            session.forget(f"{_FOCUS} {case_id}")
            st.rerun()


def show_verdict(
    case_id: str, historic_id: str, reference: str, asked: Sequence[str]
) -> None:
    """Draw the four verdicts of one card; on the card in turn with their keys."""
    given = verdicts_given(case_id)
    in_turn = _focus(case_id, asked) == historic_id
    mark = ' <span class="wb-flag">keys act here</span>' if in_turn else ""
    said = given.get(historic_id)
    words = f"Your verdict: {IN_WORDS[said]}." if said else "No verdict yet."
    draw_cases(
        f'<p class="wb-card quiet" style="margin:0" role="status">{as_html(words)}'
        f"{mark}</p>"
    )
    with st.container(horizontal=True, gap="small"):
        for number, (suitability, label) in enumerate(IN_WORDS.items(), start=1):
            chosen = said is suitability
            pressed = st.button(
                f"✓ {label}" if chosen else label,
                key=f"verdict {case_id} {historic_id} {suitability.value}",
                shortcut=str(number) if in_turn else None,
                help=f"{label}, case {reference}" if not in_turn else None,
            )
            if pressed:
                _say(case_id, historic_id, suitability)
                st.rerun()


def _say(case_id: str, historic_id: str, suitability: Suitability) -> None:
    said = session.recall(f"{_SAID} {case_id}", [])
    session.remember(f"{_SAID} {case_id}", [*said, [historic_id, suitability.value]])
    session.forget(f"{_UNDONE} {case_id}")
    session.forget(f"{_FOCUS} {case_id}")


def _focus(case_id: str, asked: Sequence[str]) -> str:
    """The card the keys act on: the one picked, else the first without a verdict."""
    picked = session.recall(f"{_FOCUS} {case_id}", "")
    if picked in asked:
        return str(picked)
    given = verdicts_given(case_id)
    return next((one for one in asked if one not in given), "")


def _focus_after(case_id: str, asked: Sequence[str]) -> None:
    if asked:
        now = _focus(case_id, asked)
        place = asked.index(now) + 1 if now in asked else 0
        session.remember(f"{_FOCUS} {case_id}", asked[place % len(asked)])
