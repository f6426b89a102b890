"""Words of somebody heard among others, set aside from the sources and put back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select, update
from sqlmodel import Session, col

from coding.coded_segments import Segment
from coding.transcripts import Turn, text_hash
from coding.withdrawing.withdrawn_words import blanked, with_words
from data.storage.coding_desk.changes import forget_changes
from data.storage.database import refuse
from data.storage.finding.turn_index import forget_turns, index_turns
from data.storage.people_rights.withdrawn import people_heard, withdrawn_sources
from data.tables import SourceRow, SpeakerRow, TurnRow, WithdrawnWordsRow


def sources_alone_and_shared(
    session: Session, participant_id: str
) -> tuple[list[str], list[str]]:
    """The sources in which nobody but a participant is heard, and those with others."""
    heard = people_heard(session, {participant_id})
    alone = [one for one, people in heard.items() if people == {participant_id}]
    return alone, [one for one in heard if one not in alone]


def places_of(session: Session, source_id: str, participant_id: str) -> list[Segment]:
    """Where a participant's turns stand in a source, in order."""
    labels = select(col(SpeakerRow.label)).where(
        col(SpeakerRow.source_id) == source_id,
        col(SpeakerRow.participant_id) == participant_id,
        col(SpeakerRow.is_interviewer).is_(False),
    )
    rows = session.execute(
        select(col(TurnRow.start), col(TurnRow.end))
        .where(col(TurnRow.source_id) == source_id, col(TurnRow.speaker).in_(labels))
        .order_by(col(TurnRow.start))
    )
    return [Segment(start, end) for start, end in rows if start < end]


def set_aside(
    session: Session, withdrawal_id: str, participant_id: str, source_ids: Iterable[str]
) -> None:
    """Move a participant's words out of these sources, blanks in their place."""
    for source_id in source_ids:
        row = session.get_one(SourceRow, source_id)
        places = places_of(session, source_id, participant_id)
        session.add_all(
            WithdrawnWordsRow(
                withdrawal_id=withdrawal_id,
                source_id=source_id,
                start=place.start,
                end=place.end,
                words=words,
            )
            for place in places
            if (words := place.quotation(row.text)).strip()
        )
        replace_words(session, source_id, blanked(row.text, places))


def put_back(session: Session, withdrawal_id: str) -> None:
    """Put the words of a withdrawal back where they stood.

    Refused where something else stands there now.
    """
    rows = session.scalars(
        select(WithdrawnWordsRow).where(
            col(WithdrawnWordsRow.withdrawal_id) == withdrawal_id
        )
    ).all()
    by_source: dict[str, list[WithdrawnWordsRow]] = {}
    for row in rows:
        by_source.setdefault(row.source_id, []).append(row)
    for source_id, aside in by_source.items():
        source = session.get_one(SourceRow, source_id)
        text = source.text
        for row in aside:
            try:
                text = with_words(text, Segment(row.start, row.end), row.words)
            except ValueError:
                refuse(
                    "The transcript was changed where these words stood.",
                    source.name,
                    "Restore it from a backup made before. Nothing was changed.",
                )
            session.delete(row)
        session.flush()
        replace_words(session, source_id, text)


def replace_words(session: Session, source_id: str, text: str) -> None:
    """Keep a text of the same length with its seal; what could be undone ends."""
    turns = _turns(session, source_id)
    session.execute(
        update(SourceRow)
        .where(col(SourceRow.id) == source_id)
        .values(
            text=text,
            text_sha256=text_hash(text),
            word_count=sum(len(text[t.start : t.end].split()) for t in turns),
            revision=col(SourceRow.revision) + 1,
        )
        .execution_options(synchronize_session=False)
    )
    forget_changes(session, source_id)
    session.expire_all()


def refresh_index(session: Session, source_ids: Iterable[str]) -> None:
    """Let each source be found by the words it now has, or by none where withdrawn."""
    out = withdrawn_sources(session)
    for source_id in source_ids:
        if source_id in out:
            forget_turns(session, source_id)
            continue
        text = session.get_one(SourceRow, source_id).text
        index_turns(session, source_id, text, _turns(session, source_id))


def words_aside_in(session: Session, source_ids: Sequence[str]) -> Mapping[str, int]:
    """How many turns' words are set aside in each of these sources that has some."""
    counts: dict[str, int] = {}
    for source_id in session.scalars(
        select(col(WithdrawnWordsRow.source_id)).where(
            col(WithdrawnWordsRow.source_id).in_(source_ids)
        )
    ):
        counts[source_id] = counts.get(source_id, 0) + 1
    return counts


def _turns(session: Session, source_id: str) -> list[Turn]:
    rows = session.scalars(
        select(TurnRow)
        .where(col(TurnRow.source_id) == source_id)
        .order_by(col(TurnRow.number))
    )
    return [Turn(t.number, t.start, t.end, t.speaker, t.time) for t in rows]
