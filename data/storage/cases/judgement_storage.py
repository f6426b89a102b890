"""Storing judgements: a decision and its rationale, locked when saved.

A judgement can be taken back by its judge, with a reason, until later events and
outcomes of the pair were first read; what was taken back stays on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from data.pairings import SavedJudgement
from data.rights import Right
from data.storage.cases.choosable_cases import (
    already_opened,
    judged_first,
    most_uses,
    newest_pairing,
    used_up,
)
from data.storage.database import StudyDatabase, Writing, refuse
from data.tables import (
    CandidateRow,
    CaseRow,
    JudgementRow,
    PersonRow,
    now,
)
from matching.judging.judgement import Judgement, Suitability

COMPARABLE = tuple(one.value for one in Suitability if one.is_comparable)
"""What a judgement says of a partner that makes both a pair."""


class JudgementStorage:
    """Reads and saves judgements."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(
        self,
        actor_id: str,
        *,
        pairing_id: str,
        contemporary_id: str,
        historic_id: str = "",
        suitability: Suitability,
        rationale: str,
        seconds_taken: int | None = None,
    ) -> SavedJudgement:
        """The judgement, saved and locked.

        The partner must be listed for the case in the newest pairing, free under the
        plan, and its file never opened. Raises MatchingRefused without a rationale,
        DataRefused for a case judged already and where the matches were found anew
        meanwhile.
        """
        with self._database.writing(actor_id, Right.JUDGE_PAIRS) as writing:
            session = writing.session
            _require_newest(session, pairing_id)
            _require_unjudged(session, contemporary_id)
            rank = _rank_of(session, pairing_id, contemporary_id, historic_id)
            _require_sound(
                writing, contemporary_id, historic_id, suitability, rationale
            )
            moment = now()
            row = JudgementRow(
                pairing_id=pairing_id,
                contemporary_id=contemporary_id,
                historic_id=historic_id or None,
                judge_number=1,
                suitability=suitability.value,
                rationale=rationale.strip(),
                rank_of_chosen=rank,
                seconds_taken=seconds_taken,
                judge_id=actor_id,
                judged_at=moment,
                # With a single judge the first judgement locks the pair.
                locked_at=moment,
            )
            session.add(row)
            session.flush()
            writing.record(
                "case judged",
                "judgement",
                row.id,
                suitability=suitability.value,
                rank=rank,
                seconds=seconds_taken,
            )
            return _judgements(session, [row])[0]

    def take_back(self, actor_id: str, judgement_id: str, reason: str) -> None:
        """Let the case be judged anew; the judgement stays on record with the reason.

        Raises DataRefused for anyone but its judge, without a reason, and once what
        came later was read.
        """
        with self._database.writing(actor_id, Right.JUDGE_PAIRS) as writing:
            row = writing.session.get(JudgementRow, judgement_id)
            if row is None or row.judge_number is None:
                refuse(
                    "This judgement does not stand any longer.",
                    "Your judgement",
                    "Open the case again. Nothing was saved.",
                )
            _require_own_and_unread(writing, row)
            if not reason.strip():
                refuse(
                    "It is not said why the judgement is taken back.",
                    "Why take it back?",
                    "Write a few words; they stay with the record. Nothing was saved.",
                )
            row.judge_number = None
            row.locked_at = None
            row.taken_back_at = now()
            row.taken_back_reason = reason.strip()
            row.version += 1
            writing.record("judgement taken back", "judgement", row.id)

    def to_judge_first(self, judgement_id: str) -> list[str]:
        """The cases, by reference, that must be judged before this pair's files open.

        They wait, and could still choose the same historic case. None for a pair whose
        files were opened, and where no partner was chosen.
        """
        with self._database.reading() as session:
            row = session.get(JudgementRow, judgement_id)
            if row is None or row.historic_id is None or row.opened_at is not None:
                return []
            return judged_first(session, [row.historic_id])

    def standing(self) -> list[SavedJudgement]:
        """The judgements that stand, in the order of the contemporary cases."""
        with self._database.reading() as session:
            return standing_judgements(session)

    def for_case(self, contemporary_id: str) -> SavedJudgement | None:
        """The judgement that stands for a contemporary case, or nothing."""
        with self._database.reading() as session:
            found = standing_judgements(session, contemporary_id)
            return found[0] if found else None

    def taken_back(self, contemporary_id: str) -> list[SavedJudgement]:
        """The judgements of a case that were taken back, the oldest first."""
        with self._database.reading() as session:
            rows = session.exec(
                select(JudgementRow)
                .where(
                    JudgementRow.contemporary_id == contemporary_id,
                    col(JudgementRow.judge_number).is_(None),
                )
                .order_by(col(JudgementRow.judged_at))
            ).all()
            return _judgements(session, list(rows))


def standing_judgements(
    session: Session, contemporary_id: str | None = None
) -> list[SavedJudgement]:
    """The judgements that stand, in the order of the contemporary cases."""
    query = (
        select(JudgementRow)
        .join(CaseRow, col(CaseRow.id) == col(JudgementRow.contemporary_id))
        .where(col(JudgementRow.judge_number).is_not(None))
        .order_by(col(CaseRow.position))
    )
    if contemporary_id is not None:
        query = query.where(JudgementRow.contemporary_id == contemporary_id)
    return _judgements(session, list(session.exec(query)))


def accepted_pairs(judgements: Iterable[SavedJudgement]) -> dict[str, str]:
    """The historic case judges accepted for each contemporary one, by reference."""
    return {
        one.judgement.contemporary_id: one.judgement.historic_id
        for one in judgements
        if one.is_pair
    }


def accepted_elsewhere(
    session: Session, historic_ids: Sequence[str], contemporary_id: str
) -> dict[str, str]:
    """Which of these historic cases judges chose for another contemporary case: its
    reference by the id of the historic one."""
    rows = session.exec(
        select(JudgementRow.historic_id, CaseRow.reference)
        .join(CaseRow, col(CaseRow.id) == col(JudgementRow.contemporary_id))
        .where(
            col(JudgementRow.historic_id).in_(historic_ids),
            JudgementRow.contemporary_id != contemporary_id,
            col(JudgementRow.judge_number).is_not(None),
            col(JudgementRow.locked_at).is_not(None),
            col(JudgementRow.suitability).in_(COMPARABLE),
        )
        .order_by(col(CaseRow.position))
    )
    return {historic: reference for historic, reference in rows if historic}


def _judgements(session: Session, rows: list[JudgementRow]) -> list[SavedJudgement]:
    people = dict(session.exec(select(PersonRow.id, PersonRow.name)).all())
    wanted = {row.contemporary_id for row in rows}
    wanted |= {row.historic_id for row in rows if row.historic_id}
    references = dict(
        session.exec(
            select(CaseRow.id, CaseRow.reference).where(col(CaseRow.id).in_(wanted))
        ).all()
    )
    return [
        SavedJudgement(
            id=row.id,
            contemporary_id=row.contemporary_id,
            historic_id=row.historic_id or "",
            judgement=Judgement(
                references[row.contemporary_id],
                references.get(row.historic_id or "", ""),
                Suitability(row.suitability),
                row.rationale,
                people[row.judge_id],
                row.rank_of_chosen,
            ),
            judge_id=row.judge_id,
            judged_at=row.judged_at,
            pairing_id=row.pairing_id,
            seconds_taken=row.seconds_taken,
            locked_at=row.locked_at,
            opened_at=row.opened_at,
            taken_back_at=row.taken_back_at,
            taken_back_reason=row.taken_back_reason,
        )
        for row in rows
    ]


def _require_sound(
    writing: Writing,
    contemporary_id: str,
    historic_id: str,
    suitability: Suitability,
    rationale: str,
) -> None:
    """Let the judgement refuse to exist where something of it is missing."""
    contemporary = writing.session.get_one(CaseRow, contemporary_id)
    Judgement(
        contemporary.reference,
        historic_id,
        suitability,
        rationale,
        writing.actor.name if writing.actor else "",
    )


def _require_newest(session: Session, pairing_id: str) -> None:
    if newest_pairing(session) != pairing_id:
        refuse(
            "The matches were found anew while this case was open.",
            "Judge pairs",
            "Look at the new list, then decide. Nothing was saved.",
        )


def _require_unjudged(session: Session, contemporary_id: str) -> None:
    found = standing_judgements(session, contemporary_id)
    if found:
        refuse(
            f"This case was judged already, by {found[0].judgement.judge}.",
            f"Case {found[0].judgement.contemporary_id}",
            "Open it to read the judgement. Nothing was saved.",
        )


def _rank_of(
    session: Session, pairing_id: str, contemporary_id: str, historic_id: str
) -> int | None:
    """The rank the chosen case had in the list; refused where it had none."""
    listed = session.exec(
        select(CandidateRow.historic_id, CandidateRow.rank).where(
            CandidateRow.pairing_id == pairing_id,
            CandidateRow.contemporary_id == contemporary_id,
        )
    ).all()
    if not listed:
        refuse(
            "No historic case is listed for this case.",
            "Judge pairs",
            "Choose a case with candidates. Nothing was saved.",
        )
    if not historic_id:
        return None
    rank = dict(listed).get(historic_id)
    if rank is None:
        refuse(
            "The chosen case is not among those listed for this case.",
            "Your decision",
            "Choose one of the cases listed, or No suitable match. Nothing was saved.",
        )
    _require_free(session, pairing_id, historic_id)
    return rank


def _require_free(session: Session, pairing_id: str, historic_id: str) -> None:
    """Refuse a partner the plan lets no further case have, or whose file was opened."""
    if used_up(session, pairing_id, [historic_id]):
        most = most_uses(session, pairing_id)
        times = "once" if most == 1 else f"{most} times"
        refuse(
            "This historic case was already chosen for another contemporary case, and "
            f"the plan uses each at most {times}.",
            "Your decision",
            "Choose another, or change the plan and find matches again. "
            "Nothing was saved.",
        )
    if already_opened(session, [historic_id]):
        refuse(
            "What came later in this historic case has been read, so it can no longer "
            "be chosen without knowing how it ended.",
            "Your decision",
            "Choose another, or No suitable match. Nothing was saved.",
        )


def _require_own_and_unread(writing: Writing, row: JudgementRow) -> None:
    if writing.actor is None or row.judge_id != writing.actor.id:
        refuse(
            "Only the judge can take a judgement back.",
            "Your judgement",
            "Ask the person who judged the case. Nothing was saved.",
        )
    if row.opened_at is not None:
        refuse(
            "What came later has been read, so this judgement stands.",
            "Your judgement",
            "Write what you now think as a memo. Nothing was saved.",
        )
