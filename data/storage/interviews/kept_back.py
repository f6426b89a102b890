"""Where words stand of whoever may not be quoted, however a passage is cut from them.

A passage may begin with one person and run on into another: whoever speaks anywhere in
it is asked for, and not the one who speaks first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from data.storage.people_rights.withdrawn import (
    not_to_be_quoted,
    withdrawn_participants,
)
from data.tables import SpeakerRow, TurnRow


@dataclass(frozen=True, slots=True)
class WordsKeptBack:
    """The turns, by source, of whoever may not be quoted."""

    turns: Mapping[str, Sequence[tuple[int, int]]]

    def hold(self, source_id: str, start: int, end: int) -> bool:
        """Whether a passage has words in it that may not be quoted.

        >>> kept = WordsKeptBack({"s": [(10, 20)]})
        >>> kept.hold("s", 0, 10), kept.hold("s", 0, 11), kept.hold("t", 0, 11)
        (False, True, False)
        """
        said = self.turns.get(source_id, ())
        return any(start < after and end > before for before, after in said)


def words_kept_back(
    session: Session, source_ids: Iterable[str] | None = None
) -> WordsKeptBack:
    """The words in these sources, or in all, of those who said so or withdrew."""
    silent = not_to_be_quoted(session) | withdrawn_participants(session)
    if not silent:
        return WordsKeptBack({})
    query = (
        select(col(TurnRow.source_id), col(TurnRow.start), col(TurnRow.end))
        .join(
            SpeakerRow,
            (col(SpeakerRow.source_id) == col(TurnRow.source_id))
            & (col(SpeakerRow.label) == col(TurnRow.speaker)),
        )
        .where(col(SpeakerRow.participant_id).in_(silent))
    )
    wanted = None if source_ids is None else set(source_ids)
    found: dict[str, list[tuple[int, int]]] = {}
    for source, start, end in session.execute(query):
        if wanted is None or source in wanted:
            found.setdefault(source, []).append((start, end))
    return WordsKeptBack(found)
