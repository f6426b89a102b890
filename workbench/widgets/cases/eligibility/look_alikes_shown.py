"""Cases worth a look, as a caution: on the list of cases and on a candidate's card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from matching.look_alikes import LookAlike, LookAlikeKind
from workbench.widgets.cases.case_style import draw_cases
from workbench.widgets.untrusted import as_html
from workbench.wording import counted, listed

_LISTED = 50
_OF_PAIR = {
    LookAlikeKind.SAME_CASE: "may be one case recorded twice",
    LookAlikeKind.SAME_CHILD: "may be the same child",
    LookAlikeKind.SIBLINGS: "may be siblings",
    LookAlikeKind.EASILY_CONFUSED: "are easily taken for each other",
}
_OF_CANDIDATE = {
    LookAlikeKind.SAME_CASE: "May be the same case recorded twice",
    LookAlikeKind.SAME_CHILD: "May be the same child",
    LookAlikeKind.SIBLINGS: "May be a sibling",
    LookAlikeKind.EASILY_CONFUSED: "Easily taken for the other case",
}


def cautions_for(
    found: Iterable[LookAlike], contemporary: str, historic: Iterable[str]
) -> dict[str, str]:
    """By historic reference, what its card says of this contemporary case."""
    wanted = set(historic)
    words = {}
    for alike in found:
        ids = {alike.one, alike.other}
        other = next(iter(ids - {contemporary}))
        if contemporary in ids and other in wanted:
            words[other] = f"{_OF_CANDIDATE[alike.kind]}: {_signs(alike)}"
    return words


def show_worth_a_look(found: Sequence[LookAlike]) -> None:
    """Draw the pairs worth a look; nothing where there are none."""
    if not found:
        return
    label = f"Worth a look: {counted(len(found), 'pair')} of cases"
    with st.expander(label, key="worth a look"):
        draw_cases(worth_a_look_markup(found))


def worth_a_look_markup(found: Sequence[LookAlike]) -> str:
    """The pairs worth a look in words, and that nothing is changed by it."""
    lines = "".join(
        f"<li><b>{as_html(one.one)}</b> and <b>{as_html(one.other)}</b> "
        f"{_OF_PAIR[one.kind]}: {as_html(_signs(one))}.</li>"
        for one in found[:_LISTED]
    )
    more = len(found) - _LISTED
    return (
        '<div class="wb-card"><p>Check these in your own records. They stay in the '
        "study and in the matching as they are; nothing is removed here.</p>"
        f"<ul>{lines}</ul>"
        + (f'<p class="quiet">and {more:,} more.</p>' if more > 0 else "")
        + "</div>"
    )


def _signs(alike: LookAlike) -> str:
    return listed([sign.value for sign in alike.signs])
