"""How suggestions are made in a study, and which transcripts were read through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from data.rights import Right
from data.storage.coders.blind_passes import sources_read_blind
from data.storage.database import StudyDatabase, refuse
from data.tables import (
    AssignmentRow,
    CodePrecisionRow,
    CodeRow,
    ReadThroughRow,
    SourceRow,
    SuggestionSettingsRow,
    now,
)

_ID = "settings"
MOST_PER_PASSAGE = 3
LEAST_PRECISION, MOST_PRECISION = 0.1, 0.95


@dataclass(frozen=True, slots=True)
class SuggestionSettings:
    """How suggestions are made: for whose turns, how many, and how often right.

    ``precision`` is the share of suggestions that should be right, from 0.1 to 0.95;
    ``by_code`` holds that of codes where it was set apart. ``version`` is 0 while
    nobody has chosen.
    """

    include_interviewers: bool = False
    most_per_passage: int = MOST_PER_PASSAGE
    precision: float = 0.5
    by_code: tuple[tuple[str, float], ...] = ()
    version: int = 0

    def precision_of(self, code_id: str) -> float:
        """How often suggestions of this code should be right."""
        return dict(self.by_code).get(code_id, self.precision)


class SuggestionSettingsStorage:
    """Reads and changes the settings, and keeps what was read through."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def read(self) -> SuggestionSettings:
        """The settings as they stand."""
        with self._database.reading() as session:
            row = session.get(SuggestionSettingsRow, _ID)
            by_code = tuple(
                (one.code_id, one.precision)
                for one in session.scalars(
                    select(CodePrecisionRow).order_by(col(CodePrecisionRow.code_id))
                )
            )
            if row is None:
                return SuggestionSettings(by_code=by_code)
            return SuggestionSettings(
                row.include_interviewers,
                row.most_per_passage,
                row.precision,
                by_code,
                row.version,
            )

    def change(self, actor_id: str, wanted: SuggestionSettings) -> SuggestionSettings:
        """The settings as kept; ``wanted.version`` is the one that was seen.

        Raises DataRefused for a number outside its bounds, for a code that is not in
        the codebook, and where somebody else was quicker.
        """
        _require_bounds(wanted)
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            session = writing.session
            values: dict[str, Any] = {
                "include_interviewers": wanted.include_interviewers,
                "most_per_passage": wanted.most_per_passage,
                "precision": wanted.precision,
            }
            row = session.get(SuggestionSettingsRow, _ID)
            if row is not None:
                changed = {"changed_by": actor_id, "changed_at": now()}
                writing.change(row, wanted.version, **values, **changed)
            else:
                session.add(
                    SuggestionSettingsRow(id=_ID, changed_by=actor_id, **values)
                )
            for one in session.scalars(select(CodePrecisionRow)).all():
                session.delete(one)
            session.flush()
            for code_id, precision in wanted.by_code:
                if session.get(CodeRow, code_id) is None:
                    refuse(
                        "A code of the list is not in the codebook any longer.",
                        "Precision by code",
                        "Open the page again. Nothing was saved.",
                    )
                session.add(
                    CodePrecisionRow(
                        code_id=code_id, precision=precision, changed_by=actor_id
                    )
                )
            writing.record(
                "suggestion settings changed",
                "study",
                codes_apart=len(wanted.by_code),
                **values,
            )
        return replace(wanted, version=wanted.version + 1)

    def mark_read_through(
        self, actor_id: str, source_id: str, *, is_read: bool
    ) -> None:
        """Keep that a coder has read a transcript from end to end, or take it back."""
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            session = writing.session
            if session.get(SourceRow, source_id) is None:
                refuse(
                    "This source is not in the study.",
                    "The transcript",
                    "Open one from the Transcripts page. Nothing was saved.",
                )
            row = session.get(ReadThroughRow, (source_id, actor_id))
            if is_read and row is None:
                session.add(ReadThroughRow(source_id=source_id, person_id=actor_id))
            elif not is_read and row is not None:
                session.delete(row)
            said = "read through" if is_read else "not read through after all"
            writing.record(said, "source", source_id, source=source_id)

    def read_through(self, *, reader_id: str | None = None) -> set[tuple[str, str]]:
        """Source and coder of every pass from end to end that the reader may know of.

        Said so, or done with a source that was given to them. Without a reader, what
        anybody may know.
        """
        with self._database.reading() as session:
            said = {
                (row.source_id, row.person_id)
                for row in session.scalars(select(ReadThroughRow))
            } | {
                (row.source_id, row.coder_id)
                for row in session.scalars(select(AssignmentRow))
                if row.finished_at is not None
            }
            if reader_id is None:
                return said
            hidden = sources_read_blind(session, reader_id)
        return {one for one in said if one[0] not in hidden or one[1] == reader_id}


def _require_bounds(wanted: SuggestionSettings) -> None:
    every = [wanted.precision, *(one for _, one in wanted.by_code)]
    if not all(LEAST_PRECISION <= one <= MOST_PRECISION for one in every):
        refuse(
            "How often suggestions should be right lies between 1 in 10 and 95 in 100.",
            "Precision",
            "Choose a number between them. Nothing was saved.",
        )
    if not 1 <= wanted.most_per_passage <= MOST_PER_PASSAGE:
        refuse(
            f"A passage gets from 1 to {MOST_PER_PASSAGE} suggestions.",
            "Suggestions for a passage",
            "Choose a number between them. Nothing was saved.",
        )
