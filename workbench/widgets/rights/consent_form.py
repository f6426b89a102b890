"""The form on which consent is recorded, and the records that stood before."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.people_rights.consent import NOTHING_ASKED, Answer, HowGiven, Use
from data.rights import Right, roles_in_words
from data.storage.people_rights.consent_storage import PersonTakingPart
from workbench import notices, session
from workbench.actions.rights import consenting
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label

_SAVED = "consent"


def draw(place: Place, one: PersonTakingPart) -> None:
    """Draw what a participant agreed to, to be read or recorded anew."""
    st.header(f"What {as_label(one.pseudonym)} agreed to", anchor=False)
    notices.show_saved(_SAVED)
    if one.consent is None:
        notices.draw('<p class="wb-lead">Nothing is recorded yet.</p>')
    else:
        notices.draw(
            f'<p class="wb-lead">{as_html(one.consent.in_words)}.</p>'
            f'<p class="wb-small">'
            f"{as_html(consenting.record_in_words(one.consent))}</p>"
        )
        if one.consent.note:
            notices.draw(f'<p class="wb-small">{as_html(one.consent.note)}</p>')
    if session.may(Right.RECORD_CONSENT):
        _draw_form(place, one)
    else:
        st.caption(f"Recording is for: {roles_in_words(Right.RECORD_CONSENT)}.")
    _draw_former(place, one)


def _draw_form(place: Place, one: PersonTakingPart) -> None:
    seen = one.consent
    answers = seen.answers if seen else NOTHING_ASKED
    # Another record is another form: what it proposes starts from that record.
    name = f"{one.id} {seen.id if seen else ''}"
    with st.form(f"consent {name}"), notices.problems_shown_above():
        said: dict[Use, Answer] = {}
        for use in Use:
            chosen = st.radio(
                use.in_words,
                list(Answer),
                index=list(Answer).index(answers[use]),
                format_func=lambda answer: answer.in_words,
                horizontal=True,
                key=f"{use.value} {name}",
            )
            said[use] = chosen or Answer.NOT_ASKED
        left, right = st.columns(2)
        version = left.text_input(
            "Version of the consent form",
            value=seen.form_version if seen else "",
            key=f"form version {name}",
        )
        given = right.date_input(
            "Given on",
            value=date.fromisoformat(seen.given_on) if seen and seen.given_on else None,
            max_value="today",
            format="DD/MM/YYYY",
            key=f"given {name}",
        )
        ways = list(HowGiven)
        how = st.selectbox(
            "How it was given",
            ways,
            index=ways.index(seen.how) if seen and seen.how else None,
            format_func=lambda way: way.in_words,
            placeholder="Choose a way",
            key=f"how {name}",
        )
        note = st.text_area(
            "Note",
            value=seen.note if seen else "",
            help="Say nothing that names the person.",
            key=f"note {name}",
        )
        if st.form_submit_button("Record this", type="primary"):
            kept = consenting.record_consent(
                place.store,
                place.person,
                one.id,
                said,
                form_version=version,
                given_on=given,
                how=how,
                note=note,
                seen_id=seen.id if seen else "",
            )
            words = "was recorded" if kept else "stands as it was: nothing differs"
            notices.saved(f"Consent of {one.pseudonym} {words}.", beside=_SAVED)
            st.rerun()


def _draw_former(place: Place, one: PersonTakingPart) -> None:
    former = place.store.consent.former(one.id)
    if not former:
        return
    with st.expander(f"Recorded before ({len(former)})"):
        for record in former:
            until = (
                f", stood until {record.superseded_at.astimezone():%d/%m/%Y}"
                if record.superseded_at
                else ""
            )
            line = f"{consenting.record_in_words(record)}{until}"
            notices.draw(
                f"<p>{as_html(record.in_words)}.</p>"
                f'<p class="wb-small">{as_html(line)}</p>'
            )
