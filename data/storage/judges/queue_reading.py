"""The queue of cases to judge, and where each stands for one person.

What a case is to a person decides what of it they may be given; that is said here and
nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from coding.study import Person
from data.judging import GivenAs, JudgingStands, SupervisionStep
from data.pairings import CaseToJudge, SavedJudgement, Stage
from data.rights import Right, may
from data.storage.cases.choosable_cases import newest_pairing
from data.storage.cases.judgement_rows import saved_judgements
from data.storage.judges.interests import declared_by
from data.storage.judges.locking import judging_setting
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.tables import (
    CandidateRow,
    CaseReadAloneRow,
    CaseRow,
    JudgementRow,
    ListSeenRow,
    PersonRow,
    SupervisionRow,
    UnpairedCaseRow,
)

READ_ALONE = (
    "its file was read to compare it with itself, so nobody can judge it unknowing"
)
"""Why a case that was read alone before it was judged is judged no more."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Who saw the list of a case in order, the first of them first, as id and name."""

    people: tuple[tuple[str, str], ...] = ()

    def by(self, person: Person) -> bool:
        return any(one == person.id for one, _ in self.people)

    @property
    def first(self) -> str:
        return self.people[0][1] if self.people else ""


def read_queue(session: Session, person: Person | None = None) -> list[CaseToJudge]:
    """Every contemporary case of the newest pairing, in the order of the cases.

    With a person, each case says where it stands for them; without one, only whether
    it is judged. Cases between their two judges stay listed whatever was found since.
    """
    pairing_id = newest_pairing(session)
    if not pairing_id:
        return []
    out = withdrawn_cases(session)
    listed = dict(
        session.exec(
            select(CandidateRow.contemporary_id, func.count())
            .where(
                CandidateRow.pairing_id == pairing_id,
                col(CandidateRow.historic_id).not_in(out),
            )
            .group_by(CandidateRow.contemporary_id)
        ).all()
    )
    reasons = dict(
        session.exec(
            select(UnpairedCaseRow.contemporary_id, UnpairedCaseRow.reason).where(
                UnpairedCaseRow.pairing_id == pairing_id
            )
        ).all()
    )
    readings = _readings(session)
    through = {
        case: locked
        for case, rows in readings.items()
        if (locked := next((one for one in rows.values() if one.locked_at), None))
    }
    for case, rows in readings.items():
        if case not in through and GivenAs.FIRST in rows:
            listed[case] = len(rows[GivenAs.FIRST].verdicts)
    for case in session.exec(select(CaseReadAloneRow.case_id)):
        if case in listed and case not in readings:
            # Whoever read what became of it cannot judge it unknowing.
            listed[case], reasons[case] = 0, READ_ALONE
    # Once, and not for each case: a study may hold thousands of both.
    wanted = {*listed, *reasons, *through}
    queue = [
        CaseToJudge(
            case_id,
            reference,
            listed.get(case_id, 0),
            reasons.get(case_id, ""),
            through.get(case_id),
        )
        for case_id, reference in session.exec(
            select(CaseRow.id, CaseRow.reference)
            .where(CaseRow.era == "contemporary")
            .order_by(col(CaseRow.position))
        )
        if case_id in wanted and case_id not in out
    ]
    return queue if person is None else _for_person(session, queue, person, readings)


def read_stands(session: Session) -> JudgingStands:
    """How many cases of the queue are decided, half judged, differing, unjudged."""
    readings = _readings(session)
    counts = dict.fromkeys(("decided", "half_judged", "differing", "unjudged"), 0)
    for case in read_queue(session):
        if case.judgement is not None:
            counts["decided"] += 1
        elif case.waits:
            given = len(readings.get(case.id, {}))
            counts[("unjudged", "half_judged", "differing")[min(given, 2)]] += 1
    return JudgingStands(**counts)


def hidden_from(session: Session, person: Person) -> set[str]:
    """The contemporary cases, by id, that a person may still have to judge blind.

    Of these nothing may reach them that tells rank, distance, the plan's choice or
    what another judge thought.
    """
    if not may(person.role, Right.JUDGE_PAIRS):
        return set()
    two = judging_setting(session).judges > 1
    readings, seen = _readings(session), _seen(session)
    hidden = set()
    for case in read_queue(session):
        rows = readings.get(case.id, {})
        is_open = case.waits and GivenAs.SECOND not in rows
        if is_open and (two or rows) and not seen.get(case.id, _Seen()).by(person):
            hidden.add(case.id)
    return hidden


def _for_person(
    session: Session,
    queue: list[CaseToJudge],
    person: Person,
    readings: Mapping[str, Mapping[int, SavedJudgement]],
) -> list[CaseToJudge]:
    two = judging_setting(session).judges > 1
    seen, declared = _seen(session), declared_by(session, person.id)
    own = {
        case: mine
        for case, rows in readings.items()
        if (mine := _own(rows, person)) is not None
    }
    words = _supervised(session, [one.id for one in own.values()])
    listed = []
    for case in queue:
        rows, sight = readings.get(case.id, {}), seen.get(case.id, _Seen())
        mine = own.get(case.id)
        stage = _stage(
            case, rows, sight, person, two=two, is_declared=case.id in declared
        )
        listed.append(
            CaseToJudge(
                case.id,
                case.reference,
                case.candidates,
                case.unpaired_because,
                case.judgement,
                stage,
                begun=not two or sight.by(person),
                begun_by=sight.first,
                own=mine,
                supervised=words.get(mine.id, "") if mine else "",
            )
        )
    return listed


def _stage(
    case: CaseToJudge,
    rows: Mapping[int, SavedJudgement],
    seen: _Seen,
    person: Person,
    *,
    two: bool,
    is_declared: bool,
) -> Stage:
    first, second = rows.get(GivenAs.FIRST), rows.get(GivenAs.SECOND)
    if case.judgement is not None:
        return Stage.THROUGH
    if not case.candidates:
        # Declared stays declared: a looser plan may list candidates for it.
        return Stage.NOT_YOURS if is_declared else Stage.NO_CANDIDATE
    if first is not None and second is not None:
        judges = {first.judge_id, second.judge_id}
        decides = person.id in judges or may(person.role, Right.SUPERVISE_JUDGEMENTS)
        return (
            Stage.RECONCILE if decides and not is_declared else Stage.BEING_RECONCILED
        )
    if not may(person.role, Right.JUDGE_PAIRS):
        return Stage.READS_ALONG
    if is_declared:
        return Stage.NOT_YOURS
    if first is None:
        begun_by_other = two and seen.people and not seen.by(person)
        return Stage.BEGUN_BY_OTHER if begun_by_other else Stage.FIRST
    if first.judge_id == person.id:
        return Stage.WAITS_FOR_SECOND
    return Stage.SAW_LIST if seen.by(person) else Stage.SECOND


def _own(rows: Mapping[int, SavedJudgement], person: Person) -> SavedJudgement | None:
    """The person's own reading before what they decided together with another."""
    ordered = sorted(rows.values(), key=lambda one: one.given_as)
    return next((one for one in ordered if person.id in one.judge_ids), None)


def _readings(session: Session) -> dict[str, dict[int, SavedJudgement]]:
    rows = session.exec(
        select(JudgementRow).where(col(JudgementRow.judge_number).is_not(None))
    ).all()
    found: dict[str, dict[int, SavedJudgement]] = {}
    for one in saved_judgements(session, rows):
        found.setdefault(one.contemporary_id, {})[one.given_as] = one
    return found


def _seen(session: Session) -> dict[str, _Seen]:
    rows = session.exec(
        select(ListSeenRow.contemporary_id, PersonRow.id, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(ListSeenRow.person_id))
        .order_by(col(ListSeenRow.seen_at))
    )
    found: dict[str, _Seen] = {}
    for case, person_id, name in rows:
        before = found.get(case, _Seen()).people
        found[case] = _Seen((*before, (person_id, name)))
    return found


def _supervised(session: Session, judgement_ids: list[str]) -> dict[str, str]:
    """The last step of supervision of each judgement that changed where it stands."""
    rows = session.exec(
        select(SupervisionRow.judgement_id, SupervisionRow.step)
        .where(
            col(SupervisionRow.judgement_id).in_(judgement_ids),
            SupervisionRow.step != SupervisionStep.COMMENT.value,
        )
        .order_by(col(SupervisionRow.position))
    )
    return dict(rows.all())
