"""Storing findings: worded, put in order, made final once they are answered for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from sqlalchemy import select
from sqlmodel import Session, col

from data.problems import DataRefused
from data.rights import Right
from data.storage.database import StudyDatabase, names_of_people, refuse
from data.storage.evidence.evidence_records import Holder, HolderKind
from data.storage.evidence.evidence_storage import evidence_held_by
from data.storage.findings.finding_records import (
    EarlierWording,
    Finding,
    FindingState,
    FindingWords,
    rests_on,
    too_long,
    what_stops,
)
from data.storage.numbering import next_number
from data.tables import FindingRow, FindingWordsRow, now


class FindingsStorage:
    """Saves findings, keeps how each was worded before, and reads them in order."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def add(self, actor_id: str, words: FindingWords) -> Finding:
        """The finding as kept: a draft, last in the order."""
        _require_sound(words)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            position = next_number(writing.session, col(FindingRow.position))
            new = _tidy(words)
            row = FindingRow(
                statement=new["statement"],
                strength=new["strength"],
                does_not_fit=new["does_not_fit"],
                position=position,
                written_by=actor_id,
                doubts_at=now() if new["does_not_fit"] else None,
            )
            writing.session.add(row)
            writing.session.flush()
            writing.record("finding written", "finding", row.id)
            return _finding(row, names_of_people(writing.session))

    def change(
        self,
        actor_id: str,
        finding: Finding,
        words: FindingWords,
        *,
        all_told: bool = False,
    ) -> Finding:
        """The finding in its new words; those it had are kept.

        ``all_told`` says that what does not fit holds everything linked against it.
        Raises DataRefused for a final finding, and where it changed meanwhile.
        """
        _require_sound(words)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = _known(writing.session, finding.id)
            if row.state == FindingState.FINAL:
                refuse(
                    "A final finding is not changed.",
                    "Finding",
                    "Take it back to draft first. Nothing was saved.",
                )
            new = _tidy(words)
            if any(getattr(row, name) != value for name, value in new.items()):
                _keep_wording(writing.session, row)
            told = all_told or row.does_not_fit != new["does_not_fit"]
            writing.change(
                row,
                finding.version,
                **new,
                changed_by=actor_id,
                changed_at=now(),
                doubts_at=now() if told else row.doubts_at,
            )
            writing.record("finding changed", "finding", row.id)
            return _finding(row, names_of_people(writing.session))

    def make_final(self, actor_id: str, finding: Finding) -> Finding:
        """The finding as final; refused with everything that is not answered yet."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = _known(writing.session, finding.id)
            holder = Holder(HolderKind.FINDING, row.id)
            evidence = evidence_held_by(writing.session, [holder], actor_id)[row.id]
            names = names_of_people(writing.session)
            problems = what_stops(_finding(row, names), evidence)
            if problems:
                raise DataRefused(problems)
            writing.change(
                row,
                finding.version,
                state=FindingState.FINAL.value,
                final_by=actor_id,
                final_at=now(),
                rested_on=sorted(map(list, rests_on(evidence))),
            )
            writing.record("finding final", "finding", row.id, evidence=len(evidence))
            return _finding(row, names)

    def back_to_draft(self, actor_id: str, finding: Finding) -> Finding:
        """The finding as a draft again; its words stay."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = _known(writing.session, finding.id)
            writing.change(
                row,
                finding.version,
                state=FindingState.DRAFT.value,
                final_by=None,
                final_at=None,
                rested_on=[],
            )
            writing.record("finding back to draft", "finding", row.id)
            return _finding(row, names_of_people(writing.session))

    def move(self, actor_id: str, finding_id: str, *, up: bool) -> None:
        """Put a finding one place up or down; at the end it stays where it is."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            rows = _rows(writing.session)
            at = next((n for n, row in enumerate(rows) if row.id == finding_id), None)
            if at is None:
                _refuse_gone()
            to = max(0, min(len(rows) - 1, at - 1 if up else at + 1))
            rows.insert(to, rows.pop(at))
            for position, row in enumerate(rows, start=1):
                row.position = position
            writing.record("finding moved", "finding", finding_id, position=to + 1)

    def take_out(self, actor_id: str, finding: Finding) -> None:
        """Take a finding out of the list; nothing of it is lost."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = _known(writing.session, finding.id)
            writing.change(row, finding.version, is_removed=True)
            writing.record("finding taken out", "finding", row.id)

    def bring_back(self, actor_id: str, finding_id: str) -> None:
        """Put a finding back that was taken out; where it stands, it stays."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = writing.session.get(FindingRow, finding_id)
            if row is None:
                _refuse_gone()
            writing.change(row, row.version, is_removed=False)
            writing.record("finding brought back", "finding", row.id)

    def all(self) -> list[Finding]:
        """Every finding in its order; those taken out are left out."""
        with self._database.reading() as session:
            names = names_of_people(session)
            return [_finding(row, names) for row in _rows(session)]

    def earlier_wordings(self, finding_id: str) -> list[EarlierWording]:
        """How a finding was worded before its changes, the newest first."""
        with self._database.reading() as session:
            names = names_of_people(session)
            rows = session.scalars(
                select(FindingWordsRow)
                .where(col(FindingWordsRow.finding_id) == finding_id)
                .order_by(col(FindingWordsRow.number).desc())
            )
            return [
                EarlierWording(
                    FindingWords(row.statement, row.strength, row.does_not_fit),
                    names.get(row.worded_by, ""),
                    row.said_until,
                )
                for row in rows
            ]


def final_findings(session: Session) -> list[Finding]:
    """The findings that are final, in their order, inside a change."""
    names = names_of_people(session)
    found = [_finding(row, names) for row in _rows(session)]
    return [one for one in found if one.is_final]


def _rows(session: Session) -> list[FindingRow]:
    return list(
        session.scalars(
            select(FindingRow)
            .where(col(FindingRow.is_removed).is_(False))
            .order_by(col(FindingRow.position), col(FindingRow.written_at))
        )
    )


def _known(session: Session, finding_id: str) -> FindingRow:
    row = session.get(FindingRow, finding_id)
    if row is None or row.is_removed:
        _refuse_gone()
    return row


def _refuse_gone() -> NoReturn:
    refuse(
        "This finding is no longer in the list.",
        "Finding",
        "Open the findings again. Nothing was saved.",
    )


def _require_sound(words: FindingWords) -> None:
    if problems := too_long(words):
        raise DataRefused(problems)


def _tidy(words: FindingWords) -> dict[str, str]:
    return {
        "statement": words.statement.strip(),
        "strength": words.strength.strip(),
        "does_not_fit": words.does_not_fit.strip(),
    }


def _keep_wording(session: Session, row: FindingRow) -> None:
    of_finding = col(FindingWordsRow.finding_id) == row.id
    session.add(
        FindingWordsRow(
            finding_id=row.id,
            number=next_number(session, col(FindingWordsRow.number), of_finding),
            statement=row.statement,
            strength=row.strength,
            does_not_fit=row.does_not_fit,
            worded_by=row.changed_by or row.written_by,
        )
    )


def _finding(row: FindingRow, names: Mapping[str, str]) -> Finding:
    return Finding(
        row.id,
        FindingWords(row.statement, row.strength, row.does_not_fit),
        FindingState(row.state),
        names.get(row.written_by, ""),
        row.written_at,
        names.get(row.changed_by or "", ""),
        row.changed_at,
        row.doubts_at,
        names.get(row.final_by or "", ""),
        row.final_at,
        frozenset((kind, thing, stance) for kind, thing, stance in row.rested_on),
        row.version,
    )
