"""Storing versions of the codebook: the whole of it, under a name and with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from coding.codebook import Codebook
from data.codebook_records import CodeAction, CodebookVersion
from data.rights import Right
from data.storage.codebook.code_rows import NOTHING_SAVED, code_of, read_rows, states_of
from data.storage.database import StudyDatabase, refuse
from data.tables import CodebookVersionRow, CodeHistoryRow, PersonRow


class VersionStorage:
    """Keeps the codebook as it stands, and gives back what was kept."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def keep(self, actor_id: str, name: str, reason: str = "") -> int:
        """The number of the version kept of the codebook as it stands now.

        Raises DataRefused without a name, or where a version has it already.
        """
        tidy = " ".join(name.split())
        if not tidy:
            refuse("The version has no name.", "Name", f"Type one. {NOTHING_SAVED}")
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            session = writing.session
            names = session.scalars(select(col(CodebookVersionRow.name)))
            if tidy.casefold() in {one.casefold() for one in names}:
                refuse(
                    f"A version is called {tidy!r} already.",
                    "Name",
                    f"Choose another name. {NOTHING_SAVED}",
                )
            last = session.scalar(select(func.max(col(CodeHistoryRow.number))))
            row = CodebookVersionRow(
                name=tidy,
                reason=" ".join(reason.split()),
                codes=states_of(read_rows(session)),
                history_number=last or 0,
                kept_by=actor_id,
            )
            session.add(row)
            session.flush()
            writing.record("codebook version kept", "codebook version", str(row.number))
            return row.number or 0

    def versions(self) -> list[CodebookVersion]:
        """Every version kept, oldest first."""
        query = (
            select(CodebookVersionRow, col(PersonRow.name))
            .join(PersonRow, col(PersonRow.id) == col(CodebookVersionRow.kept_by))
            .order_by(col(CodebookVersionRow.number))
        )
        with self._database.reading() as session:
            return [_version(row, kept_by) for row, kept_by in session.execute(query)]

    def merged_since(self, history_number: int = 0) -> dict[str, str]:
        """Into which code each was merged after a point of the history, by ids.

        Merges that were taken back are left out.
        """
        query = (
            select(col(CodeHistoryRow.code_ids))
            .where(
                col(CodeHistoryRow.action) == CodeAction.MERGED.value,
                col(CodeHistoryRow.number) > history_number,
                col(CodeHistoryRow.undone_at).is_(None),
            )
            .order_by(col(CodeHistoryRow.number))
        )
        with self._database.reading() as session:
            # A merge names first the code that goes, then the one that stays.
            return {ids[0]: ids[1] for ids in session.scalars(query)}


def _version(row: CodebookVersionRow, kept_by: str) -> CodebookVersion:
    return CodebookVersion(
        row.number or 0,
        row.name,
        row.reason,
        _book(row.codes, retired=False),
        _book(row.codes, retired=True),
        row.history_number,
        kept_by,
        row.kept_at,
    )


def _book(states: Mapping[str, Mapping[str, Any]], *, retired: bool) -> Codebook:
    return Codebook(
        tuple(
            code_of(code_id, state)
            for code_id, state in states.items()
            if state["is_retired"] == retired
        )
    )
