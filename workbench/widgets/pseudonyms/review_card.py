"""One proposed name at a time, in its words, decided by one key.

What is decided holds for every mention in every source, and the next name stands ready.
"""

from __future__ import annotations

import streamlit as st

from coding.pseudonyms.names import ListedName, NameKind
from coding.pseudonyms.proposals import Proposal, Review, SourcesRead
from data.pseudonyms.key import PseudonymKey
from workbench import notices, session
from workbench.actions.pseudonyms import reviewing
from workbench.actions.pseudonyms.reviewing import InContext
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted

_PASSED = "names passed"
_KIND = "name kind"
_SHOWN = 5
_MOST = 60
_KINDS = list(NameKind)
# Readable in both themes, and told by more than a colour.
_MARK = (
    "background:transparent;color:inherit;font-weight:600;"
    "border-bottom:2px solid currentColor"
)


def draw(place: Place, read: SourcesRead, found: Review, key: PseudonymKey) -> None:
    """Draw the name in turn with its mentions and the keys that decide on it."""
    proposal = _in_turn(found)
    if proposal is None:
        st.write("Every proposed name is decided. Add names nobody proposed by hand.")
        _draw_undo(place)
        return
    _draw_card(read, proposal)
    kind = _kind_of(proposal)
    others = {one.id: one for one in key.listed if not one.kind.is_number}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen_kind = st.selectbox(
            "Kind",
            _KINDS,
            index=_KINDS.index(kind),
            format_func=lambda one: one.in_words,
            key=f"kind of {proposal.key} {kind.value}",
            width=220,
        )
        offered = reviewing.offer(
            place.store,
            place.person,
            ListedName("", chosen_kind, proposal.words),
            read.vocabulary,
        )
        pseudonym = st.text_input(
            "Pseudonym",
            offered,
            key=f"pseudonym of {proposal.key} {chosen_kind.value} {offered}",
            width=260,
        )
        owner = _owner(proposal, others)
    with notices.problems_shown():
        _draw_keys(place, proposal, chosen_kind, pseudonym, owner, others)


def _draw_keys(
    place: Place,
    proposal: Proposal,
    kind: NameKind,
    pseudonym: str,
    owner: str,
    others: dict[str, ListedName],
) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button("Replace", type="primary", shortcut="Y", key="name yes"):
            reviewing.confirm_proposal(
                place.store, place.person, proposal, kind=kind, pseudonym=pseudonym
            )
            _decided(f"{proposal.words} is on the list.")
        if st.button("Not a name", shortcut="N", key="name no"):
            reviewing.turn_down(place.store, place.person, proposal)
            _decided(f"{proposal.words} is not proposed again.")
        same = f"Same as {others[owner].name}" if owner else "Same as ..."
        if st.button(as_label(same), shortcut="S", key="name same", disabled=not owner):
            reviewing.same_as(place.store, place.person, proposal, owner)
            _decided(f"{proposal.words} is another word for {others[owner].name}.")
        if st.button(
            "Place or other kind", shortcut="P", key="name kind", help="The next kind"
        ):
            after = _KINDS[(_KINDS.index(kind) + 1) % len(_KINDS)]
            session.remember(_KIND, [proposal.key, after.value])
            st.rerun()
        if st.button("Later", shortcut="L", key="name later"):
            passed = session.recall(_PASSED, [])
            session.remember(_PASSED, [*passed, proposal.key])
            st.rerun()
        _undo_button(place)


def _draw_undo(place: Place) -> None:
    with st.container(horizontal=True):
        _undo_button(place)


def _undo_button(place: Place) -> None:
    keys, who = place.store.pseudonym_key, place.person.id
    if st.button(
        "Undo", shortcut="Z", key="name undo", disabled=not keys.can_undo(who)
    ):
        keys.undo_decision(who)
        _decided("The last decision was taken back.")


def _decided(words: str) -> None:
    session.forget(_KIND)
    notices.saved(words)
    st.rerun()


def _in_turn(found: Review) -> Proposal | None:
    """The first that was not put off; once all were, they come again."""
    passed = session.recall(_PASSED, [])
    left = [one for one in found.proposals if one.key not in passed]
    if not left and found.proposals:
        session.forget(_PASSED)
        left = list(found.proposals)
    return left[0] if left else None


def _kind_of(proposal: Proposal) -> NameKind:
    kept = session.recall(_KIND, [])
    return NameKind(kept[1]) if kept and kept[0] == proposal.key else proposal.kind


def _owner(proposal: Proposal, others: dict[str, ListedName]) -> str:
    if not others:
        return ""
    ids = list(others)
    likely = proposal.listed_id if proposal.listed_id in others else ids[-1]
    return str(
        st.selectbox(
            "Same as, with S",
            ids,
            index=ids.index(likely),
            format_func=lambda one: others[one].name,
            key=f"same as {proposal.key}",
            width=260,
        )
    )


def _draw_card(read: SourcesRead, proposal: Proposal) -> None:
    sources = len({one.source_id for one in proposal.places})
    how = ", ".join(str(one.value) for one in proposal.how)
    lines = _lines(reviewing.places_in_context(read, proposal, _SHOWN))
    notices.draw(
        '<div class="wb-card" role="group" aria-label="Proposed name">'
        f'<h2 style="margin:0;font-size:1.375rem">{as_html(proposal.words)}</h2>'
        f'<p class="wb-lead" style="margin:4px 0 8px">'
        f"{counted(len(proposal.places), 'mention')} in {counted(sources, 'source')}. "
        f"Why: {as_html(how)}.</p>{lines}</div>"
    )
    if len(proposal.places) > _SHOWN:
        rest = reviewing.places_in_context(read, proposal, _MOST)[_SHOWN:]
        left = len(proposal.places) - _SHOWN
        with st.expander(f"{counted(left, 'further mention')}"):
            notices.draw(_lines(rest))
            if left > len(rest):
                st.caption(f"The first {_MOST} are shown.")


def _lines(places: list[InContext]) -> str:
    rows = "".join(
        f'<li style="margin-bottom:4px">{as_html(one.before)}'
        f'<mark style="{_MARK}">{as_html(one.words)}</mark>{as_html(one.after)} '
        f'<span class="wb-lead">({as_html(one.source)})</span></li>'
        for one in places
    )
    return f'<ul style="margin:0;padding-left:1.2rem">{rows}</ul>'
