"""From which wave and whose side each piece of evidence for an outcome comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from data.figures.survey_toplines import Survey
from data.storage.evidence.evidence_records import Evidence, EvidenceKind
from data.storage.evidence.theme_evidence import who_speaks_of
from data.storage.outcomes.statement_records import Side
from data.tables import ParticipantRow, SourceRow, SurveyToplineRow, WaveRow

_ASKED = {Survey.STAFF: "Staff", Survey.SERVICE_USER: "Families"}


def sides_of(session: Session, evidence: Sequence[Evidence]) -> dict[str, Side]:
    """The side of each piece by its id; what holds nobody's voice is left out.

    A quotation has the wave of its source and the role of who speaks, a theme those of
    all who speak about it; a survey figure the wave of the survey, and staff or
    families for a role.
    """
    waves = dict(
        session.execute(
            select(col(SourceRow.id), col(WaveRow.name)).join(
                WaveRow, col(WaveRow.id) == col(SourceRow.wave_id)
            )
        ).all()
    )
    roles = dict(
        session.execute(select(col(ParticipantRow.id), col(ParticipantRow.role))).all()
    )
    asked = [one.thing_id for one in evidence if one.kind is EvidenceKind.SURVEY]
    surveys = {
        row.id: Side((f"{row.survey}, {row.wave}",), (_ASKED[Survey(row.survey)],))
        for row in session.scalars(
            select(SurveyToplineRow).where(col(SurveyToplineRow.id).in_(asked))
        )
    }
    found = {}
    for one in evidence:
        if one.kind is EvidenceKind.SURVEY:
            side = surveys.get(one.thing_id, Side())
        elif one.kind is EvidenceKind.THEME and one.now.kept is not None:
            speak = who_speaks_of(session, one.now.code_id)
            side = Side(
                tuple(speak),
                _sorted(roles.get(p, "") for people in speak.values() for p in people),
            )
        else:
            side = Side(
                _sorted([waves.get(one.now.source_id, "")]),
                _sorted(roles.get(person, "") for person in one.now.participant_ids),
            )
        if side != Side():
            found[one.id] = side
    return found


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names) - {""}))
