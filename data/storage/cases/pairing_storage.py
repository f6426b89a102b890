"""Storing pairings: candidates as they were shown, the unpaired, account, balance."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from data.pairings import (
    CaseToJudge,
    ListedCandidate,
    SavedPairing,
    UnpairedContemporary,
)
from data.rights import Right
from data.storage.cases.candidate_reading import listed_candidates
from data.storage.cases.judgement_rows import accepted_pairs, standing_judgements
from data.storage.database import StudyDatabase, insert_rows, refuse
from data.storage.judges.queue_reading import read_queue
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.tables import (
    CandidateRow,
    CaseRow,
    PairingRow,
    PairRow,
    PersonRow,
    PlanRow,
    UnpairedCaseRow,
)
from matching.pairing import Pair, Pairing

_NO_PAIRS: Mapping[str, str] = MappingProxyType({})


class PairingStorage:
    """Reads and saves pairings."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(
        self,
        actor_id: str,
        plan_id: str,
        pairing: Pairing,
        *,
        account: Mapping[str, Any],
        accepted: Mapping[str, str] = _NO_PAIRS,
    ) -> SavedPairing:
        """The pairing under its number, with everything as it will be shown.

        ``account`` must be writable as JSON. ``accepted`` are the accepted pairs the
        pairing keeps, historic by contemporary reference. Raises DataRefused where
        others are accepted by now: a pairing built on old ones would undo a judgement.
        """
        with self._database.writing(actor_id, Right.SET_PLAN) as writing:
            session = writing.session
            if session.get(PlanRow, plan_id) is None:
                refuse(
                    "The plan of this pairing is not in the study.",
                    "Find matches",
                    "Save the plan first. Nothing was saved.",
                )
            if accepted_pairs(standing_judgements(session)) != dict(accepted):
                refuse(
                    "A pair was judged while matches were being found.",
                    "Find matches",
                    "Find matches again. Nothing was saved.",
                )
            last = session.exec(select(func.max(PairingRow.number))).one()
            row = PairingRow(
                number=(last or 0) + 1,
                plan_id=plan_id,
                account=dict(account),
                balance=[asdict(line) for line in pairing.balance],
                run_by=actor_id,
            )
            session.add(row)
            session.flush()
            ids = dict(session.exec(select(CaseRow.reference, CaseRow.id)).all())
            insert_rows(session, CandidateRow, _candidate_rows(row.id, pairing, ids))
            insert_rows(session, PairRow, _pair_rows(row.id, pairing, ids))
            insert_rows(session, UnpairedCaseRow, _unpaired_rows(row.id, pairing, ids))
            writing.record(
                "matches found",
                "pairing",
                row.id,
                number=row.number,
                pairs=len(pairing.pairs),
                candidates=len(pairing.candidates),
                unpaired=len(pairing.unpaired),
            )
            return _saved(session, row)

    def latest(self) -> SavedPairing | None:
        """The pairing run last, or nothing."""
        with self._database.reading() as session:
            row = _latest(session)
            return _saved(session, row) if row else None

    def find(self, pairing_id: str) -> SavedPairing | None:
        """The pairing of that id, or nothing."""
        with self._database.reading() as session:
            row = session.get(PairingRow, pairing_id)
            return _saved(session, row) if row else None

    def queue(self) -> list[CaseToJudge]:
        """Every contemporary case of the newest pairing, in the order of the cases."""
        with self._database.reading() as session:
            return read_queue(session)

    def candidates(
        self, pairing_id: str, contemporary_id: str
    ) -> list[ListedCandidate]:
        """The candidates of one contemporary case as listed, closest first."""
        with self._database.reading() as session:
            return listed_candidates(session, pairing_id, contemporary_id)

    def pairs(self, pairing_id: str) -> list[Pair]:
        """The pairs the plan chose, by reference, in the order of the cases."""
        historic = aliased(CaseRow)
        with self._database.reading() as session:
            rows = session.exec(
                select(CaseRow.reference, historic.reference, PairRow.distance)
                .select_from(PairRow)
                .join(CaseRow, col(CaseRow.id) == col(PairRow.contemporary_id))
                .join(historic, col(historic.id) == col(PairRow.historic_id))
                .where(
                    PairRow.pairing_id == pairing_id,
                    col(PairRow.contemporary_id).not_in(withdrawn_cases(session)),
                    col(PairRow.historic_id).not_in(withdrawn_cases(session)),
                )
                .order_by(col(CaseRow.position), col(PairRow.distance))
            )
            return [
                Pair(one, other, math.nan if distance is None else distance)
                for one, other, distance in rows
            ]

    def plans_choice(self, pairing_id: str, contemporary_id: str) -> list[str]:
        """The references of the historic cases the plan chose for one case."""
        with self._database.reading() as session:
            rows = session.exec(
                select(CaseRow.reference)
                .join(PairRow, col(PairRow.historic_id) == col(CaseRow.id))
                .where(
                    PairRow.pairing_id == pairing_id,
                    PairRow.contemporary_id == contemporary_id,
                )
            )
            return list(rows)

    def unpaired(self, pairing_id: str) -> list[UnpairedContemporary]:
        """The contemporary cases a pairing left without partner, with the reason."""
        with self._database.reading() as session:
            rows = session.exec(
                select(UnpairedCaseRow, CaseRow.reference)
                .join(CaseRow, col(CaseRow.id) == col(UnpairedCaseRow.contemporary_id))
                .where(
                    UnpairedCaseRow.pairing_id == pairing_id,
                    col(CaseRow.id).not_in(withdrawn_cases(session)),
                )
                .order_by(col(CaseRow.position))
            )
            return [
                UnpairedContemporary(
                    row.contemporary_id,
                    reference,
                    row.reason,
                    row.nearest_reference,
                    row.nearest_distance,
                    row.ruled_out_by,
                )
                for row, reference in rows
            ]


def _latest(session: Session) -> PairingRow | None:
    query = select(PairingRow).order_by(col(PairingRow.number).desc()).limit(1)
    return session.exec(query).first()


def _saved(session: Session, row: PairingRow) -> SavedPairing:
    plan = session.get(PlanRow, row.plan_id)
    person = session.get(PersonRow, row.run_by)
    return SavedPairing(
        row.id,
        row.number,
        row.plan_id,
        plan.number if plan else 0,
        row.account,
        tuple(row.balance),
        person.name if person else "",
        row.run_at,
    )


def _candidate_rows(
    pairing_id: str, pairing: Pairing, ids: Mapping[str, str]
) -> list[dict[str, Any]]:
    chosen = {(pair.contemporary_id, pair.historic_id) for pair in pairing.pairs}
    return [
        {
            "pairing_id": pairing_id,
            "contemporary_id": ids[one.contemporary_id],
            "rank": one.rank,
            "historic_id": ids[one.historic_id],
            "distance": one.distance,
            "is_tied": one.is_tied,
            "days_earlier": one.days_earlier,
            "narrative_likeness": one.narrative_likeness,
            "comparisons": [
                {
                    "covariate": line.covariate,
                    "relation": line.relation.value,
                    "contemporary": line.contemporary_value,
                    "historic": line.historic_value,
                    "share": line.share if math.isfinite(line.share) else None,
                }
                for line in one.comparisons
            ],
            "is_chosen_by_plan": (one.contemporary_id, one.historic_id) in chosen,
        }
        for one in pairing.candidates
    ]


def _pair_rows(
    pairing_id: str, pairing: Pairing, ids: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "pairing_id": pairing_id,
            "contemporary_id": ids[pair.contemporary_id],
            "historic_id": ids[pair.historic_id],
            "distance": pair.distance if math.isfinite(pair.distance) else None,
        }
        for pair in pairing.pairs
    ]


def _unpaired_rows(
    pairing_id: str, pairing: Pairing, ids: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "pairing_id": pairing_id,
            "contemporary_id": ids[one.contemporary_id],
            "reason": one.reason,
            "nearest_reference": one.nearest_id,
            "nearest_distance": one.nearest_distance,
            "ruled_out_by": one.ruled_out_by,
        }
        for one in pairing.unpaired
    ]
