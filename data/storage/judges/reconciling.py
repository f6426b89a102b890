"""Storing the decision that settles a case after both judges."""

from __future__ import annotations

from coding.study import Person
from data.judging import GivenAs
from data.pairings import SavedJudgement
from data.rights import Right, may
from data.storage.cases.judgement_checks import (
    rank_of,
    require_no_interest,
    require_sound,
)
from data.storage.cases.judgement_rows import saved_judgements
from data.storage.database import StudyDatabase, refuse, require_person
from data.storage.judges.locking import locked_of, readings_of, settle
from data.tables import JudgementRow, now
from matching.judging.judgement import Suitability


class ReconcilingStorage:
    """Saves reconciled decisions."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(
        self,
        actor_id: str,
        contemporary_id: str,
        *,
        historic_id: str = "",
        suitability: Suitability,
        rationale: str,
    ) -> SavedJudgement:
        """The decision that settles a case after both judges, saved and locked.

        It is a judgement of its own; both readings stay as they were given. One of the
        two judges saves it for both, or a supervisor who judged neither. Raises
        DataRefused while a judge is still at work, once the files were opened, and for
        anyone else; MatchingRefused without a rationale.
        """
        with self._database.reading() as session:
            judges = may(require_person(session, actor_id).role, Right.JUDGE_PAIRS)
        right = Right.JUDGE_PAIRS if judges else Right.SUPERVISE_JUDGEMENTS
        with self._database.writing(actor_id, right) as writing:
            session = writing.session
            rows = readings_of(session, contemporary_id)
            first, second = _both(rows)
            other = _other_judge(writing.actor, first, second)
            require_no_interest(session, actor_id, contemporary_id, historic_id)
            pairing_id = first.pairing_id
            rank = rank_of(session, pairing_id, contemporary_id, historic_id)
            require_sound(writing, contemporary_id, historic_id, suitability, rationale)
            row = JudgementRow(
                pairing_id=pairing_id,
                contemporary_id=contemporary_id,
                historic_id=historic_id or None,
                judge_number=GivenAs.RECONCILED,
                given_as=GivenAs.RECONCILED,
                suitability=suitability.value,
                rationale=rationale.strip(),
                rank_of_chosen=rank,
                judge_id=actor_id,
                agreed_with_id=other,
                judged_at=now(),
            )
            session.add(row)
            settle(session, contemporary_id)
            writing.record(
                "difference reconciled",
                "judgement",
                row.id,
                suitability=suitability.value,
                rank=rank,
                by="both judges" if other else "supervisor",
            )
            return saved_judgements(session, [row])[0]


def _both(rows: dict[int, JudgementRow]) -> tuple[JudgementRow, JudgementRow]:
    """Both readings of a case that may still be settled."""
    first, second = rows.get(GivenAs.FIRST), rows.get(GivenAs.SECOND)
    if first is None or second is None:
        refuse(
            "A judge is still at work on this case.",
            "Decide together",
            "Wait until both are through. Nothing was saved.",
        )
    if GivenAs.RECONCILED in rows:
        refuse(
            "This case was decided together already.",
            "Decide together",
            "Open it again to read the decision. Nothing was saved.",
        )
    locked = locked_of(rows.values())
    if locked is not None and locked.opened_at is not None:
        refuse(
            "What came later has been read, so the judgement stands.",
            "Decide together",
            "Write what you now think as a memo. Nothing was saved.",
        )
    return first, second


def _other_judge(
    actor: Person | None, first: JudgementRow, second: JudgementRow
) -> str | None:
    """The judge who decides with the actor; nothing where a supervisor decides."""
    assert actor is not None, "a right was checked for a person"
    judges = (first.judge_id, second.judge_id)
    if actor.id in judges:
        return judges[1] if actor.id == judges[0] else judges[0]
    if not may(actor.role, Right.SUPERVISE_JUDGEMENTS):
        refuse(
            "A difference is reconciled by its two judges or by a supervisor.",
            "Decide together",
            "Ask one of them. Nothing was saved.",
        )
    return None
