"""What must hold before coders settle a difference, or let it stand."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, select

from data.storage.coders.coder_records import Settling, SourceCoders
from data.storage.database import refuse
from data.tables import CodeRow, SourceRow, TurnRow

_NOTHING_SAVED = "Nothing was saved."


def require_compared(
    source: SourceRow | None, coders: Mapping[str, SourceCoders], source_id: str
) -> tuple[str, ...]:
    """The coders whose readings of a source are compared; all are through."""
    found = coders.get(source_id)
    if source is None or found is None or len(found.coders) + len(found.waiting) < 2:
        refuse(
            "Fewer than two people code this transcript.",
            source.name if source else "Transcript",
            "Give it to a second coder first.",
        )
    if not found.can_be_compared:
        refuse(
            f"{len(found.waiting)} of its coders still at work on this transcript.",
            source.name,
            "Wait until all say that they are done.",
        )
    return found.coders


def require_open(settling: Settling) -> Settling:
    """The source, unless what was settled there is closed."""
    if settling.is_closed:
        refuse(
            "What the coders settled here is closed.",
            "Differences",
            f"Reopen it first. {_NOTHING_SAVED}",
        )
    return settling


def require_reason(words: str) -> None:
    """Refuse a decision without its reason."""
    if not words.strip():
        refuse(
            "The reason is missing.",
            "Why",
            f"Write in a few words what settled it. {_NOTHING_SAVED}",
        )


def require_mark(session: Session, source_id: str, mark: tuple[str, int, int]) -> None:
    """Refuse a code out of use, and a passage in which nobody speaks."""
    code_id, start, end = mark
    code = session.get(CodeRow, code_id)
    if code is None or code.is_retired:
        refuse(
            "This code is not in use.",
            "Another code",
            f"Choose one of the codebook. {_NOTHING_SAVED}",
        )
    source = session.get(SourceRow, source_id)
    text = source.text if source else ""
    turns = session.exec(
        select(TurnRow.start, TurnRow.end).where(TurnRow.source_id == source_id)
    ).all()
    spoken = any(
        text[max(first, start) : min(last, end)].strip()
        for first, last in turns
        if first < end and last > start
    )
    if not (0 <= start < end <= len(text) and spoken):
        refuse(
            "There are no spoken words there.",
            "Where it begins and ends",
            f"Choose words of the transcript. {_NOTHING_SAVED}",
        )
