"""Where the person is: which study, who they are, which page and thing.

The only module that touches Streamlit's session state; it keeps ids, words and numbers
there and fetches everything else anew.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from typing import Any

import streamlit as st

from coding.study import Person
from data.rights import Right
from data.rights import may as role_may
from data.storage import StudyStore
from workbench import preferences
from workbench.desk_line.open_lines import LINES, Answer, LinePlace

_PAGES: dict[str, Any] = {}
_TOLD = "address told"


@dataclass(frozen=True)
class Place:
    """The study that is open and the person who works on it."""

    store: StudyStore
    person: Person


def study() -> str:
    """The address of the study that is open, '' where none is.

    A window that chose a study keeps it; any other has the one the command named, or
    the one used last on this computer.
    """
    if "study" in st.session_state:
        return str(st.session_state["study"])
    return os.environ.get("WORKBENCH_STUDY", "") or preferences.last_study()


def open_study(address: str) -> None:
    """Work on another study from here on; '' leaves this one."""
    LINES.close(_window())
    st.session_state["study"] = address
    st.session_state.pop("person_id", None)
    if address:
        preferences.remember_study(address)


def store() -> StudyStore:
    """The store of the study that is open; one for all who use it."""
    return _open_store(study())


@st.cache_resource(show_spinner=False)
def _open_store(address: str) -> StudyStore:
    return StudyStore(address)


@st.cache_resource(show_spinner=False)
def _people_at_work(address: str) -> set[str]:  # noqa: ARG001 - one set for each study
    return set()


def person() -> Person | None:
    """Who is at work in this window, or nothing where nobody said so yet.

    A reloaded window goes on as the one person who has said who they are since the
    workbench was started; where several have, each new window asks, so that nobody's
    work is kept under another's name. Looked up anew each time, so that a changed role
    counts at once.
    """
    chosen = st.session_state.get("person_id", "")
    if not chosen and not st.session_state.get("asked_who"):
        at_work = _people_at_work(study())
        chosen = next(iter(at_work)) if len(at_work) == 1 else ""
    found = store().study.person(chosen) if chosen else None
    if found is not None:
        st.session_state["person_id"] = found.id
    return found


def choose_person(person_id: str) -> None:
    """Work as this person in this window from here on."""
    LINES.close(_window())
    st.session_state["person_id"] = person_id
    _people_at_work(study()).add(person_id)
    preferences.remember_person(study(), person_id)


def forget_person() -> None:
    """Ask again who is at work; what one person had open is not the next one's."""
    LINES.close(_window())
    st.session_state.pop("person_id", None)
    for key in [one for one in st.session_state if str(one).startswith("kept ")]:
        del st.session_state[key]
    st.query_params.clear()
    st.session_state["asked_who"] = True


def place() -> Place:
    """The open study and the person at work; stops the page where either is missing."""
    if not study():
        st.info("No study is open. Open or make one on the home page.")
        link_to("home", "Go to Home")
        st.stop()
    who = person()
    if who is None:
        st.info("Say who you are first, on the Home page.")
        st.stop()
    return Place(store(), who)


def open_line(source_id: str, answer: Answer) -> str:
    """The token of this window's line to a source for the person at work; '' for none.

    It ends when the window moves on to another source, person or study.
    """
    who = person()
    if who is None:
        return ""
    return LINES.open(_window(), LinePlace(study(), who.id, source_id), answer)


def _window() -> str:
    """What tells this window from every other; it never leaves the server."""
    if "window" not in st.session_state:
        st.session_state["window"] = secrets.token_hex(16)
    return str(st.session_state["window"])


def may(right: Right) -> bool:
    """Whether the person at work may make a kind of change."""
    who = person()
    return who is not None and role_may(who.role, right)


# Pages and addresses


def name_page(name: str, page: Any) -> None:
    """Let other pages lead to this one by name."""
    _PAGES[name] = page


def go_to(name: str, **address: str) -> None:
    """Switch to a page with these things in its address."""
    st.switch_page(_PAGES[name], query_params=address)


def link_to(name: str, words: str, **address: str) -> None:
    """Draw a link to a page with these things in its address."""
    from workbench.widgets.untrusted import as_label

    if name in _PAGES:
        st.page_link(_PAGES[name], label=as_label(words), query_params=address)


def address(name: str) -> str:
    """What the address says under a name, '' where it says nothing."""
    return st.query_params.get(name, "")


def set_address(**parts: str) -> None:
    """Put ids into the address, so that a refresh or a shared link comes back here."""
    for name, value in parts.items():
        # Writing what stands there already would put a page into the browser's history.
        if value == address(name):
            continue
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]
    remember(_TOLD, [recall(_TOLD, ["", {}])[0], _asked()])


def tell_address(page: str) -> None:
    """Tell the browser the address this run was asked for, on the page shown before.

    A link to the page one is on asks for another address and does not write it: what
    was typed next would be sent to the address before, and lost there. Of another page
    the browser writes it; told here as well, it came to the page one left, and Back
    found nothing there.
    """
    on_page, told = recall(_TOLD, ["", {}])
    asked = _asked()
    remember(_TOLD, [page, asked])
    # Told again in every run, it would overtake a link that was pressed meanwhile.
    if page == on_page and asked != told:
        st.query_params.from_dict(asked)


def _asked() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


# Small things remembered while the page is open


def remember(key: str, value: str | int | float | bool | list[Any] | None) -> None:
    """Keep an id, a word or a number for the next run."""
    st.session_state[f"kept {key}"] = value


def recall(key: str, default: Any = None) -> Any:
    """What was kept under a key, or the default."""
    return st.session_state.get(f"kept {key}", default)


def typed_into(field: str) -> str:
    """What now stands in a field of the page, '' where there is none."""
    return str(st.session_state.get(field) or "")


def choose(field: str, choice: str) -> None:
    """Let a field of the page show another choice; for what a button does first."""
    st.session_state[field] = choice


def forget(key: str) -> None:
    """Keep nothing under a key any longer."""
    st.session_state.pop(f"kept {key}", None)
