"""Storing by how many judges cases are judged, and giving each judge their list.

A second judge is blind: the list they are given here holds neither rank nor distance,
in an order shuffled from the plan's seed, and no other method gives them the first
judgement before both are through.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from data.importers.cases.plan_file import read_plan
from data.judging import (
    BlindCandidate,
    GivenAs,
    JudgingSetting,
    JudgingStands,
    ListToJudge,
)
from data.pairings import CaseToJudge, SavedJudgement, Stage
from data.rights import Right
from data.storage.cases.candidate_reading import listed_candidates
from data.storage.cases.choosable_cases import newest_pairing, not_choosable
from data.storage.cases.judgement_rows import saved_judgements
from data.storage.database import StudyDatabase, refuse, require_person
from data.storage.judges.interests import declared_by
from data.storage.judges.locking import judging_setting, readings_of, settle
from data.storage.judges.queue_reading import hidden_from, read_queue, read_stands
from data.tables import (
    CaseRow,
    JudgementRow,
    JudgingSettingRow,
    ListSeenRow,
    PairingRow,
    PersonRow,
    PlanRow,
)
from matching.judging.verdicts import blind_order


class JudgingStorage:
    """Reads and saves how cases are judged, and who may see what meanwhile."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    # By how many judges

    def setting(self) -> JudgingSetting:
        """By how many judges cases are judged; one where nobody set it."""
        with self._database.reading() as session:
            return judging_setting(session)

    def settings(self) -> list[JudgingSetting]:
        """Every setting there was, the oldest first; none where nobody set it."""
        with self._database.reading() as session:
            rows = session.exec(
                select(JudgingSettingRow, PersonRow.name)
                .join(PersonRow, col(PersonRow.id) == col(JudgingSettingRow.set_by))
                .order_by(col(JudgingSettingRow.number))
            )
            return [
                JudgingSetting(row.judges, row.number, name, row.set_at)
                for row, name in rows
            ]

    def set_judges(self, actor_id: str, judges: int, *, seen: int) -> JudgingSetting:
        """The setting from here on: one judge for a case, or two.

        ``seen`` is the number of the setting the person saw. Cases whose judges are
        through stay as they are. With one judge, a judgement that waited for a second
        decides its case. Raises DataRefused where the setting moved on meanwhile.
        """
        if judges not in (1, 2):
            raise ValueError("a case is judged by one person or by two")
        with self._database.writing(actor_id, Right.MANAGE_STUDY) as writing:
            session = writing.session
            before = judging_setting(session)
            if before.number != seen:
                refuse(
                    "Someone else changed this while you were looking at it.",
                    "How pairs are judged",
                    "Open the page again and look. Nothing was saved.",
                )
            session.add(
                JudgingSettingRow(
                    number=before.number + 1, judges=judges, set_by=actor_id
                )
            )
            session.flush()
            waiting = session.exec(
                select(JudgementRow.contemporary_id)
                .where(col(JudgementRow.judge_number).is_not(None))
                .distinct()
            ).all()
            for case in waiting:
                settle(session, case)
            writing.record(
                "judges set", "judging_setting", was=before.judges, judges=judges
            )
            return judging_setting(session)

    def stands(self) -> JudgingStands:
        """How many cases are decided, half judged, differing and unjudged."""
        with self._database.reading() as session:
            return read_stands(session)

    # What a judge is given

    def queue(self, actor_id: str) -> list[CaseToJudge]:
        """The queue of the newest pairing with where each case stands for a person."""
        with self._database.reading() as session:
            return read_queue(session, require_person(session, actor_id))

    def hidden_from(self, actor_id: str) -> set[str]:
        """The cases, by reference, of which a person may still be the blind judge."""
        with self._database.reading() as session:
            ids = hidden_from(session, require_person(session, actor_id))
            rows = session.exec(
                select(CaseRow.reference).where(col(CaseRow.id).in_(ids))
            )
            return set(rows)

    def begin(self, actor_id: str, contemporary_id: str) -> None:
        """Keep that a person sees the list of a case in order, as its first judge.

        From then on they cannot be its second judge. Raises DataRefused where the case
        is not theirs to begin.
        """
        with self._database.writing(actor_id, Right.JUDGE_PAIRS) as writing:
            session = writing.session
            person = require_person(session, actor_id)
            case = _in_queue(read_queue(session, person), contemporary_id)
            if case.stage not in (Stage.FIRST, Stage.BEGUN_BY_OTHER):
                refuse(
                    "This case is not yours to begin any longer.",
                    f"Case {case.reference}",
                    "Open it again. Nothing was saved.",
                )
            if session.get(ListSeenRow, (contemporary_id, actor_id)) is None:
                session.add(
                    ListSeenRow(contemporary_id=contemporary_id, person_id=actor_id)
                )
            writing.record("case begun", "case_to_judge", contemporary_id)

    def candidates(self, actor_id: str, contemporary_id: str) -> ListToJudge:
        """What a person is given of a case's candidates now; see :class:`ListToJudge`.

        Nothing for whoever has to begin the case first, has declared an interest in
        it, or waits for others.
        """
        with self._database.reading() as session:
            person = require_person(session, actor_id)
            case = _in_queue(read_queue(session, person), contemporary_id)
            declared = declared_by(session, actor_id)
            newest = newest_pairing(session)
            if case.stage is Stage.SECOND:
                first = readings_of(session, contemporary_id)[GivenAs.FIRST]
                return ListToJudge(
                    first.pairing_id, blind=tuple(_blind(session, first, declared))
                )
            if case.stage is Stage.READS_ALONG or (
                case.stage is Stage.FIRST and not case.must_begin
            ):
                listed = listed_candidates(session, newest, contemporary_id)
                return ListToJudge(
                    newest,
                    ranked=tuple(
                        replace(one, is_not_yours=one.historic_id in declared)
                        for one in listed
                    ),
                )
            return ListToJudge(newest)

    # What was judged

    def readings(self, actor_id: str, contemporary_id: str) -> list[SavedJudgement]:
        """The judgements of a case a person may read, in the order of their parts.

        All of them unless the person may still judge the case blind; a first judge
        whose second is at work has the own one alone.
        """
        with self._database.reading() as session:
            person = require_person(session, actor_id)
            if contemporary_id in hidden_from(session, person):
                return []
            rows = readings_of(session, contemporary_id)
            return saved_judgements(session, [rows[part] for part in sorted(rows)])

    def two_readings(self) -> list[tuple[SavedJudgement, SavedJudgement]]:
        """The first and the second reading of every case that has both, in the order
        of the cases; whether their difference was reconciled does not matter."""
        with self._database.reading() as session:
            rows = session.exec(
                select(JudgementRow)
                .join(CaseRow, col(CaseRow.id) == col(JudgementRow.contemporary_id))
                .where(
                    col(JudgementRow.judge_number).in_(
                        (GivenAs.FIRST.value, GivenAs.SECOND.value)
                    )
                )
                .order_by(col(CaseRow.position), col(JudgementRow.judge_number))
            ).all()
            saved = saved_judgements(session, rows)
        second = {o.contemporary_id: o for o in saved if o.given_as == GivenAs.SECOND}
        return [
            (one, second[one.contemporary_id])
            for one in saved
            if one.given_as == GivenAs.FIRST and one.contemporary_id in second
        ]


def _in_queue(queue: Sequence[CaseToJudge], contemporary_id: str) -> CaseToJudge:
    found = next((one for one in queue if one.id == contemporary_id), None)
    if found is None:
        refuse(
            "This case is not among those to be judged.",
            "Judge pairs",
            "Choose one in the list. Nothing was saved.",
        )
    return found


def _blind(
    session: Session, first: JudgementRow, declared: Collection[str]
) -> Iterable[BlindCandidate]:
    """The candidates the first judge was shown, in an order that tells nothing."""
    shown = {one for one, _ in saved_judgements(session, [first])[0].verdicts}
    listed = {
        one.historic_id: one
        for one in listed_candidates(session, first.pairing_id, first.contemporary_id)
        if one.historic_id in shown
    }
    toml = session.exec(
        select(PlanRow.toml)
        .join(PairingRow, col(PairingRow.plan_id) == col(PlanRow.id))
        .where(PairingRow.id == first.pairing_id)
    ).one()
    references = {one.candidate.historic_id: one for one in listed.values()}
    case = session.get_one(CaseRow, first.contemporary_id).reference
    shut_out = not_choosable(session, newest_pairing(session), listed)
    for reference in blind_order(references, seed=read_plan(toml).seed, case_id=case):
        one = references[reference]
        yield BlindCandidate(
            one.historic_id,
            reference,
            tuple(replace(c, share=math.nan) for c in one.candidate.comparisons),
            one.candidate.days_earlier,
            one.accepted_for,
            one.historic_id not in shut_out,
            one.historic_id in declared,
        )
