"""Storing how strong the evidence for each outcome is, as people say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from data.problems import DataRefused
from data.rights import Right
from data.storage.database import StudyDatabase, names_of_people, refuse
from data.storage.evidence.evidence_records import (
    Evidence,
    EvidenceKind,
    Holder,
    HolderKind,
)
from data.storage.evidence.evidence_storage import evidence_held_by
from data.storage.numbering import next_number
from data.storage.outcomes.evidence_sides import sides_of
from data.storage.outcomes.logic_model_records import NOTHING_SAVED, PartKind
from data.storage.outcomes.logic_model_storage import as_part
from data.storage.outcomes.statement_checks import what_stops
from data.storage.outcomes.statement_records import (
    LONGEST_ANSWER,
    CounterAnswer,
    EarlierStatement,
    Level,
    OutcomeRead,
    Statement,
    StatementWords,
    rests_on,
    statement_problems,
)
from data.tables import (
    CounterAnswerRow,
    LogicModelRow,
    OutcomeStatementRow,
    OutcomeStatementWordsRow,
    now,
)

DRAFT, FINAL = "draft", "final"


class StatementStorage:
    """Saves statements, their answers to what speaks against, and reads outcomes."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def write(self, actor_id: str, read: OutcomeRead, words: StatementWords) -> None:
        """Keep a statement as a draft; what it said before is kept too.

        What is missing and what is one-sided count as told for the strands and sides
        that ``read`` showed. Raises DataRefused for a final statement, words that are
        too long, and where somebody else was quicker.
        """
        if problems := statement_problems(words):
            raise DataRefused(problems)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            _outcome(session, read.part.id)
            row = session.get(OutcomeStatementRow, read.part.id)
            kept: dict[str, Any] = _kept(words) | {
                "missing_told": sorted(one.value for one in read.missing()),
                "limits_told": sorted(read.one_sided()),
                "written_by": actor_id,
                "written_at": now(),
            }
            if row is None:
                session.add(OutcomeStatementRow(id=read.part.id, **kept))
                session.flush()
            else:
                _require_draft(row)
                if any(getattr(row, n) != v for n, v in _kept(words).items()):
                    _keep_words(session, row)
                writing.change(row, read.statement.version, **kept)
            writing.record("outcome statement written", "outcome", read.part.id)

    def answer(
        self, actor_id: str, outcome_id: str, evidence: Evidence, words: str
    ) -> None:
        """Keep what the actor makes of a piece of evidence against an outcome."""
        said = words.strip()
        if not said or len(said) > LONGEST_ANSWER:
            refuse(
                f"It has {len(said):,} characters; {LONGEST_ANSWER:,} can be kept."
                if said
                else "It is empty.",
                "What you make of it",
                f"Say in a sentence or two what it means. {NOTHING_SAVED}",
            )
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            _outcome(writing.session, outcome_id)
            writing.session.add(
                CounterAnswerRow(
                    outcome_id=outcome_id,
                    kind=evidence.kind.value,
                    thing_id=evidence.thing_id,
                    words=said,
                    answered_by=actor_id,
                )
            )
            writing.record(
                "counter-evidence answered",
                "outcome",
                outcome_id,
                kind=evidence.kind.value,
                thing=evidence.thing_id,
            )

    def make_final(self, actor_id: str, read: OutcomeRead) -> None:
        """Call a statement final; refused with everything that is not answered yet."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            _outcome(session, read.part.id)
            seen = read_outcomes(session, [read.part.id], actor_id)[read.part.id]
            if seen.stops:
                raise DataRefused(list(seen.stops))
            row = session.get_one(OutcomeStatementRow, read.part.id)
            writing.change(
                row,
                read.statement.version,
                state=FINAL,
                final_by=actor_id,
                final_at=now(),
                rested_on=sorted(map(list, rests_on(seen.evidence))),
            )
            writing.record(
                "outcome statement final",
                "outcome",
                read.part.id,
                evidence=len(seen.evidence),
            )

    def back_to_draft(self, actor_id: str, read: OutcomeRead) -> None:
        """Make a statement a draft again; its words stay."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = writing.session.get_one(OutcomeStatementRow, read.part.id)
            writing.change(
                row,
                read.statement.version,
                state=DRAFT,
                final_by=None,
                final_at=None,
                rested_on=[],
            )
            writing.record("outcome statement back to draft", "outcome", read.part.id)

    def read_all(self, *, reader_id: str | None = None) -> list[OutcomeRead]:
        """Every outcome of the model in its order, as this person may read it.

        Retired ones are left out.
        """
        with self._database.reading() as session:
            rows = session.scalars(
                select(LogicModelRow)
                .where(col(LogicModelRow.is_retired).is_(False))
                .order_by(col(LogicModelRow.position))
            ).all()
            order = list(PartKind)
            wanted = [row for row in rows if PartKind(row.kind).is_outcome]
            wanted.sort(key=lambda row: order.index(PartKind(row.kind)))
            ids = [row.id for row in wanted]
            found = read_outcomes(session, ids, reader_id)
            return [found[one] for one in ids]

    def read(self, outcome_id: str, *, reader_id: str | None) -> OutcomeRead | None:
        """One outcome, a retired one too, or nothing."""
        with self._database.reading() as session:
            row = session.get(LogicModelRow, outcome_id)
            if row is None or not PartKind(row.kind).is_outcome:
                return None
            return read_outcomes(session, [outcome_id], reader_id)[outcome_id]

    def earlier(self, outcome_id: str) -> list[EarlierStatement]:
        """What a statement said before its changes, the newest first."""
        with self._database.reading() as session:
            names = names_of_people(session)
            rows = session.scalars(
                select(OutcomeStatementWordsRow)
                .where(col(OutcomeStatementWordsRow.outcome_id) == outcome_id)
                .order_by(col(OutcomeStatementWordsRow.number).desc())
            )
            return [
                EarlierStatement(
                    _words(row), names.get(row.worded_by, ""), row.said_until
                )
                for row in rows
            ]


def read_outcomes(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> dict[str, OutcomeRead]:
    """Outcomes by their ids as this person may read them, inside a change."""
    names = names_of_people(session)
    evidence = evidence_held_by(
        session, [Holder(HolderKind.OUTCOME, one) for one in ids], reader_id
    )
    statements = {row.id: row for row in session.scalars(select(OutcomeStatementRow))}
    answers: dict[str, list[CounterAnswer]] = {}
    for row in session.scalars(
        select(CounterAnswerRow).order_by(col(CounterAnswerRow.number))
    ):
        answers.setdefault(row.outcome_id, []).append(
            CounterAnswer(
                EvidenceKind(row.kind),
                row.thing_id,
                row.words,
                names.get(row.answered_by, ""),
                row.answered_at,
            )
        )
    found = {}
    for one in ids:
        read = OutcomeRead(
            as_part(session.get_one(LogicModelRow, one), names),
            tuple(evidence[one]),
            _statement(one, statements.get(one), names),
            tuple(answers.get(one, ())),
            sides_of(session, evidence[one]),
        )
        found[one] = replace(read, stops=tuple(what_stops(read)))
    return found


def _statement(
    outcome_id: str, row: OutcomeStatementRow | None, names: Mapping[str, str]
) -> Statement:
    if row is None:
        return Statement(outcome_id)
    return Statement(
        outcome_id,
        _words(row),
        row.state == FINAL,
        names.get(row.written_by, ""),
        row.written_at,
        names.get(row.final_by or "", ""),
        row.final_at,
        frozenset(row.missing_told),
        frozenset(row.limits_told),
        frozenset((kind, thing, stance) for kind, thing, stance in row.rested_on),
        row.version,
    )


def _words(row: OutcomeStatementRow | OutcomeStatementWordsRow) -> StatementWords:
    return StatementWords(
        Level(row.level) if row.level else None,
        row.statement,
        row.limitations,
        row.missing,
    )


def _kept(words: StatementWords) -> dict[str, Any]:
    return {
        "level": words.level.value if words.level else "",
        "statement": words.statement.strip(),
        "limitations": words.limitations.strip(),
        "missing": words.missing.strip(),
    }


def _outcome(session: Session, outcome_id: str) -> LogicModelRow:
    row = session.get(LogicModelRow, outcome_id)
    if row is None or not PartKind(row.kind).is_outcome or row.is_retired:
        refuse(
            "This outcome is no longer in the logic model.",
            "Outcome",
            f"Open the outcomes again, or bring it back first. {NOTHING_SAVED}",
        )
    return row


def _require_draft(row: OutcomeStatementRow) -> None:
    if row.state == FINAL:
        refuse(
            "A final statement is not changed.",
            "Statement",
            f"Take it back to draft first. {NOTHING_SAVED}",
        )


def _keep_words(session: Session, row: OutcomeStatementRow) -> None:
    of_outcome = col(OutcomeStatementWordsRow.outcome_id) == row.id
    number = next_number(session, col(OutcomeStatementWordsRow.number), of_outcome)
    session.add(
        OutcomeStatementWordsRow(
            outcome_id=row.id,
            number=number,
            **_kept(_words(row)),
            worded_by=row.written_by,
        )
    )
