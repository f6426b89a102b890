"""Who says a theme and who does not: numbers, and names and words a click away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from coding.theme_summaries.who_says import GroupedBy, GroupSays, Standing
from workbench import notices, session
from workbench.actions.themes import summary_words
from workbench.actions.themes.quoted_places import read_quoted
from workbench.actions.themes.theme_summary import ThemeRead
from workbench.actions.together.theme_reading import (
    counted_people,
    mentions_in_words,
)
from workbench.session import Place
from workbench.widgets.themes.contrary_section import draw_with_contrary
from workbench.widgets.themes.theme_style import draw_prose
from workbench.widgets.untrusted import as_label
from workbench.wording import counted, listed

# A number that opens something looks like a link, and stands where it is read from.
_STYLE = """<style>
.st-key-who-groups button {justify-content: flex-start; text-align: left;
  padding: 2px 0; min-height: 32px}
.st-key-who-groups button p {text-align: left}
.st-key-who-groups button:not(:disabled) p {text-decoration: underline;
  color: light-dark(#0B5D66, #7CCBD1)}
.st-key-who-groups button:disabled p {font-weight: 600}
</style>"""
_AT_ONCE = 8
_EVERYBODY = "All of them"
_MOST_NAMES = 60
_TOLD = {
    Standing.SILENT: "Heard, and does not say it",
    Standing.NOT_CODED: "Not known yet, since not all of theirs is coded",
    Standing.BLIND: "Left out, since theirs is being coded blind",
    Standing.NOT_HEARD: "Took no part",
}


def draw_who(place: Place, read: ThemeRead) -> None:
    """Draw the groups with their numbers, and the one that was opened beside them."""
    st.header("Who says it, and who does not", anchor=False)
    for words in summary_words.notes_in_words(read):
        draw_prose(words)
    left, right = st.columns([5, 6], gap="large")
    opened = session.recall(_key(read), "")
    with left:
        picked = st.radio(
            "Show",
            list(GroupedBy),
            format_func=lambda one: f"By {one.value}",
            horizontal=True,
            key=f"who by {read.code.id}",
        )
        notices.draw(_STYLE)
        shown_by = picked or GroupedBy.WAVE
        with st.container(key="who groups", gap="small"):
            for group in read.groups[shown_by]:
                _draw_group(read, shown_by, group, opened)
    with right:
        found = _opened(read, opened)
        if found is None:
            st.write("Choose a number to see the names and words behind it.")
        else:
            _draw_opened(place, read, *found)


def _draw_group(read: ThemeRead, by: GroupedBy, one: GroupSays, opened: str) -> None:
    said = summary_words.group_in_words(one)
    name = f"{by.value} {one.group}"
    with st.container(gap=None):
        if st.button(
            as_label(f"{one.group}: {said.split('; ')[0]}, {_mentions(one)}"),
            key=f"open {read.code.id} {name}",
            type="tertiary",
            disabled=name == opened,
        ):
            session.remember(_key(read), name)
            session.remember("words shown", _AT_ONCE)
            st.rerun()
        others = said.split("; ")[1:]
        if others:
            st.caption(as_label("; ".join(others)))


def _mentions(one: GroupSays) -> str:
    return mentions_in_words(one.mentions)


def _draw_opened(
    place: Place, read: ThemeRead, by: GroupedBy, group: GroupSays
) -> None:
    st.subheader(as_label(group.group), anchor=False)
    for standing in Standing:
        people = group.people[standing]
        if people and standing is not Standing.SAYS:
            _draw_names(read, standing, people)
    saying = group.people[Standing.SAYS]
    if not saying:
        st.write("Nobody of them says it.")
        return
    wave = group.group if by is GroupedBy.WAVE else None
    names = dict(zip(saying, read.names(saying), strict=True))
    chosen = st.selectbox(
        f"{counted_people(len(saying))} say it: whose words",
        ["", *names],
        format_func=lambda one: names.get(one, _EVERYBODY),
        key=f"whose words {read.code.id} {by.value} {group.group}",
    )
    places = read.places_of({chosen} if chosen else set(saying), wave)
    shown = int(session.recall("words shown", _AT_ONCE))
    for one in read_quoted(place.store, read, places[:shown]):
        draw_with_contrary(place, read, one, where="who")
    if shown < len(places):
        st.caption(f"{shown} of {counted(len(places), 'passage')} shown.")
        more = min(_AT_ONCE, len(places) - shown)
        if st.button(f"Show {more} more", key=f"more words {read.code.id}"):
            session.remember("words shown", shown + _AT_ONCE)
            st.rerun()


def _draw_names(read: ThemeRead, standing: Standing, people: Sequence[str]) -> None:
    with st.expander(f"{_TOLD[standing]}: {counted_people(len(people))}"):
        absent = [one for one in people if one in read.not_there]
        # Hundreds of names are a list for the file.
        names = read.names(people)
        st.text(", ".join(names) if len(names) <= _MOST_NAMES else listed(names))
        if len(names) > _MOST_NAMES:
            st.caption("The Excel file names all of them.")
        if absent and standing is Standing.SILENT:
            st.text(
                "In a themes matrix somebody said that it is not in the interview of "
                f"{listed(read.names(absent))}."
            )


def _opened(read: ThemeRead, opened: str) -> tuple[GroupedBy, GroupSays] | None:
    for by, groups in read.groups.items():
        for one in groups:
            if f"{by.value} {one.group}" == opened:
                return by, one
    return None


def _key(read: ThemeRead) -> str:
    return f"opened group {read.code.id}"
