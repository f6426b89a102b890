"""Wording a finding: its statement, how strong the evidence is, what does not fit."""

from __future__ import annotations

import streamlit as st

from data.storage.evidence.evidence_records import Stance
from data.storage.findings.finding_records import (
    LONGEST_SENTENCES,
    LONGEST_STATEMENT,
    FindingWords,
)
from workbench import notices, session
from workbench.actions.findings.report_material import FindingRead
from workbench.session import Place
from workbench.widgets.typed_text import TypedText, save_button

_STATEMENT = "What was found, as one statement"
_STRENGTH = "How strong the evidence is, in a sentence"
_DOUBTS = "What does not fit"
_DOUBTS_HELP = "What speaks against it, exceptions, what else could explain it."


def draw_new(place: Place, *, is_first: bool) -> None:
    """Draw the form for a new finding; in a study without findings it stands open."""
    with (
        st.expander("Write a finding", expanded=is_first),
        st.form("new finding", clear_on_submit=True),
    ):
        statement = st.text_area(
            _STATEMENT, key="new statement", height=90, max_chars=LONGEST_STATEMENT
        )
        if st.form_submit_button(
            "Add this finding", type="primary" if is_first else "secondary"
        ):
            with notices.problems_shown():
                made = place.store.findings.add(
                    place.person.id, FindingWords(statement or "")
                )
                notices.saved("The finding was added as a draft.")
                session.set_address(finding=made.id)
                st.rerun()


def draw_form(place: Place, read: FindingRead) -> None:
    """Draw the form with a draft's words; saving keeps those it had."""
    finding = read.finding
    key = f"{finding.id} {finding.version}"
    has_against = any(one.stance is Stance.AGAINST for one in read.evidence)
    statement, strength, doubts = fields = typed_words(read)
    with st.container(border=True):
        words = FindingWords(
            statement.draw(_STATEMENT, height=90, most=LONGEST_STATEMENT),
            strength.draw(
                _STRENGTH,
                height=80,
                most=LONGEST_SENTENCES,
                tip="Weigh it yourself: how many people, how alike, from how many "
                "sides.",
            ),
            doubts.draw(_DOUBTS, height=90, most=LONGEST_SENTENCES, tip=_DOUBTS_HELP),
        )
        all_told = has_against and st.checkbox(
            "What does not fit says all that is linked against it", key=f"told {key}"
        )
        is_saved = save_button("Save these words", f"finding {finding.id}", *fields)
    if is_saved:
        with notices.problems_shown():
            place.store.findings.change(
                place.person.id,
                finding,
                words,
                all_told=bool(all_told),
            )
            for field in fields:
                field.let_go()
            notices.saved("The finding was saved. What it said before is kept.")
            st.rerun()


def typed_words(read: FindingRead) -> tuple[TypedText, TypedText, TypedText]:
    """The fields of a draft: its statement, how strong, what does not fit."""
    finding, words = read.finding, read.finding.words
    statement, strength, doubts = (
        TypedText(f"{name} {finding.id}", finding.version, saved)
        for name, saved in (
            ("statement", words.statement),
            ("strength", words.strength),
            ("doubts", words.does_not_fit),
        )
    )
    return statement, strength, doubts
