"""Keeping the search index in step with the sources: added, corrected, removed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from sqlalchemy import delete, insert, text
from sqlmodel import Session, col

from coding.finding.search_words import words_to_index
from coding.transcripts import Turn
from data.tables import TurnWordsRow

# From here on the index itself overwrites what is taken out of it.
_ERASES_BY_ITSELF = (3, 42, 0)


def index_turns(
    session: Session, source_id: str, text_of_source: str, turns: Sequence[Turn]
) -> None:
    """Make the words of these turns the ones that a source is found by.

    What it was found by before no longer finds it; :func:`forget_turns` erases as well.
    """
    _take_out(session, source_id)
    if turns:
        session.execute(
            insert(TurnWordsRow),
            [
                {
                    "source_id": source_id,
                    "number": turn.number,
                    "words": words_to_index(text_of_source[turn.start : turn.end]),
                }
                for turn in turns
            ],
        )


def forget_turns(session: Session, source_id: str) -> None:
    """Take the words of a source out of the index, so that none is left in the file.

    To be called before a source is removed. On a SQLite that cannot erase single words
    the whole index is written anew, in a second or so for a hundred transcripts.
    """
    _take_out(session, source_id)
    erase_what_was_taken_out(session)


def erase_what_was_taken_out(session: Session) -> None:
    """Leave nothing in the file of words the index no longer holds."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    if is_sqlite and sqlite3.sqlite_version_info < _ERASES_BY_ITSELF:
        session.execute(
            text("INSERT INTO turn_search(turn_search) VALUES ('optimize')")
        )


def _take_out(session: Session, source_id: str) -> None:
    session.execute(
        delete(TurnWordsRow)
        .where(col(TurnWordsRow.source_id) == source_id)
        .execution_options(synchronize_session=False)
    )
