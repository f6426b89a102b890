"""One hypothesis at a time for a room: large, for and against side by side, two keys.

Made to be read across a room from a projector of 1280 by 720: what does not fit is
counted, and stands on the page of the hypothesis.
"""

from __future__ import annotations

import streamlit as st

from data.storage.evidence.evidence_records import Evidence
from workbench import notices, session
from workbench.actions.debriefs.hypotheses import (
    NOBODY_LOOKED,
    ReadHypothesis,
    read_hypotheses,
)
from workbench.actions.evidence.evidence_words import EvidenceTeller
from workbench.session import Place
from workbench.widgets.evidence.evidence_list import note_evidence
from workbench.widgets.untrusted import as_html
from workbench.wording import counted, day_in_words

_ON_A_SIDE = 2
_WORDS_OF_ONE = 26
_WORDS_OF_DISSENT = 30
_STYLE = """<style>
[data-testid="stSidebar"], [data-testid="stHeader"],
[data-testid="stExpandSidebarButton"],
.st-key-pages-beside {display: none !important}
[data-testid="stMainBlockContainer"] {padding: 1rem 2.5rem 1rem !important;
  max-width: none}
.wb-room {overflow-wrap: anywhere; line-height: 1.35}
.wb-room .wb-stands {font-size: 1.375rem; margin: 0;
  color: light-dark(#55606A, #A9B2B9)}
.wb-room h1 {font-size: 2.25rem; line-height: 1.25; margin: 0 0 12px; padding: 0}
.wb-room h2 {font-size: 1.625rem; margin: 0 0 8px; padding: 0 0 4px;
  border-bottom: 3px solid light-dark(#0B5D66, #7CCBD1)}
.wb-room .wb-against h2 {border-bottom: 3px double light-dark(#8A5300, #F0C070)}
.wb-room .wb-sides {display: grid; grid-template-columns: 1fr 1fr; gap: 2rem}
.wb-room p {font-size: 1.5625rem; margin: 0 0 2px}
.wb-room .wb-from {font-size: 1.25rem; margin: 0 0 8px;
  color: light-dark(#55606A, #A9B2B9)}
.wb-room .wb-dissenting {border-top: 1px solid light-dark(#7D8790, #76828C);
  padding-top: 8px; margin-top: 4px}
@media (max-width: 900px) {.wb-room .wb-sides {grid-template-columns: 1fr}}
</style>"""


def draw_room(place: Place) -> None:
    """Draw one hypothesis of the debrief in the address, or of all, and the keys."""
    listed = read_hypotheses(place.store, place.person.id, _ids(place))
    if not listed:
        notices.page_head("Hypotheses")
        notices.empty("There is no hypothesis to show yet.")
        _draw_leave()
        return
    ids = [one.hypothesis.id for one in listed]
    asked = session.address("hypothesis")
    at = ids.index(asked) if asked in ids else 0
    read = listed[at]
    note_evidence(place, [*read.supports, *read.against])
    notices.draw(room_markup(read, EvidenceTeller(place.store)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Previous", key="room previous", shortcut="Left", disabled=at == 0
        ):
            session.set_address(hypothesis=ids[at - 1])
            st.rerun()
        if st.button(
            "Next", key="room next", shortcut="Right", disabled=at == len(ids) - 1
        ):
            session.set_address(hypothesis=ids[at + 1])
            st.rerun()
        st.write(f"{at + 1} of {counted(len(ids), 'hypothesis', 'hypotheses')}")
        _draw_leave()


def _ids(place: Place) -> list[str] | None:
    debrief = place.store.debriefs.debrief(session.address("debrief"))
    if debrief is None:
        return None
    return [one.hypothesis_id for one in debrief.discussed]


def _draw_leave() -> None:
    if st.button("Leave", key="leave room", shortcut="Escape"):
        debrief = session.address("debrief")
        session.set_address(view="", debrief="")
        if debrief:
            session.go_to("minutes", debrief=debrief)
        st.rerun()


def room_markup(read: ReadHypothesis, teller: EvidenceTeller) -> str:
    """The hypothesis as large markup, every word escaped."""
    one = read.hypothesis
    silent = "" if read.against else _why_nothing(read)
    return (
        f'{_STYLE}<div class="wb-room"><p class="wb-stands">{one.label} · '
        f"{as_html(one.status.in_words)}</p>"
        f"<h1><bdi>{as_html(one.statement)}</bdi></h1>"
        f'<div class="wb-sides"><section><h2>For ({len(read.supports)})</h2>'
        f"{_side(read.supports, teller, 'Nothing is linked yet.')}</section>"
        f'<section class="wb-against"><h2>Against ({len(read.against)})</h2>'
        f"{_side(read.against, teller, silent)}</section></div>{_dissents(read)}</div>"
    )


def _why_nothing(read: ReadHypothesis) -> str:
    if read.nobody_looked:
        return NOBODY_LOOKED
    newest = read.hypothesis.searches[-1]
    return (
        f"Looked for and not found: {newest.looked_by}, "
        f"{day_in_words(newest.looked_on)}."
    )


def _side(evidence: tuple[Evidence, ...], teller: EvidenceTeller, empty: str) -> str:
    if not evidence:
        return f"<p>{as_html(empty)}</p>"
    said = "".join(_piece(one, teller) for one in evidence[:_ON_A_SIDE])
    more = len(evidence) - _ON_A_SIDE
    return f"{said}<p>And {more} more.</p>" if more > 0 else said


def _piece(one: Evidence, teller: EvidenceTeller) -> str:
    told = teller.tell(one)
    words = as_html(_cut(told.words, _WORDS_OF_ONE)) or as_html(told.reference)
    words = f"“{words}”" if told.is_said else words
    whose = told.whose or told.reference
    since = f" · ! {one.warning}" if one.warning else ""
    return f'<p>{words}</p><p class="wb-from"><bdi>{as_html(whose + since)}</bdi></p>'


def _dissents(read: ReadHypothesis) -> str:
    if not read.dissents:
        return ""
    _, newest = read.dissents[-1]
    what = as_html(_cut(f"{newest.what} {newest.why}", _WORDS_OF_DISSENT))
    more = len(read.dissents) - 1
    others = f" And {more} more." if more else ""
    return (
        f'<div class="wb-dissenting"><p><strong>Dissent: '
        f"<bdi>{as_html(newest.name)}</bdi>.</strong> "
        f"<bdi>{what}</bdi>{others}</p></div>"
    )


def _cut(words: str, longest: int) -> str:
    split = words.split()
    if len(split) <= longest:
        return words
    return f"{' '.join(split[:longest])} ..."
