"""Choosing codes, how they stand to each other, and what narrows the passages down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import streamlit as st

from coding.finding.code_relations import Relation
from coding.transcripts import SourceKind
from data.storage import StudyStore
from workbench.actions.finding.code_tables import attributes_of
from workbench.actions.finding.passage_ask import (
    MOST_WORDS_BETWEEN,
    NO_WAVE,
    NOT_KNOWN,
    Narrowing,
    PassageAsk,
    narrowing_in_words,
)
from workbench.widgets.untrusted import as_label

_RELATIONS = "\n\n".join(
    f"**{one.in_words.capitalize()}**: {one.returned}" for one in Relation
)


def choose_passages(store: StudyStore, asked: PassageAsk, key: str) -> PassageAsk:
    """What the fields say, at first what was asked."""
    codes = code_names(store)
    with st.container(key="find-beside-codes"):
        left, middle, right = st.columns([5, 3, 5], vertical_alignment="top")
    with left:
        first = choose_codes("Codes", codes, asked.first, f"first {key}")
    with middle:
        relation = st.selectbox(
            "How they stand",
            list(Relation),
            index=list(Relation).index(asked.relation),
            format_func=lambda one: one.in_words,
            key=f"relation {key}",
            help=_RELATIONS,
        )
        within = asked.within
        if relation is Relation.NEAR:
            within = st.number_input(
                "Words between, at most",
                0,
                MOST_WORDS_BETWEEN,
                asked.within,
                key=f"within {key}",
            )
    with right:
        second: tuple[str, ...] = ()
        if relation is not Relation.ALONE:
            second = choose_codes("Other codes", codes, asked.second, f"second {key}")
    under = choose_under(asked.under, key)
    narrowed = choose_narrowing(store, asked.narrowed, key)
    return replace(
        asked,
        first=first,
        relation=relation or Relation.ALONE,
        second=second,
        within=int(within),
        under=under,
        narrowed=narrowed,
    )


def code_names(store: StudyStore) -> dict[str, str]:
    """The codes in use by id, in the codebook's order, those under others set in."""
    return {
        code.id: f"{'– ' * depth}{code.name}"
        for depth, code in store.codebook.codebook().in_tree_order()
    }


def choose_codes(
    label: str,
    names: dict[str, str],
    asked: Sequence[str],
    key: str,
    most: int | None = None,
) -> tuple[str, ...]:
    """The codes chosen; several are any of them."""
    chosen = st.multiselect(
        label,
        list(names),
        default=[one for one in asked if one in names][:most],
        format_func=names.__getitem__,
        key=key,
        placeholder="Choose one or more",
        max_selections=most,
    )
    return tuple(chosen)


def choose_under(asked: bool, key: str) -> bool:
    """Whether codes under a heading are counted in with it."""
    return st.checkbox(
        "With the codes under a heading", value=asked, key=f"under {key}"
    )


def choose_narrowing(store: StudyStore, asked: Narrowing, key: str) -> Narrowing:
    """What the passages are narrowed down by, folded away until something is."""
    said = ", ".join(narrowing_in_words(store, asked))
    with st.expander(as_label(f"Narrowed down by {said}") if said else "Narrow down"):
        people = store.study.participants()
        with st.container(key="find-beside-narrowing"):
            left, middle, right = st.columns(3)
        waves = [one.name for one in store.study.waves()]
        with left:
            chosen_waves = _several("Wave", [*waves, ""], asked.waves, key, NO_WAVE)
            kinds = _several(
                "Kind of source",
                [one.value for one in SourceKind],
                asked.kinds,
                key,
                shown=lambda one: SourceKind(one).in_words,
            )
        with middle:
            roles = _several("Role", _values(p.role for p in people), asked.roles, key)
            localities = _several(
                "Locality", _values(p.locality for p in people), asked.localities, key
            )
            teams = _several("Team", _values(p.team for p in people), asked.teams, key)
        with right:
            names = {one.id: one.name for one in store.study.people()}
            coders = _several(
                "Coder", list(names), asked.coders, key, shown=names.__getitem__
            )
            attributes = []
            for name in attributes_of(people):
                asked_values = dict(asked.attributes).get(name, ())
                values = _several(
                    name.replace("_", " ").capitalize(),
                    _values(p.attributes.get(name, "") for p in people),
                    asked_values,
                    f"attribute {key}",
                )
                if values:
                    attributes.append((name, values))
    return Narrowing(
        chosen_waves, kinds, coders, roles, localities, teams, tuple(attributes)
    )


def _values(found: Iterable[str]) -> list[str]:
    """Each value once, in order; what is not known last."""
    return sorted(set(found), key=lambda one: (not one, one.casefold()))


def _several(
    label: str,
    options: Sequence[str],
    asked: Sequence[str],
    key: str,
    nothing: str = NOT_KNOWN,
    shown: Callable[[str], str] = str,
) -> tuple[str, ...]:
    if not any(options):
        return ()
    chosen = st.multiselect(
        label,
        options,
        default=[one for one in asked if one in options],
        format_func=lambda one: shown(one) if one else nothing.capitalize(),
        key=f"{label} {key}",
        placeholder="Any",
    )
    return tuple(chosen)
