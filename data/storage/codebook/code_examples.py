"""Examples of a code, picked from the passages that carry it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from coding.codebook import Code, ExamplePlace
from data.storage.codebook.code_rows import NOTHING_SAVED, wording
from data.storage.coders.blind_passes import readable_codings
from data.storage.database import refuse
from data.storage.people_rights.withdrawn import not_to_be_quoted
from data.tables import CodedSegmentRow, SourceRow, SpeakerRow, TurnRow


def example_from(session: Session, code: Code, passage_id: str) -> ExamplePlace:
    """The words of a passage on one line, and where they stand.

    Refused where the passage does not carry the code, its source is being coded blind
    by anybody, somebody speaks in it who may not be quoted, or the code has the example
    already.
    """
    found = session.execute(
        select(CodedSegmentRow, col(SourceRow.text))
        .join(SourceRow, col(SourceRow.id) == col(CodedSegmentRow.source_id))
        .where(
            col(CodedSegmentRow.id) == passage_id,
            col(CodedSegmentRow.code_id) == code.id,
            readable_codings(session, None),
        )
    ).one_or_none()
    if found is None:
        refuse(
            "This passage cannot be an example: it no longer carries the code, or its "
            "transcript is being coded blind.",
            code.name,
            f"Choose another passage. {NOTHING_SAVED}",
        )
    row, text = found
    if _speaking(session, row) & not_to_be_quoted(session):
        refuse(
            "Somebody speaks here who said that they may not be quoted.",
            code.name,
            f"Choose another passage. {NOTHING_SAVED}",
        )
    words = " ".join(text[row.start : row.end].split())
    if words in code.examples:
        refuse(
            "This passage is an example already.",
            code.name,
            f"Choose another passage. {NOTHING_SAVED}",
        )
    return ExamplePlace(words, row.source_id, row.start, row.end)


def _speaking(session: Session, row: CodedSegmentRow) -> set[str | None]:
    query = (
        select(col(SpeakerRow.participant_id))
        .join(
            TurnRow,
            (col(TurnRow.source_id) == col(SpeakerRow.source_id))
            & (col(TurnRow.speaker) == col(SpeakerRow.label)),
        )
        .where(
            col(TurnRow.source_id) == row.source_id,
            col(TurnRow.start) < row.end,
            col(TurnRow.end) > row.start,
        )
    )
    return set(session.scalars(query))


def with_example(code: Code, example: ExamplePlace) -> dict[str, Any]:
    """The columns of a code that hold its examples, with one more."""
    words = wording(
        replace(
            code,
            examples=(*code.examples, example.words),
            example_places=(*code.example_places, example),
        )
    )
    return {part: words[part] for part in ("examples", "example_places")}
