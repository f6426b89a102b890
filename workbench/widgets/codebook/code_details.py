"""One code of the codebook: what it means, how it is used, the form to change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from coding.codebook import Code
from coding.palette import COLOUR_NAMES, COLOURS
from data.coding_records import CodedPassage
from data.storage.coders.others_read import place_of
from workbench import notices, session
from workbench.actions.codebook import codebooks
from workbench.actions.codebook.codebooks import ListedCode
from workbench.session import Place
from workbench.widgets.codebook.code_lines import swatch_background
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_PASSAGES_SHOWN = 20
_LONGEST_LINK = 60


def draw_code(listed: ListedCode, parent: str) -> None:
    """Draw what a code means; what nobody has written yet is said.

    Examples that the reader may not read now are told to be there.
    """
    code = listed.to_read
    colour = COLOURS.get(code.colour) or COLOURS[COLOUR_NAMES[0]]
    ink = f"light-dark({colour.ink_light}, {colour.ink_dark})"
    under = f" · under {as_html(parent)}" if parent else ""
    retired = " · retired" if listed.is_retired else ""
    worth = (
        f"<br>Worth a look: {as_html(look)}." if (look := worth_a_look(listed)) else ""
    )
    parts = [
        _part("What it means", code.definition),
        _part("Use when", code.use_when),
        _part("Do not use when", code.do_not_use_when),
    ]
    # A heading gathers codes; these parts are for codes that passages are put under.
    if not listed.is_heading or listed.code.examples or code.cues:
        parts += [
            _quotations("Near miss: looks like it and is not", [code.near_miss]),
            _part("Words that often mark it", ", ".join(code.cues)),
            _quotations("Example", code.examples, _hidden_examples(listed)),
        ]
    notices.draw(
        f'<h2 style="font-size:1.375rem;margin:0;overflow-wrap:anywhere">'
        f'<span aria-hidden="true" style="display:inline-block;width:12px;height:16px;'
        f"border-radius:2px;background:{swatch_background(listed.line, ink)};"
        'margin-right:8px"></span>'
        f"{as_html(code.name)}</h2>"
        f'<p class="wb-lead">{as_html(listed.use_in_words)}{under}{retired}{worth}</p>'
        f'<div style="max-width:46rem;overflow-wrap:anywhere">{"".join(parts)}</div>'
    )
    for place in code.example_places:
        session.link_to(
            "code",
            f"Where “{_shortened(place.words)}” stands",
            source=place.source_id,
            at=str(place.start),
        )


def _hidden_examples(listed: ListedCode) -> list[str]:
    said = []
    if number := listed.examples_coded_blind:
        are = "is" if number == 1 else "are"
        said.append(
            f"{counted(number, 'example')} {are} hidden until all who code the "
            "transcript blind, as you do, are done."
        )
    if listed.unquoted:
        said.append(
            f"{counted(len(listed.unquoted), 'example')} not shown: whoever says it "
            "may not be quoted. Change the code to take it away."
        )
    return said


def worth_a_look(listed: ListedCode) -> str:
    """Why a code's use may want a second thought, '' where nothing stands out."""
    use = listed.use
    if listed.is_heading or listed.is_retired:
        return ""
    if not use.passages:
        return ""
    if use.passages == 1:
        return "used only once"
    return "used by one person only" if use.coders == 1 else ""


def draw_code_form(
    code: Code, parents: Sequence[Code], key: str, *, save_words: str
) -> tuple[Code, str] | None:
    """The code with its new words and why, once they are saved, else nothing."""
    names = {"": "Nothing, it stands at the top"} | {
        one.id: one.name for one in parents
    }
    with st.form(f"code form {key}"):
        name = st.text_input("Name", code.name, key=f"code name {key}")
        parent = st.selectbox(
            "Stands under",
            list(names),
            index=list(names).index(code.parent_id) if code.parent_id in names else 0,
            format_func=lambda one: names.get(one, ""),
            key=f"code parent {key}",
        )
        definition = st.text_area(
            "What it means", code.definition, key=f"code definition {key}", height=100
        )
        left, right = st.columns(2)
        use_when = left.text_area(
            "Use when", code.use_when, key=f"code use {key}", height=100
        )
        not_when = right.text_area(
            "Do not use when", code.do_not_use_when, key=f"code not {key}", height=100
        )
        examples = left.text_area(
            "Examples, one a line",
            "\n".join(code.examples),
            key=f"code examples {key}",
            height=100,
        )
        near_miss = right.text_area(
            "Near miss: looks like it and is not",
            code.near_miss,
            key=f"code near {key}",
            height=100,
        )
        cues = st.text_area(
            "Words that often mark it, one a line",
            "\n".join(code.cues),
            key=f"code cues {key}",
            height=120,
            help="Suggestions look for these words, in any of their forms.",
        )
        reason = ""
        if code.id:
            reason = st.text_input("Why (may stay empty)", key=f"code why {key}")
        if not st.form_submit_button(save_words, type="primary"):
            return None
    changed = replace(
        code,
        name=name,
        parent_id=parent or "",
        definition=definition,
        use_when=use_when,
        do_not_use_when=not_when,
        examples=_lines(examples),
        near_miss=near_miss,
        cues=_lines(cues),
    )
    return changed, reason


def draw_passages(place: Place, code: Code, *, may_pick: bool) -> None:
    """Draw the passages under a code, each with the way to where it stands, and to
    becoming an example of it."""
    reader = place.person.id
    passages = codebooks.passages_of(place.store, code.id, reader_id=reader)
    on_offer = codebooks.examples_on_offer(place.store, code) if may_pick else set()
    # Nobody codes blind what they have read of others.
    place.store.others_read.note_passages(
        reader,
        [
            place_of(one.coded)
            for one in passages[:_PASSAGES_SHOWN]
            if one.coded.coder_id != reader
        ],
    )
    for passage in passages[:_PASSAGES_SHOWN]:
        words, way = st.columns([5, 2])
        with words:
            _draw_passage(passage)
        with way:
            coded = passage.coded
            session.link_to(
                "code",
                passage.source_name,
                source=coded.source_id,
                at=str(coded.segment.start),
            )
            if coded.id in on_offer and st.button(
                "Use as example", key=f"example {coded.id}"
            ):
                _pick(place, code, coded.id)
    if len(passages) > _PASSAGES_SHOWN:
        st.write(f"The first {_PASSAGES_SHOWN} of {len(passages)} are shown.")
    if may_pick and not on_offer and passages:
        st.caption(
            "Passages of a transcript that is being coded blind cannot become examples "
            "until everybody is done: all who code read the codebook."
        )


def _draw_passage(passage: CodedPassage) -> None:
    who = passage.participant.pseudonym if passage.participant else passage.speaker
    notices.draw(
        f'<blockquote style="margin:0 0 4px">{as_html(passage.quotation)}'
        f'</blockquote><p class="wb-lead">{as_html(who)}, turn '
        f"{passage.turn_number}, coded by {as_html(passage.coder)}</p>"
    )


def _pick(place: Place, code: Code, passage_id: str) -> None:
    with notices.problems_shown():
        place.store.code_changes.pick_example(
            place.person.id, code.id, code.version, passage_id
        )
        notices.saved(f"The passage is an example of {code.name} now.")
        st.rerun()


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_LINK else f"{words[:_LONGEST_LINK]} ..."


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _part(title: str, words: str) -> str:
    shown = as_html(words) or '<span class="wb-lead">Not written yet.</span>'
    return f"<h3 style='font-size:1rem;margin:16px 0 4px'>{title}</h3><p>{shown}</p>"


def _quotations(
    title: str, quotations: Sequence[str], not_shown: Sequence[str] = ()
) -> str:
    shown = "".join(
        f"<blockquote style='margin:0 0 8px'>{as_html(one)}</blockquote>"
        for one in quotations
        if one
    )
    shown += "".join(f'<p class="wb-lead">{one}</p>' for one in not_shown)
    shown = shown or '<p class="wb-lead">Not written yet.</p>'
    return f"<h3 style='font-size:1rem;margin:16px 0 4px'>{title}</h3>{shown}"
