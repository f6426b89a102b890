"""What stands withdrawn, as conditions that keep it out of what is analysed.

A source leaves analysis when it is withdrawn itself, or when all who are heard in it
are. Of somebody heard among others the words are set aside, and codings that lie
wholly in them are left out.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, exists, select, true
from sqlmodel import Session, col

from data.people_rights.consent import Answer, Use
from data.people_rights.withdrawal import Kind
from data.tables import (
    CodedSegmentRow,
    ConsentRow,
    SpeakerRow,
    SuggestionRow,
    WithdrawalRow,
    WithdrawnWordsRow,
)


def withdrawn_ids(session: Session, kind: Kind) -> set[str]:
    """The ids of the participants, sources or cases that stand withdrawn by name."""
    return set(
        session.scalars(
            select(col(WithdrawalRow.about_id)).where(
                col(WithdrawalRow.about_kind) == kind.value,
                col(WithdrawalRow.standing).is_not(None),
            )
        )
    )


def withdrawn_participants(session: Session) -> set[str]:
    """The participants, by id, who stand withdrawn."""
    return withdrawn_ids(session, Kind.PARTICIPANT)


def withdrawn_cases(session: Session) -> set[str]:
    """The cases, by id, that stand withdrawn."""
    return withdrawn_ids(session, Kind.CASE)


def withdrawn_sources(session: Session) -> set[str]:
    """The sources, by id, that are out of analysis as a whole."""
    # Asked for every coding, so both kinds are one question.
    standing = session.execute(
        select(col(WithdrawalRow.about_kind), col(WithdrawalRow.about_id)).where(
            col(WithdrawalRow.standing).is_not(None),
            col(WithdrawalRow.about_kind) != Kind.CASE.value,
        )
    ).all()
    gone = {one for kind, one in standing if kind == Kind.SOURCE.value}
    people = {one for kind, one in standing if kind == Kind.PARTICIPANT.value}
    if people:
        gone |= {
            source
            for source, heard in people_heard(session, people).items()
            if heard <= people
        }
    return gone


def people_heard(session: Session, participant_ids: set[str]) -> dict[str, set[str]]:
    """Who is heard, by participant's id, in each source that any of these speaks in.

    Interviewers aside; "" stands for all labels that are mapped to nobody.
    """
    theirs = select(col(SpeakerRow.source_id)).where(
        col(SpeakerRow.participant_id).in_(participant_ids),
        col(SpeakerRow.is_interviewer).is_(False),
    )
    heard: dict[str, set[str]] = defaultdict(set)
    for source, participant in session.execute(
        select(col(SpeakerRow.source_id), col(SpeakerRow.participant_id)).where(
            col(SpeakerRow.is_interviewer).is_(False),
            col(SpeakerRow.source_id).in_(theirs),
        )
    ):
        heard[source].add(participant or "")
    return dict(heard)


def codings_in_analysis(session: Session) -> ColumnElement[bool]:
    """The condition that keeps out codings of what stands withdrawn."""
    return _in_analysis(session, CodedSegmentRow)


def suggestions_in_analysis(session: Session) -> ColumnElement[bool]:
    """The condition that keeps out suggestions for what stands withdrawn."""
    return _in_analysis(session, SuggestionRow)


def _in_analysis(
    session: Session, table: type[CodedSegmentRow | SuggestionRow]
) -> ColumnElement[bool]:
    if session.scalar(select(_something_stands())) is not True:
        return true()
    aside = exists().where(
        col(WithdrawnWordsRow.source_id) == col(table.source_id),
        col(WithdrawnWordsRow.start) <= col(table.start),
        col(WithdrawnWordsRow.end) >= col(table.end),
    )
    return col(table.source_id).not_in(withdrawn_sources(session)) & ~aside


def _something_stands() -> ColumnElement[bool]:
    return exists().where(
        col(WithdrawalRow.standing).is_not(None),
        col(WithdrawalRow.about_kind) != Kind.CASE.value,
    )


def not_to_be_quoted(session: Session) -> set[str]:
    """The participants, by id, who said that they may not be quoted."""
    standing = select(col(ConsentRow.participant_id), col(ConsentRow.answers)).where(
        col(ConsentRow.standing).is_not(None)
    )
    return {
        participant
        for participant, answers in session.execute(standing)
        if answers.get(Use.QUOTATION.value) == Answer.NO.value
    }
