"""Themes as evidence: who speaks about one, who does not and who may, by wave."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from data.storage.codebook.code_history import merged_away
from data.storage.coders.blind_passes import (
    readable_codings,
    settled_codings,
    sources_being_coded_blind,
)
from data.storage.evidence.evidence_records import StateNow
from data.storage.people_rights.withdrawn import (
    withdrawn_participants,
    withdrawn_sources,
)
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    SourceRow,
    SpeakerRow,
    TurnRow,
    WaveRow,
)

NO_WAVE = "No wave"


def themes_now(
    session: Session, ids: Sequence[str], _reader_id: str | None
) -> dict[str, StateNow]:
    """How themes, or codes, stand with everything coded under them.

    People are counted as the study counts them: what coders agreed on, without what
    was withdrawn or is being coded blind. Beside those who speak of it in a wave stand
    those who do not, and those of whom that is not known, because something of theirs
    is not coded. One that was merged stands as the code it was merged into, and says
    so; another out of use is left out.
    """
    codes = {row.id: row for row in session.scalars(select(CodeRow))}
    merged = merged_away(session)
    took_part = _people_by_wave(session)
    unknown = _people_not_coded(session)
    found = {}
    for one in ids:
        was = row = codes.get(one)
        if one in merged:
            row = codes[merged[one]]
        if was is None or row is None or row.is_retired:
            continue
        name = row.name if row is was else f"{row.name} ({was.name} was merged into it)"
        under = _with_codes_under(row.id, codes.values())
        speak = _people_coded(session, under)
        everybody = set().union(*took_part.values()) if took_part else set()
        saying = set().union(*speak.values()) if speak else set()
        said = [
            _wave_in_words(
                wave, people, speak.get(wave, set()), unknown.get(wave, set())
            )
            for wave, people in took_part.items()
        ]
        total = f"{len(saying & everybody)} of {len(everybody)} people"
        found[one] = StateNow(
            name,
            "; ".join([total, *said]),
            place_id=row.id,
            code_id=row.id,
            kept={"value": total},
        )
    return found


def _wave_in_words(
    wave: str, people: set[str], speak: set[str], unknown: set[str]
) -> str:
    silent = people - speak
    said = (
        f"{wave}: {len(people & speak)} of {len(people)} speak about it, "
        f"{len(silent - unknown)} do not"
    )
    not_known = len(silent & unknown)
    return f"{said}, {not_known} not known yet" if not_known else said


def who_speaks_of(session: Session, code_id: str) -> dict[str, set[str]]:
    """Who speaks about a theme, or a code, by wave, as participants' ids."""
    codes = session.scalars(select(CodeRow)).all()
    return _people_coded(session, _with_codes_under(code_id, codes))


def _with_codes_under(code_id: str, codes: Collection[CodeRow]) -> set[str]:
    under = {code_id}
    while more := {c.id for c in codes if c.parent_id in under} - under:
        under |= more
    return under


def _people_by_wave(session: Session) -> dict[str, set[str]]:
    """Who took part in each wave, by participant's id, the waves in their order."""
    left_out = withdrawn_sources(session) | sources_being_coded_blind(session)
    return _people_in(session, left_out)


def _people_not_coded(session: Session) -> dict[str, set[str]]:
    """Who is heard in each wave in a source that nothing is coded in yet."""
    query = select(col(CodedSegmentRow.source_id)).where(
        readable_codings(session, None)
    )
    coded = set(session.scalars(query.distinct()))
    return _people_in(session, coded | withdrawn_sources(session))


def _people_in(session: Session, left_out: Collection[str]) -> dict[str, set[str]]:
    gone = withdrawn_participants(session)
    rows = session.execute(
        select(col(SpeakerRow.participant_id), col(WaveRow.name), col(SourceRow.id))
        .join(SourceRow, col(SourceRow.id) == col(SpeakerRow.source_id))
        .join(WaveRow, col(WaveRow.id) == col(SourceRow.wave_id), isouter=True)
        .where(
            col(SpeakerRow.participant_id).is_not(None),
            col(SpeakerRow.is_interviewer).is_(False),
        )
        .order_by(col(WaveRow.position).nulls_last())
    )
    found: dict[str, set[str]] = {}
    for person, wave, source in rows:
        if source not in left_out and person not in gone:
            found.setdefault(wave or NO_WAVE, set()).add(person)
    return found


def _people_coded(session: Session, code_ids: Collection[str]) -> dict[str, set[str]]:
    """Who speaks in a passage under these codes, by wave."""
    rows = session.execute(
        select(col(SpeakerRow.participant_id), col(WaveRow.name))
        .select_from(CodedSegmentRow)
        .join(SourceRow, col(SourceRow.id) == col(CodedSegmentRow.source_id))
        .join(WaveRow, col(WaveRow.id) == col(SourceRow.wave_id), isouter=True)
        .join(
            TurnRow,
            (col(TurnRow.source_id) == col(CodedSegmentRow.source_id))
            & (col(TurnRow.start) < col(CodedSegmentRow.end))
            & (col(TurnRow.end) > col(CodedSegmentRow.start)),
        )
        .join(
            SpeakerRow,
            (col(SpeakerRow.source_id) == col(TurnRow.source_id))
            & (col(SpeakerRow.label) == col(TurnRow.speaker)),
        )
        .where(
            col(CodedSegmentRow.code_id).in_(list(code_ids)),
            col(SpeakerRow.participant_id).is_not(None),
            settled_codings(session),
        )
    )
    found: dict[str, set[str]] = {}
    for person, wave in rows:
        found.setdefault(wave or NO_WAVE, set()).add(person)
    return found
