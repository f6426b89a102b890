"""Storing judgements: a decision and its rationale, locked when saved.

A judgement can be taken back by its judge, with a reason, until later events and
outcomes of the pair were first read; what was taken back stays on record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlmodel import Session, col, select

from data.judging import GivenAs
from data.pairings import SavedJudgement
from data.rights import Right
from data.storage.cases.choosable_cases import judged_first
from data.storage.cases.judgement_checks import (
    rank_of,
    require_first,
    require_newest,
    require_no_interest,
    require_own_and_unread,
    require_second,
    require_sound,
    require_still_blind,
    require_unread,
    verdicts_asked,
)
from data.storage.cases.judgement_rows import saved_judgements, standing_judgements
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.judges.locking import judging_setting, readings_of, settle
from data.tables import CaseRow, JudgementRow, VerdictRow, now
from matching.judging.judgement import Suitability
from matching.judging.verdicts import require_verdicts

_NO_VERDICTS: Mapping[str, Suitability] = MappingProxyType({})


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
        given_as: GivenAs = GivenAs.FIRST,
        verdicts: Mapping[str, Suitability] = _NO_VERDICTS,
        shown: Sequence[str] = (),
    ) -> SavedJudgement:
        """The judgement, saved, and locked where the case's judges are through.

        The partner must be listed for the case, free under the plan, and its file never
        opened. ``verdicts`` are by the study's id of the historic cases ``shown``, in
        the order they stood on the page; where two judges read a case each shown one
        needs a verdict, and the second judges what the first was shown. Raises
        MatchingRefused without a rationale and for verdicts that do not go together,
        DataRefused for a case judged already, for a case the person's team worked, for
        a second judge who is the first or saw the order of the list, and where the
        matches were found anew meanwhile.
        """
        with self._database.writing(actor_id, Right.JUDGE_PAIRS) as writing:
            session = writing.session
            rows = readings_of(session, contemporary_id)
            first = None
            if given_as == GivenAs.SECOND:
                first = require_second(session, rows, actor_id, contemporary_id)
                # The list the first judge had, whatever was found since.
                pairing_id = first.pairing_id
            else:
                require_newest(session, pairing_id)
                require_first(session, rows, actor_id, contemporary_id)
                require_unread(session, contemporary_id)
            require_no_interest(session, actor_id, contemporary_id, historic_id)
            rank = rank_of(session, pairing_id, contemporary_id, historic_id)
            require_sound(writing, contemporary_id, historic_id, suitability, rationale)
            is_alone = first is None and judging_setting(session).judges == 1
            asked = verdicts_asked(session, first, actor_id, shown)
            given = _with_choice(verdicts, historic_id, suitability)
            require_verdicts(
                session.get_one(CaseRow, contemporary_id).reference,
                given,
                shown=asked if not is_alone else {*asked, *given},
                chosen=historic_id,
                suitability=suitability,
                every_one=not is_alone,
            )
            row = JudgementRow(
                pairing_id=pairing_id,
                contemporary_id=contemporary_id,
                historic_id=historic_id or None,
                judge_number=given_as,
                given_as=given_as,
                suitability=suitability.value,
                rationale=rationale.strip(),
                rank_of_chosen=rank,
                seconds_taken=seconds_taken,
                judge_id=actor_id,
                judged_at=now(),
            )
            session.add(row)
            session.flush()
            _add_verdicts(session, row.id, given, asked)
            settle(session, contemporary_id)
            _record(writing, row, is_alone=is_alone)
            return saved_judgements(session, [row])[0]

    def take_back(self, actor_id: str, judgement_id: str, reason: str) -> None:
        """Let the case be judged anew; the judgement stays on record with the reason.

        Raises DataRefused for anyone but its judge, without a reason, once what came
        later was read, and once a second judge is through as well.
        """
        with self._database.writing(actor_id, Right.JUDGE_PAIRS) as writing:
            row = writing.session.get(JudgementRow, judgement_id)
            if row is None or row.judge_number is None:
                refuse(
                    "This judgement does not stand any longer.",
                    "Your judgement",
                    "Open the case again. Nothing was saved.",
                )
            require_own_and_unread(writing, row)
            require_still_blind(writing.session, row)
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
            settle(writing.session, row.contemporary_id)
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
        """The judgements that decide a case, in the order of the contemporary cases.

        A case whose judges are not through yet has none here.
        """
        with self._database.reading() as session:
            return standing_judgements(session)

    def for_case(self, contemporary_id: str) -> SavedJudgement | None:
        """The judgement that decides a contemporary case, or nothing."""
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
            return saved_judgements(session, rows)


def _with_choice(
    verdicts: Mapping[str, Suitability], historic_id: str, suitability: Suitability
) -> dict[str, Suitability]:
    """The verdicts, with what the judgement says of the chosen case where none is."""
    given = dict(verdicts)
    if historic_id:
        given.setdefault(historic_id, suitability)
    return given


def _add_verdicts(
    session: Session,
    judgement_id: str,
    verdicts: Mapping[str, Suitability],
    shown: Sequence[str],
) -> None:
    ordered = [*(one for one in shown if one in verdicts)]
    ordered += [one for one in verdicts if one not in ordered]
    for place, historic_id in enumerate(ordered, start=1):
        session.add(
            VerdictRow(
                judgement_id=judgement_id,
                historic_id=historic_id,
                suitability=verdicts[historic_id].value,
                place=place,
            )
        )
    session.flush()


def _record(writing: Writing, row: JudgementRow, *, is_alone: bool) -> None:
    if is_alone:
        writing.record(
            "case judged",
            "judgement",
            row.id,
            suitability=row.suitability,
            rank=row.rank_of_chosen,
            seconds=row.seconds_taken,
        )
        return
    # What was decided is not told in the trail: the other judge may read it.
    writing.record(
        "case judged",
        "judgement",
        row.id,
        judge=row.given_as,
        seconds=row.seconds_taken,
    )
