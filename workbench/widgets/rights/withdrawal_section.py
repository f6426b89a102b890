"""Withdrawing, taking back, and the two steps of erasing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from data.people_rights.erasure import ErasureListing, ReportMade, Touched
from data.people_rights.withdrawal import About, Reason
from data.rights import Right, roles_in_words
from workbench import jobs, notices, session
from workbench.actions.rights import withdrawing
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label

_SAVED = "withdrawal"
_ERASED = "what was erased"


def is_erasing(place: Place) -> bool:
    """Whether an erasing of this person is under way, its progress drawn; once it is
    done, what it did is told."""
    with notices.problems_shown():
        done = jobs.show_job(_job_of(place))
        if done is not None:
            told, is_clean = done
            session.remember(_ERASED, told)
            session.remember("file to clean", not is_clean)
            # What is gone must not stay in the address.
            session.set_address(about="")
            st.rerun()
    return jobs.job_under(_job_of(place)) is not None


def draw(place: Place, about: About, *, is_withdrawn: bool) -> None:
    """Draw how something leaves analysis or comes back, and how it is erased."""
    st.header("Withdrawing", anchor=False)
    notices.show_saved(_SAVED)
    if not session.may(Right.RECORD_CONSENT):
        st.caption(f"Withdrawing is for: {roles_in_words(Right.RECORD_CONSENT)}.")
        return
    with notices.problems_shown():
        if is_withdrawn:
            _draw_taking_back(place, about)
        else:
            _draw_withdrawing(place, about)
    _draw_erasing(place, about)


def draw_what_stands(place: Place) -> None:
    """Draw what is withdrawn now, and how much was erased."""
    _tell_erased()
    standing = place.store.withdrawals.standing()
    past = place.store.erasures.past()
    if standing:
        st.header("Withdrawn", anchor=False)
        lines = "".join(
            f"<li>{as_html(withdrawing.withdrawal_in_words(one))}</li>"
            for one in standing
        )
        notices.draw(f"<ul>{lines}</ul>")
    if past:
        st.header("Erased", anchor=False)
        lines = "".join(
            f"<li>{as_html(one.kind.capitalize())}, on "
            f"{one.erased_at.astimezone():%d/%m/%Y} by {as_html(one.erased_by)}, "
            f"because {as_html(one.reason)}</li>"
            for one in past
        )
        notices.draw(f"<ul>{lines}</ul>")


def _draw_withdrawing(place: Place, about: About) -> None:
    notices.draw(f'<p class="wb-lead">{withdrawing.WHAT_WITHDRAWING_DOES}</p>')
    leaving = withdrawing.list_what_leaves(place.store, place.person, about)
    _draw_touched("Withdrawing touches", leaving.touched)
    _draw_reports(leaving.reports)
    left, right = st.columns(2)
    with left:
        reason = _ask_reason("withdraw", about)
    on = right.date_input(
        "Asked for on",
        value="today",
        max_value="today",
        format="DD/MM/YYYY",
        key=f"withdraw on {about.id}",
    )
    if st.button(f"Withdraw {as_label(about.label)}", key=f"withdraw {about.id}"):
        said = withdrawing.withdraw(
            place.store, place.person, about, reason, on or date.today()
        )
        notices.saved(said, beside=_SAVED)
        st.rerun()


def _draw_taking_back(place: Place, about: About) -> None:
    stands = [
        one for one in place.store.withdrawals.standing() if one.about.id == about.id
    ]
    for one in stands:
        notices.draw(
            f'<p class="wb-lead">{as_html(withdrawing.withdrawal_in_words(one))}</p>'
        )
    if st.button("Take the withdrawal back", key=f"take back {about.id}"):
        said = withdrawing.take_back(place.store, place.person, about)
        notices.saved(said, beside=_SAVED)
        st.rerun()


def _ask_reason(what: str, about: About) -> Reason:
    reason = st.selectbox(
        "Why",
        list(Reason),
        format_func=lambda one: one.in_words,
        key=f"{what} reason {about.id}",
    )
    return reason or Reason.PERSON_ASKED


# Erasing: first read the list, then type the name.


def _draw_erasing(place: Place, about: About) -> None:
    st.header("Erasing", anchor=False)
    notices.draw(f'<p class="wb-lead">{withdrawing.WHAT_ERASING_DOES}</p>')
    if not session.may(Right.ERASE):
        st.caption(f"Erasing is for: {roles_in_words(Right.ERASE)}.")
        return
    listed = f"erasing {about.id}"
    with notices.problems_shown():
        if not session.recall(listed, False):
            if st.button("List what it touches", key=f"list {about.id}"):
                session.remember(listed, True)
                st.rerun()
            return
        with st.spinner("Looking for everything it touches"):
            listing = withdrawing.list_what_it_touches(place.store, place.person, about)
        _draw_listing(listing)
        _ask_to_confirm(place, about, listed)


def _draw_listing(listing: ErasureListing) -> None:
    _draw_touched("Erasing touches", listing.touched)
    if listing.overlapping:
        _draw_lines(
            "Others' codings that reach into it; they stay", listing.overlapping
        )
    _draw_lines("What stays", listing.stays)
    _draw_reports(listing.reports)
    held = withdrawing.backups_in_words(listing.backups, listing.copies)
    if held:
        _draw_lines("Files that hold it too", held)


def _draw_touched(does: str, touched: Sequence[Touched]) -> None:
    if not touched:
        return
    lines = "".join(
        f"<li>{as_html(withdrawing.touched_in_words(one))}</li>" for one in touched
    )
    total = sum(one.count for one in touched)
    notices.draw(
        f'<section aria-label="What {as_html(does.lower())}"><p><strong>{does} '
        f"{total:,} things</strong></p><ul>{lines}</ul></section>"
    )


def _draw_reports(reports: Sequence[ReportMade]) -> None:
    """Files that left before cannot be reached; a person has to look for them."""
    if told := withdrawing.reports_in_words(reports):
        _draw_lines("Reports made before, which may hold it", told)


def _draw_lines(heading: str, lines: Sequence[str]) -> None:
    listed = "".join(f"<li>{as_html(one)}</li>" for one in lines)
    notices.draw(f"<p><strong>{as_html(heading)}</strong></p><ul>{listed}</ul>")


def _ask_to_confirm(place: Place, about: About, listed: str) -> None:
    with st.form(f"erase form {about.id}"):
        reason = _ask_reason("erase", about)
        typed = st.text_input(
            f"Type {as_label(about.label)} to confirm", key=f"typed {about.id}"
        )
        pressed = st.form_submit_button("Erase for good")
    if st.button("Leave it", key=f"leave {about.id}"):
        session.forget(listed)
        st.rerun()
    if not pressed:
        return
    if typed.strip() != about.label:
        notices.caution(
            "What was typed is not the name. Type it just as it stands. Nothing was "
            "erased."
        )
        return
    session.forget(listed)
    jobs.start_job(
        _job_of(place),
        "Erasing",
        partial(_erase, place, about, reason, typed),
    )
    st.rerun()


def _job_of(place: Place) -> str:
    return f"erase by {place.person.id}"


def _erase(
    place: Place,
    about: About,
    reason: Reason,
    typed: str,
    progress: withdrawing.Progress,
) -> tuple[list[str], bool]:
    erased = withdrawing.erase(
        place.store, place.person, about, reason, typed, progress=progress
    )
    return withdrawing.erased_in_words(erased, about), erased.is_overwritten


def _tell_erased() -> None:
    told = session.recall(_ERASED)
    if not told:
        return
    _draw_lines("Erased", told)
    place = session.place()
    if session.recall("file to clean", False) and st.button(
        "Clean the file", key="clean file"
    ):
        session.remember("file to clean", not place.store.erasures.overwrite_again())
        st.rerun()
    if st.button("I have read this", key="erased read"):
        session.forget(_ERASED)
        session.forget("file to clean")
        st.rerun()
