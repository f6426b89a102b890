"""Splitting a code: passages chosen by hand, coder, wave or word go to new codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from coding.codebook import Code
from coding.codebook_changes.splitting import PassageFacts, choose_passages
from data.codebook_records import SplitPart
from workbench import notices, session
from workbench.actions.codebook import codebooks
from workbench.actions.codebook.changes import facts_of
from workbench.session import Place
from workbench.widgets.untrusted import as_label
from workbench.wording import counted

_LONGEST_SHOWN = 160
_MOST_PARTS = 6


def draw_split(place: Place, code: Code, on_leave: Callable[[], None]) -> None:
    """Draw the new codes with the passages each takes; the others stay."""
    st.header(f"Split {as_label(code.name)}", anchor=False)
    passages = codebooks.passages_of(place.store, code.id, reader_id=place.person.id)
    facts = facts_of(passages)
    if not facts:
        st.write("No passage that you may read carries this code.")
    else:
        with notices.problems_shown_above():
            _draw_parts(place, code, facts, on_leave)
    if st.button("Cancel", key="leave split"):
        on_leave()


def _draw_parts(
    place: Place,
    code: Code,
    facts: Sequence[PassageFacts],
    on_leave: Callable[[], None],
) -> None:
    number = int(session.recall(f"split parts {code.id}", 1))
    left = list(facts)
    parts = []
    for at in range(number):
        part = _draw_part(code, left, at)
        parts.append(part)
        left = [one for one in left if one.id not in part.passage_ids]
    moved = sum(len(part.passage_ids) for part in parts)
    st.write(
        f"Moves {counted(moved, 'coding')} to {counted(number, 'new code')}; "
        f"{counted(len(left), 'coding')} you can see stay under {as_label(code.name)}."
    )
    reason = st.text_input("Why (may stay empty)", key=f"split why {code.id}")
    with st.container(horizontal=True):
        if st.button("Split it", type="primary", key=f"do split {code.id}"):
            place.store.code_changes.split(
                place.person.id, code.id, parts, reason=reason
            )
            names = ", ".join(part.name for part in parts)
            notices.saved(f"{counted(moved, 'coding')} moved to {names}.")
            session.forget(f"split parts {code.id}")
            on_leave()
        if number < _MOST_PARTS and st.button("One more new code", key="more parts"):
            session.remember(f"split parts {code.id}", number + 1)
            st.rerun()


def _draw_part(code: Code, left: Sequence[PassageFacts], at: int) -> SplitPart:
    """One new code; what earlier parts took is no longer offered."""
    key = f"{code.id} {at}"
    with st.container(border=True):
        name = st.text_input(f"Name of new code {at + 1}", key=f"split name {key}")
        meaning = st.text_area("What it means", key=f"split meaning {key}", height=80)
        coders, waves, words = st.columns(3)
        by = coders.multiselect(
            "Passages of coders",
            _kinds(one.coder for one in left),
            key=f"split by {key}",
        )
        of = waves.multiselect(
            "Of waves", _kinds(one.wave for one in left), key=f"split wave {key}"
        )
        with_words = words.text_input(
            "With any of these words",
            key=f"split words {key}",
            help="Several words with commas between them.",
        )
        found = choose_passages(left, coders=by, waves=of, words=with_words)
        is_narrowed = bool(by or of or with_words.strip())
        shown = {one.id: _shown(one) for one in left if one.id in set(found)}
        # A choice by coder, wave or word takes all it finds; the hand takes some out.
        answer = "|".join([*by, "-", *of, "-", with_words])
        chosen = st.multiselect(
            f"Passages that go there ({len(found)} to choose from)",
            list(shown),
            default=list(shown) if is_narrowed else [],
            format_func=lambda one: shown.get(one, ""),
            key=f"split passages {key} {answer}",
        )
    return SplitPart(name, meaning, tuple(chosen))


def _kinds(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def _shown(one: PassageFacts) -> str:
    words = " ".join(one.words.split())
    short = words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]} ..."
    return f"{short} ({one.coder}, {one.wave})"
