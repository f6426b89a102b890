"""Storing what two people say of a pair's progress, apart, and what they settle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from data.case_progress import ComparedPair, ComparedResult
from data.rights import Right, may
from data.storage.case_progress.compared_pairs import (
    TOGETHER,
    are_both_through,
    comparing_pair,
    find_pair,
    read_pairs,
    standing_places,
)
from data.storage.case_progress.comparison_storage import read_settings
from data.storage.case_progress.follow_up import common_days
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.tables import (
    CaseRow,
    ComparedPairRow,
    EarlierWordsRow,
    ProgressJudgeRow,
    ProgressVerdictRow,
    now,
)
from matching.progress.verdicts import AreaVerdict, ProgressArea, unseen_areas


class VerdictStorage:
    """Reads and saves verdicts on progress."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def pair(
        self, reader_id: str, contemporary_id: str, historic_id: str
    ) -> ComparedPair:
        """The comparison of one pair as a person may read it; an empty one at first.

        Another's verdicts are nothing until two people are through.
        """
        with self._database.reading() as session:
            row = find_pair(session, contemporary_id, historic_id)
            if row is None:
                return ComparedPair(contemporary_id, historic_id)
            return read_pairs(session, [row], reader_id)[0]

    def pairs(self, reader_id: str) -> list[ComparedPair]:
        """Every pair somebody began to compare, as a person may read it."""
        with self._database.reading() as session:
            rows = session.exec(select(ComparedPairRow).where(_in_analysis(session)))
            return read_pairs(session, rows, reader_id)

    def results(self) -> list[ComparedResult]:
        """The pairs two people are through with, in the order of the cases.

        The others are left out whole: no report tells of a pair that one person has
        still to judge.
        """
        with self._database.reading() as session:
            rows = session.exec(
                select(ComparedPairRow)
                .join(CaseRow, col(CaseRow.id) == col(ComparedPairRow.contemporary_id))
                .where(_in_analysis(session))
                .order_by(col(CaseRow.position), col(ComparedPairRow.begun_at))
            )
            through = [p for p in read_pairs(session, rows, "") if p.are_both_through]
            wanted = {p.contemporary_id for p in through}
            wanted |= {p.historic_id for p in through}
            named = dict(
                session.exec(
                    select(CaseRow.id, CaseRow.reference).where(
                        col(CaseRow.id).in_(wanted)
                    )
                ).all()
            )
            return [
                ComparedResult(named[p.contemporary_id], named[p.historic_id], p)
                for p in through
            ]

    def save(
        self,
        actor_id: str,
        contemporary_id: str,
        historic_id: str,
        verdicts: Iterable[AreaVerdict],
        *,
        seen: Mapping[ProgressArea, int],
        and_finish: bool = False,
    ) -> None:
        """Save one's own verdicts; the first of them takes a place at the pair.

        ``seen`` are the versions of the verdicts that were on the page, 0 for none.
        ``and_finish`` closes them: every area that can be seen in both files must then
        be judged, and nothing of it changes any more. Raises DataRefused for a third
        person, for somebody who is through already, for an area the records of a case
        end before, and where another window of the same person was quicker.
        """
        said = list(verdicts)
        with comparing_pair(self._database, actor_id, contemporary_id, historic_id) as (
            writing,
            pair,
        ):
            unseen = unseen_areas(
                common_days(writing.session, contemporary_id, historic_id)
            )
            _require_seen(unseen, said)
            place = _own_place(writing, pair)
            if place.finished_at is not None:
                refuse(
                    "You are through with this pair, so what you said stands.",
                    "Your verdicts",
                    "Where you and the other judge differ, settle it together below. "
                    "Nothing was saved.",
                )
            changed = _save_verdicts(writing, place, said, seen)
            place.was_era_shown |= read_settings(writing.session).is_era_shown
            if and_finish:
                _require_all_areas(writing.session, place, unseen)
                place.finished_at = now()
            place.version += 1
            # How many were saved, never what was said: the other judge may read this.
            writing.record(
                "progress judged" if and_finish else "progress verdicts saved",
                "compared_pair",
                pair.id,
                changed=changed,
            )

    def settle(
        self,
        actor_id: str,
        contemporary_id: str,
        historic_id: str,
        verdicts: Iterable[AreaVerdict],
        *,
        seen: Mapping[ProgressArea, int],
    ) -> None:
        """Save what the two judges settled on areas in which they differed.

        Written by either of the two, once both are through; what each said alone stays
        as it was. Raises DataRefused for anybody else, before then, and for an area on
        which they agree.
        """
        said = list(verdicts)
        with comparing_pair(self._database, actor_id, contemporary_id, historic_id) as (
            writing,
            pair,
        ):
            _require_judge_when_through(writing.session, pair, actor_id)
            _require_difference(writing.session, pair, said)
            places = standing_places(writing.session, [pair.id])
            place = next((p for p in places if p.judge_number == TOGETHER), None)
            if place is None:
                place = _new_place(writing, pair, TOGETHER)
            changed = _save_verdicts(writing, place, said, seen)
            writing.record(
                "progress settled", "compared_pair", pair.id, changed=changed
            )

    def give_back(
        self, actor_id: str, contemporary_id: str, historic_id: str, judge_id: str
    ) -> None:
        """Free the place of a judge who will not finish; their words stay on record.

        By the judge or by those who manage the study. Raises DataRefused for others and
        for a judge who is through.
        """
        with self._database.writing(actor_id, Right.JUDGE_PAIRS) as writing:
            assert writing.actor is not None
            may_free = judge_id == actor_id or may(
                writing.actor.role, Right.MANAGE_STUDY
            )
            row = find_pair(writing.session, contemporary_id, historic_id)
            places = standing_places(writing.session, [row.id] if row else [])
            place = next(
                (p for p in places if p.judge_id == judge_id and not p.finished_at),
                None,
            )
            if not may_free or place is None or place.judge_number == TOGETHER:
                refuse(
                    "This place cannot be given back by you, or is finished.",
                    "Judges of this pair",
                    "Ask the judge or a study lead. Nothing was saved.",
                )
            place.judge_number = None
            place.given_back_at = now()
            place.version += 1
            writing.record("progress place given back", "compared_pair", place.pair_id)


def _in_analysis(session: Session) -> ColumnElement[bool]:
    out = withdrawn_cases(session)
    return col(ComparedPairRow.contemporary_id).not_in(out) & col(
        ComparedPairRow.historic_id
    ).not_in(out)


def _own_place(writing: Writing, pair: ComparedPairRow) -> ProgressJudgeRow:
    """The actor's place at a pair, taken where one of the two is free."""
    assert writing.actor is not None
    places = [
        p
        for p in standing_places(writing.session, [pair.id])
        if p.judge_number != TOGETHER
    ]
    for place in places:
        if place.judge_id == writing.actor.id:
            return place
    free = [n for n in (1, 2) if n not in {p.judge_number for p in places}]
    if not free:
        refuse(
            "Two people judge the progress of this pair already.",
            "Compare progress",
            "Choose a pair with a free place. Nothing was saved.",
        )
    return _new_place(writing, pair, free[0])


def _new_place(
    writing: Writing, pair: ComparedPairRow, number: int
) -> ProgressJudgeRow:
    assert writing.actor is not None
    place = ProgressJudgeRow(
        pair_id=pair.id,
        judge_number=number,
        judge_id=writing.actor.id,
        was_era_shown=read_settings(writing.session).is_era_shown,
    )
    writing.session.add(place)
    writing.session.flush()
    return place


def _save_verdicts(
    writing: Writing,
    place: ProgressJudgeRow,
    verdicts: Iterable[AreaVerdict],
    seen: Mapping[ProgressArea, int],
) -> int:
    """How many verdicts are new or different; what they said before is kept."""
    assert writing.actor is not None
    session = writing.session
    kept = {row.area: row for row in _rows(session, place)}
    changed = 0
    for one in verdicts:
        row = kept.get(one.area.value)
        verdict, reason = one.verdict.value, one.reason.strip()
        if row is None:
            session.add(
                ProgressVerdictRow(
                    place_id=place.id,
                    area=one.area.value,
                    verdict=verdict,
                    reason=reason,
                    saved_by=writing.actor.id,
                )
            )
        elif (row.verdict, row.reason) != (verdict, reason):
            session.add(
                EarlierWordsRow(
                    about_kind="verdict",
                    about_id=row.id,
                    version=row.version,
                    content={"verdict": row.verdict, "reason": row.reason},
                    saved_by=row.saved_by,
                    saved_at=row.saved_at,
                )
            )
            writing.change(
                row,
                seen.get(one.area, 0),
                saved_by=writing.actor.id,
                saved_at=now(),
                verdict=verdict,
                reason=reason,
            )
        else:
            continue
        changed += 1
    session.flush()
    return changed


def _rows(session: Session, place: ProgressJudgeRow) -> list[ProgressVerdictRow]:
    query = select(ProgressVerdictRow).where(ProgressVerdictRow.place_id == place.id)
    return list(session.exec(query))


def _require_seen(
    unseen: Iterable[ProgressArea], verdicts: Iterable[AreaVerdict]
) -> None:
    beyond = [one.area.in_words for one in verdicts if one.area in unseen]
    if beyond:
        refuse(
            f"The records of one or both cases end before: {', '.join(beyond)}.",
            "Your verdicts",
            "Leave it out; it is counted apart, as nobody's verdict. Nothing was "
            "saved.",
        )


def _require_all_areas(
    session: Session, place: ProgressJudgeRow, unseen: Collection[ProgressArea]
) -> None:
    said = {row.area for row in _rows(session, place)}
    asked = [area for area in ProgressArea if area not in unseen]
    left = [area.in_words for area in asked if area.value not in said]
    if left:
        refuse(
            f"{len(left)} of {len(asked)} areas are not judged: {', '.join(left)}.",
            "Your verdicts",
            "Judge them too; where the files do not say, Cannot tell is an answer. "
            "Nothing was saved.",
        )


def _require_judge_when_through(
    session: Session, pair: ComparedPairRow, actor_id: str
) -> None:
    if not are_both_through(session, pair.id):
        refuse(
            "Two people have to be through with this pair before it is settled.",
            "What you settle together",
            "Wait until both have finished. Nothing was saved.",
        )
    places = standing_places(session, [pair.id])
    if actor_id not in {p.judge_id for p in places if p.judge_number != TOGETHER}:
        refuse(
            "Only the two who judged the pair settle where they differ.",
            "What you settle together",
            "Ask one of them. Nothing was saved.",
        )


def _require_difference(
    session: Session, pair: ComparedPairRow, verdicts: Iterable[AreaVerdict]
) -> None:
    first, second = (
        {row.area: row.verdict for row in _rows(session, place)}
        for place in standing_places(session, [pair.id])
        if place.judge_number != TOGETHER
    )
    # An area that one of them could not see yet is no difference either.
    agreed = [
        one.area.in_words
        for one in verdicts
        if not _differ(first.get(one.area), second.get(one.area))
    ]
    if agreed:
        refuse(
            f"The two judges do not differ on: {', '.join(agreed)}.",
            "What you settle together",
            "Settle only areas in which you differ. Nothing was saved.",
        )


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
