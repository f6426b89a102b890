"""Codebook: the tree of codes, what each means, what was done and decided."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from coding.codebook import Code
from data.rights import Right
from workbench import notices, session
from workbench.actions.codebook import alike, codebooks
from workbench.actions.codebook.codebooks import ListedCode
from workbench.session import Place
from workbench.widgets.codebook import (
    alike_section,
    code_details,
    code_operations,
    code_tree,
    codebook_import,
    decisions_section,
    history_section,
    versions_section,
)
from workbench.widgets.codebook.code_merging import draw_merge
from workbench.widgets.codebook.code_splitting import draw_split
from workbench.widgets.memos.memos_about import memos_about
from workbench.widgets.untrusted import as_label
from workbench.wording import CODINGS_COUNTED, counted, counted_codes

_DOING = "codebook doing"
_PARTS = {
    "codes": "Codes",
    "alike": "Worth a look",
    "decisions": "Decisions",
    "history": "History",
    "versions": "Versions",
}
_FIND_FROM = 20
# Beside the side bar two columns leave no room for a name.
_ONE_BELOW_THE_OTHER = (
    "<style>@media (max-width: 1000px) {"
    '.st-key-codebook-columns > * > [data-testid="stHorizontalBlock"] > '
    '[data-testid="stColumn"] {min-width: 100%}'
    '.st-key-codebook-columns > * > [data-testid="stHorizontalBlock"] '
    "{flex-wrap: wrap}}</style>"
)


def show() -> None:
    """Draw the codebook, a code's form, or the import of a file."""
    place = session.place()
    may_edit = session.may(Right.EDIT_CODEBOOK)
    # What is said at the top comes and goes; in a place of its own it does not move
    # the tree, which would start anew.
    top = st.container()
    with top:
        if may_edit:
            code_tree.carry_out_moves(place)
        listed = codebooks.listed_codes(place.store, reader_id=place.person.id)
        notices.page_head("Codebook", _lead(listed))
    doing = session.recall(_DOING, "") if may_edit else ""
    if doing == "import" or (doing == "" and not listed and may_edit):
        codebook_import.draw(place, on_leave=_do, is_first=not listed)
    elif doing == "add":
        _draw_new(place, listed)
    elif not listed:
        notices.empty(
            "No codes yet. A code has a name, says when to use it and when not, and "
            "lists words that often mark it. An embedded researcher adds codes."
        )
    elif doing:
        _draw_task(place, listed, *doing.split(" "))
    else:
        _draw_part(place, listed, may_edit)


def _lead(listed: Sequence[ListedCode]) -> str:
    if not listed:
        return "What each code means, when to use it and when not."
    codings = sum(one.use.passages for one in listed)
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
    return f"{codes}{aside}, {counted(codings, 'coding')}, {left}. {CODINGS_COUNTED}"


def _draw_part(place: Place, listed: Sequence[ListedCode], may_edit: bool) -> None:
    asked = session.address("part")
    part = st.radio(
        "Part of the codebook",
        list(_PARTS),
        index=list(_PARTS).index(asked) if asked in _PARTS else 0,
        format_func=lambda one: _PARTS[one],
        label_visibility="collapsed",
        horizontal=True,
        key="codebook part",
    )
    session.set_address(part=part if part != "codes" else "")
    if part == "alike":
        alike_section.draw_alike(
            place, may_edit, lambda gone, into: _do(f"merge {gone} {into}")
        )
        alike_section.draw_seldom_used(listed)
    elif part == "decisions":
        in_use = [one.code for one in listed if not one.is_retired]
        decisions_section.draw_decisions(place, in_use, may_edit)
    elif part == "history":
        history_section.draw_history(place, may_edit)
    elif part == "versions":
        versions_section.draw_versions(place, may_edit)
    else:
        _draw_codes(place, listed, may_edit)


def _draw_codes(place: Place, listed: Sequence[ListedCode], may_edit: bool) -> None:
    _draw_buttons(place, may_edit)
    history_section.draw_last(place, may_edit)
    st.html(_ONE_BELOW_THE_OTHER)
    with st.container(key="codebook-columns"):
        tree, details = st.columns([5, 8], gap="medium")
    with tree:
        chosen = _choose(listed, may_edit)
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
            lambda: codebooks.codebook_as_csv(place.store),
            "codebook.csv",
            "text/csv",
            key="download codebook",
        )


def _choose(listed: Sequence[ListedCode], may_edit: bool) -> ListedCode | None:
    """The code chosen in the tree; the address names it."""
    found = list(listed)
    wanted = ""
    if len(listed) > _FIND_FROM:
        wanted = st.text_input("Find a code", key="find code").strip()
        found = codebooks.codes_found(listed, wanted)
    if not found:
        st.write("No code has a name like this.")
        return None
    by_id = {one.code.id: one for one in listed}
    chosen = code_tree.picked() or session.address("code")
    if chosen not in by_id or (wanted and chosen not in {o.code.id for o in found}):
        chosen = found[0].code.id
    session.set_address(code=chosen)
    code_tree.draw(found, chosen, may_move=may_edit and not wanted)
    if may_edit and not wanted:
        notices.draw(
            '<p class="wb-small">Drag a code to move it, or press Alt with an arrow '
            "key: up, down, right for under the one above, left for out.</p>"
        )
    return by_id[chosen]


def _draw_details(
    place: Place, listed: Sequence[ListedCode], chosen: ListedCode, may_edit: bool
) -> None:
    code = chosen.code
    names = {one.code.id: one.code.name for one in listed}
    code_details.draw_code(chosen, names.get(code.parent_id, ""))
    if may_edit:
        code_operations.draw_operations(place, chosen, _do)
    if chosen.use.passages:
        # Closed, it holds nothing: who only reads what a code means reads no codings.
        with st.expander(
            f"Its codings ({chosen.use.passages:,})",
            key=f"codings of {code.id}",
            on_change="rerun",
        ) as codings:
            if codings.open:
                code_details.draw_passages(place, code, may_pick=may_edit)
    if not (chosen.is_heading or code.is_retired):
        session.link_to("suggestions", "More like this", view="alike", code=code.id)
    with st.expander("Its history"):
        history_section.draw_history(place, may_edit, code_id=code.id)
    memos_about(place, "code", code.id)


def _draw_task(
    place: Place, listed: Sequence[ListedCode], task: str, code_id: str, *more: str
) -> None:
    """One thing done to one code fills the page until it is done or left."""
    by_id = {one.code.id: one for one in listed}
    chosen = by_id.get(code_id)
    if chosen is None:
        _do("")
        return
    if task == "merge":
        others = [
            one.code for one in listed if not one.is_retired and one is not chosen
        ]
        into = more[0] if more else ""
        draw_merge(place, chosen.code, others, lambda: _do(""), into_id=into)
    elif task == "split":
        draw_split(place, chosen.code, lambda: _do(""))
    else:
        _draw_edit(place, listed, chosen.code)


def _draw_edit(place: Place, listed: Sequence[ListedCode], code: Code) -> None:
    st.header(f"Change {as_label(code.name)}", anchor=False)
    with notices.problems_shown_above():
        changed = code_details.draw_code_form(
            code, _parents(listed, code), f"edit {code.id}", save_words="Save"
        )
        if changed is not None:
            new, reason = changed
            place.store.codebook.change(place.person.id, new, reason=reason)
            like = ""
            if new.name != code.name:
                like = alike.alike_in_words(place.store, new.name, code.id)
            notices.saved(f"{new.name.strip()} was saved.{like}")
            _do("")
    if st.button("Cancel", key="leave edit"):
        _do("")


def _draw_new(place: Place, listed: Sequence[ListedCode]) -> None:
    st.header("A new code", anchor=False)
    with notices.problems_shown_above():
        new = code_details.draw_code_form(
            Code("", ""), _parents(listed, None), "new", save_words="Add this code"
        )
        if new is not None:
            added = place.store.codebook.add(place.person.id, new[0])
            like = alike.alike_in_words(place.store, added.name, added.id)
            notices.saved(f"{added.name} was added.{like}")
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
