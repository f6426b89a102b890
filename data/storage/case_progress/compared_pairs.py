"""Which pairs may be compared, and what one person may read of another's work.

The rule stands here alone: a judge's verdicts and readings are read by nobody else
until two people are through with the pair, whoever asks and for whatever purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlmodel import Session, col, select

from data.case_progress import (
    ComparedPair,
    JudgesPlace,
    SavedVerdict,
)
from data.rights import Right
from data.storage.cases.judgement_rows import COMPARABLE
from data.storage.database import StudyDatabase, Writing, names_of_people, refuse
from data.tables import (
    ComparedPairRow,
    JudgementRow,
    ProgressJudgeRow,
    ProgressVerdictRow,
)
from matching.progress.verdicts import (
    AreaVerdict,
    PairKind,
    ProgressArea,
    ProgressVerdict,
)

TOGETHER = 3
"""The number of the place that holds what two judges settled."""


@contextmanager
def comparing_pair(
    database: StudyDatabase, actor_id: str, contemporary_id: str, historic_id: str
) -> Iterator[tuple[Writing, ComparedPairRow]]:
    """A change by a judge and the row of the pair it is about, in one transaction.

    Raises DataRefused without the right to judge, and unless the pair is locked and
    its files were opened.
    """
    with database.writing(actor_id, Right.JUDGE_PAIRS) as writing:
        yield writing, _ensure_pair(writing.session, contemporary_id, historic_id)


def find_pair(
    session: Session, contemporary_id: str, historic_id: str
) -> ComparedPairRow | None:
    """The row of a pair somebody began to compare, or nothing."""
    return session.exec(
        select(ComparedPairRow).where(
            ComparedPairRow.contemporary_id == contemporary_id,
            ComparedPairRow.historic_id == historic_id,
        )
    ).first()


def require_opened(session: Session, contemporary_id: str, historic_id: str) -> None:
    """Refuse a pair that is not locked, or whose files nobody has opened."""
    found = session.exec(
        select(JudgementRow.id).where(
            JudgementRow.contemporary_id == contemporary_id,
            JudgementRow.historic_id == historic_id,
            col(JudgementRow.suitability).in_(COMPARABLE),
            col(JudgementRow.judge_number).is_not(None),
            col(JudgementRow.locked_at).is_not(None),
            col(JudgementRow.opened_at).is_not(None),
        )
    ).first()
    if found is None:
        refuse(
            "What came after the referral is not open for these two cases.",
            "Compare progress",
            "Judge the pair first and open both files. Nothing was saved.",
        )


def are_both_through(session: Session, pair_id: str) -> bool:
    """Whether two people have finished judging the pair."""
    return _are_through(standing_places(session, [pair_id]))


def standing_places(
    session: Session, pair_ids: Iterable[str]
) -> list[ProgressJudgeRow]:
    """The places that stand at these pairs, in the order of their numbers."""
    return list(
        session.exec(
            select(ProgressJudgeRow)
            .where(
                col(ProgressJudgeRow.pair_id).in_(list(pair_ids)),
                col(ProgressJudgeRow.judge_number).is_not(None),
            )
            .order_by(col(ProgressJudgeRow.judge_number))
        )
    )


def read_pairs(
    session: Session, rows: Iterable[ComparedPairRow], reader_id: str
) -> list[ComparedPair]:
    """The pairs as one person may read them; '' stands for a report, which is nobody.

    Until both judges are through only one's own verdicts are read from the database at
    all.
    """
    found = list(rows)
    people = names_of_people(session)
    places: dict[str, list[ProgressJudgeRow]] = {row.id: [] for row in found}
    for place in standing_places(session, places):
        places[place.pair_id].append(place)
    readable: list[ProgressJudgeRow] = []
    for of_pair in places.values():
        are_through = _are_through(of_pair)
        readable += [p for p in of_pair if are_through or p.judge_id == reader_id]
    verdicts = _verdicts(session, readable, people)
    pairs = []
    for row in found:
        values = [_place(p, people, verdicts.get(p.id)) for p in places[row.id]]
        pairs.append(
            ComparedPair(
                row.contemporary_id,
                row.historic_id,
                PairKind(row.kind),
                tuple(one for one in values if one.number != TOGETHER),
                next((one for one in values if one.number == TOGETHER), None),
            )
        )
    return pairs


def _ensure_pair(
    session: Session, contemporary_id: str, historic_id: str
) -> ComparedPairRow:
    """The row of a pair, made where nobody began to compare it yet."""
    require_opened(session, contemporary_id, historic_id)
    row = find_pair(session, contemporary_id, historic_id)
    if row is None:
        row = ComparedPairRow(
            contemporary_id=contemporary_id,
            historic_id=historic_id,
            kind=PairKind.BETWEEN_CASES.value,
        )
        session.add(row)
        session.flush()
    return row


def _are_through(places: Iterable[ProgressJudgeRow]) -> bool:
    """Whether both judges of a pair have finished; what they settled does not count."""
    return sum(p.judge_number != TOGETHER and bool(p.finished_at) for p in places) == 2


def _verdicts(
    session: Session, places: Iterable[ProgressJudgeRow], people: Mapping[str, str]
) -> dict[str, dict[ProgressArea, SavedVerdict]]:
    found: dict[str, dict[ProgressArea, SavedVerdict]] = {p.id: {} for p in places}
    if not found:
        return found
    for row in session.exec(
        select(ProgressVerdictRow).where(
            col(ProgressVerdictRow.place_id).in_(list(found))
        )
    ):
        area = ProgressArea(row.area)
        found[row.place_id][area] = SavedVerdict(
            AreaVerdict(area, ProgressVerdict(row.verdict), row.reason),
            people[row.saved_by],
            row.saved_at,
            row.version,
        )
    return found


def _place(
    row: ProgressJudgeRow,
    people: Mapping[str, str],
    verdicts: Mapping[ProgressArea, SavedVerdict] | None,
) -> JudgesPlace:
    return JudgesPlace(
        row.judge_number or 0,
        row.judge_id,
        people[row.judge_id],
        row.was_era_shown,
        row.begun_at,
        row.finished_at,
        verdicts,
    )
