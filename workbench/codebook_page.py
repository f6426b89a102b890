"""Codebook: the tree of codes, what each means and how it is used."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from coding.codebook import Code
from data.rights import Right
from workbench import notices, session
from workbench.actions.codebook import codebooks
from workbench.actions.codebook.codebooks import ListedCode
from workbench.session import Place
from workbench.widgets.codebook import code_details, codebook_import
from workbench.widgets.untrusted import as_label
from workbench.wording import counted, counted_codes

_DOING = "codebook doing"
_FIND_FROM = 20
_MOST_LISTED = 200
_LONGEST_SHOWN = 80


def show() -> None:
    """Draw the codebook, a code's form, or the import of a file."""
    place = session.place()
    listed = codebooks.listed_codes(place.store, reader_id=place.person.id)
    may_edit = session.may(Right.EDIT_CODEBOOK)
    doing = session.recall(_DOING, "") if may_edit else ""
    notices.page_head("Codebook", _lead(listed))
    if doing == "import" or (doing == "" and not listed and may_edit):
        codebook_import.draw(place, on_leave=_do, is_first=not listed)
    elif doing == "add":
        _draw_new(place, listed)
    elif not listed:
        notices.empty(
            "No codes yet. A code has a name, says when to use it and when not, and "
            "lists words that often mark it. An embedded researcher adds codes."
        )
    else:
        _draw_codebook(place, listed, may_edit)


def _lead(listed: Sequence[ListedCode]) -> str:
    if not listed:
        return "What each code means, when to use it and when not."
    passages = sum(one.use.passages for one in listed)
    unused = sum(
        1
        for one in listed
        if not (one.use.passages or one.is_heading or one.is_retired)
    )
    in_use = [one for one in listed if not one.is_retired]
    headings = sum(1 for one in in_use if one.is_heading)
    codes = counted_codes(len(in_use) - headings, headings)
    left = f"{unused} not used yet" if unused else "all of them used"
    retired = len(listed) - len(in_use)
    aside = f", {retired} retired" if retired else ""
    return f"{codes}{aside}, {counted(passages, 'passage')}, {left}."


def _draw_codebook(place: Place, listed: Sequence[ListedCode], may_edit: bool) -> None:
    # While a code is being changed its Save is the one thing to do.
    if not session.recall(_DOING, "").startswith("edit"):
        _draw_buttons(place, may_edit)
    tree, details = st.columns([5, 8], gap="medium")
    with tree:
        chosen = _choose(listed)
    with details:
        if chosen is not None:
            _draw_details(place, listed, chosen, may_edit)


def _draw_buttons(place: Place, may_edit: bool) -> None:
    with st.container(horizontal=True):
        if may_edit and st.button("Add a code", type="primary", key="add code"):
            _do("add")
        if may_edit and st.button("Add codes from a file", key="import codes"):
            _do("import")
        st.download_button(
            "Download as .csv",
            lambda: codebooks.codebook_as_csv(place.store.codebook.codebook()),
            "codebook.csv",
            "text/csv",
            key="download codebook",
        )


def _choose(listed: Sequence[ListedCode]) -> ListedCode | None:
    """The code chosen in the tree; the address names it."""
    found = list(listed)
    if len(listed) > _FIND_FROM:
        wanted = st.text_input("Find a code", key="find code").casefold()
        found = [one for one in listed if wanted in one.code.name.casefold()]
    if len(found) > _MOST_LISTED:
        st.write(f"The first {_MOST_LISTED} of {len(found)} are listed.")
        found = found[:_MOST_LISTED]
    if not found:
        st.write("No code has these letters in its name.")
        return None
    by_id = {one.code.id: one for one in found}
    wanted_id = session.address("code")
    ids = list(by_id)
    picked = st.radio(
        "Codes, with the number of their passages",
        ids,
        index=ids.index(wanted_id) if wanted_id in by_id else 0,
        format_func=lambda one: _label(by_id[one]),
    )
    session.set_address(code=picked or "")
    return by_id.get(picked or "")


def _indent(one: ListedCode) -> str:
    # A wide space is kept where plain ones at the start would be dropped.
    return "\u2003" * one.depth


def _label(one: ListedCode) -> str:
    name = as_label(_shortened(one.code.name))
    shown = f"**{name}**" if one.is_heading else name
    # Kept on one line with the dot, so that no count stands by itself.
    passages = f" ·\u00a0{one.use.passages:,}" if one.use.passages else ""
    return f"{_indent(one)}{shown}{passages}{' (retired)' if one.is_retired else ''}"


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]} ..."


def _draw_details(
    place: Place, listed: Sequence[ListedCode], chosen: ListedCode, may_edit: bool
) -> None:
    code = chosen.code
    names = {one.code.id: one.code.name for one in listed}
    if may_edit and session.recall(_DOING, "") == f"edit {code.id}":
        _draw_edit(place, listed, code)
        return
    code_details.draw_code(chosen, names.get(code.parent_id, ""))
    if may_edit:
        _draw_changes(place, chosen)
    if chosen.use.passages:
        with st.expander(f"Its passages ({chosen.use.passages})"):
            passages = codebooks.passages_of(
                place.store, code.id, reader_id=place.person.id
            )
            code_details.draw_passages(passages)


def _draw_changes(place: Place, chosen: ListedCode) -> None:
    code = chosen.code
    with st.container(horizontal=True), notices.problems_shown():
        if chosen.is_retired:
            if st.button("Bring back", key=f"bring back {code.id}"):
                place.store.codebook.bring_back(place.person.id, code.id, code.version)
                notices.saved("The code is in use again.")
                st.rerun()
            return
        if st.button("Change this code", key=f"edit {code.id}"):
            _do(f"edit {code.id}")
        if st.button(
            "Retire",
            key=f"retire {code.id}",
            help="Takes it out of the list of codes. Its passages keep it, and it can "
            "be brought back.",
        ):
            place.store.codebook.retire(place.person.id, code.id, code.version)
            notices.saved("The code was retired. It stands at the end of the list.")
            st.rerun()


def _draw_edit(place: Place, listed: Sequence[ListedCode], code: Code) -> None:
    st.header(f"Change {as_label(code.name)}", anchor=False)
    with notices.problems_shown():
        changed = code_details.draw_code_form(
            code, _parents(listed, code), f"edit {code.id}", save_words="Save"
        )
        if changed is not None:
            place.store.codebook.change(place.person.id, changed)
            notices.saved(f"{changed.name.strip()} was saved.")
            _do("")
    if st.button("Cancel", key="leave edit"):
        _do("")


def _draw_new(place: Place, listed: Sequence[ListedCode]) -> None:
    st.header("A new code", anchor=False)
    with notices.problems_shown():
        new = code_details.draw_code_form(
            Code("", ""), _parents(listed, None), "new", save_words="Add this code"
        )
        if new is not None:
            added = place.store.codebook.add(place.person.id, new)
            notices.saved(f"{added.name} was added.")
            session.set_address(code=added.id)
            _do("")
    if st.button("Cancel", key="leave new"):
        _do("")


def _parents(listed: Sequence[ListedCode], code: Code | None) -> list[Code]:
    """Codes that another may stand under: in use, and not itself."""
    return [
        one.code
        for one in listed
        if not one.is_retired and (code is None or one.code.id != code.id)
    ]


def _do(what: str) -> None:
    session.remember(_DOING, what)
    st.rerun()
