"""One operation about to be carried out: who asks, where, and what stood before.

What several kinds of operation check is here too: a code in use, words that were said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from coding.study import Person
from data.coding_records import CodingOperation
from data.problems import DataProblem, DataRefused
from data.storage.codebook.code_history import merged_into
from data.storage.coding_desk.snapshots import Key, Snapshot, key_of, snapshot_of
from data.storage.database import Writing, insert_row
from data.tables import (
    CodeRow,
    OperationRow,
    PersonRow,
    SourceRow,
    StudyTable,
    TurnRow,
)


@dataclass(frozen=True)
class Step:
    """One operation about to be carried out in one source by one person.

    ``touched`` holds each row it changes with what it was, None for one it makes: from
    it the change can be taken back.
    """

    writing: Writing
    actor: Person
    source_id: str
    operation: CodingOperation
    answer: OperationRow
    touched: dict[Key, tuple[StudyTable, Snapshot | None]] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        """The session of the transaction under way."""
        return self.writing.session

    def record(self, action: str, kind: str, about_id: str, **detail: Any) -> None:
        """Leave an audit line about something in this source."""
        self.writing.record(action, kind, about_id, source=self.source_id, **detail)

    def will_change(self, row: StudyTable) -> None:
        """Keep a row as it is, before it is changed or taken away."""
        self.touched.setdefault(key_of(row), (row, snapshot_of(row)))

    def insert(self, row: StudyTable) -> None:
        """Write a row at once; before this operation it was not there."""
        self.touched.setdefault(key_of(row), (row, None))
        table = type(row)
        insert_row(
            self.session,
            table,
            **{name: getattr(row, name) for name in table.__table__.columns.keys()},  # type: ignore[attr-defined]  # noqa: SIM118
        )

    def add(self, row: StudyTable) -> None:
        """Add a row; before this operation it was not there."""
        self.touched.setdefault(key_of(row), (row, None))
        self.session.add(row)


class KnownCode(NamedTuple):
    """A code as far as coding with it needs it."""

    id: str
    name: str
    is_retired: bool


_CODE = select(col(CodeRow.id), col(CodeRow.name), col(CodeRow.is_retired)).where(
    col(CodeRow.id) == bindparam("code")
)


def _code(step: Step, code_id: str | None) -> KnownCode | None:
    row = step.session.connection().execute(_CODE, {"code": code_id}).first()
    return KnownCode(*row) if row else None


def code_in_use(step: Step, code_id: str) -> KnownCode:
    """The code, or the one kept for a code this browser made too late; else refused."""
    row = _code(step, code_id) or _kept_code(step, code_id)
    if row is None:
        refuse_here("This code is not in the codebook.", "Choose one from the list.")
    if row.is_retired:
        # Chosen on a page that had not heard of the merge: it would have moved along.
        into = _code(step, merged_into(step.session, row.id))
        if into is not None and not into.is_retired:
            return into
        refuse_here(
            f"The code {row.name!r} is retired.",
            "Choose another, or bring it back on the Codebook page.",
        )
    return row


def _kept_code(step: Step, made_id: str) -> KnownCode | None:
    """The code the study kept for one this browser made too late."""
    kept_id = step.session.scalars(
        select(col(OperationRow.kept_id)).where(
            col(OperationRow.client) == step.operation.client,
            col(OperationRow.made_id) == made_id,
            col(OperationRow.kept_id) != "",
        )
    ).first()
    return _code(step, kept_id) if kept_id else None


# Words fewer than asked for end with the text, which need not be counted for that.
_WORDS = select(
    func.substr(col(SourceRow.text), bindparam("first"), bindparam("length"))
).where(col(SourceRow.id) == bindparam("source"))
_SPOKEN = select(col(TurnRow.start), col(TurnRow.end)).where(
    col(TurnRow.source_id) == bindparam("source"),
    col(TurnRow.start) < bindparam("end"),
    col(TurnRow.end) > bindparam("start"),
)


def require_words(step: Step, start: int, end: int) -> None:
    """Refuse a passage outside the text, or with no spoken word in it."""
    ask = step.session.connection().execute
    source, length = step.source_id, max(0, end - start)
    words = {"source": source, "first": max(0, start) + 1, "length": length}
    passage = ask(_WORDS, words).scalar_one()
    if not 0 <= start < end or len(passage) < length:
        refuse_here(
            "The passage lies outside this transcript, so it was not coded.",
            "Reload the page and select it again.",
        )
    spoken = ask(_SPOKEN, {"source": source, "start": start, "end": end})
    if not any(
        passage[max(0, first - start) : last - start].strip() for first, last in spoken
    ):
        refuse_here(
            "There are no spoken words in this passage, so it was not coded.",
            "Select at least one word and apply the code again.",
        )


def name_of(step: Step, person_id: str | None) -> str:
    """The person as a refusal names them."""
    person = step.session.get(PersonRow, person_id) if person_id else None
    return person.name if person else "Someone else"


def refuse_unknown() -> NoReturn:
    """Refuse an id that something else already has."""
    refuse_here(
        "The page sent a change under an id that is taken, so it was not saved.",
        "Reload the page and do it again.",
    )


def refuse_here(found: str, do_next: str) -> NoReturn:
    """Refuse the operation in words about the transcript."""
    raise DataRefused([DataProblem(found, "The transcript", do_next)])
