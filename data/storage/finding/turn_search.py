"""Finding turns by their words, on either database, behind one condition.

SQLite answers from FTS5 (whose words are cut by unicode61), PostgreSQL from tsvectors
under the configuration *simple*, which stems nothing. Both hold the words as
``coding.finding.search_words`` folds them; its apostrophe is a letter to both. Every
word is handed over in quotation marks, so that no sign of a person's search can be read
as the database's own syntax. PostgreSQL keeps no positions beyond 16,383 words of one
turn: a phrase that stands farther in is not found there.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    Integer,
    Select,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlmodel import Session, col

from coding.finding.search_words import AllOf, AnyOf, Phrase, Search
from data.tables import TurnWordsRow

_MOST_COUNTED = 5_000


def turns_meeting(session: Session, search: Search) -> Select[int]:
    """The ids of ``turn_words`` that a search is met by, in the order of adding."""
    if _is_sqlite(session):
        found = table("turn_search", column("rowid", Integer), column("turn_search"))
        return (
            select(found.c.rowid)
            .where(found.c.turn_search.op("MATCH")(as_fts5(search)))
            .order_by(found.c.rowid)
        )
    return _turns_by_tsquery(as_tsquery(search))


def _turns_by_tsquery(written: str) -> Select[int]:
    words = func.to_tsvector(literal_column("'simple'"), col(TurnWordsRow.words))
    sought = func.to_tsquery(literal_column("'simple'"), written)
    return (
        select(col(TurnWordsRow.id).label("rowid"))
        .where(words.bool_op("@@")(sought))
        .order_by(col(TurnWordsRow.id))
    )


def turns_holding(session: Session, words: Sequence[str]) -> dict[str, int]:
    """In how many turns each word stands; those that stand nowhere are left out.

    A word in more turns than is worth counting may be given with that bound.
    """
    if not words:
        return {}
    if _is_sqlite(session):
        names = {f"word{n}": word for n, word in enumerate(words)}
        marks = ", ".join(f":{name}" for name in names)
        rows = session.execute(
            text(f"SELECT term, doc FROM turn_search_words WHERE term IN ({marks})"),  # noqa: S608 - names of parameters
            names,
        )
        return dict(rows.all())
    counts = {}
    for word in words:
        some = _turns_by_tsquery(f"'{word}'").limit(_MOST_COUNTED).subquery()
        if counted := session.scalar(select(func.count()).select_from(some)):
            counts[word] = counted
    return counts


def as_fts5(search: Search) -> str:
    """The search as FTS5 reads it.

    >>> as_fts5(AllOf((Phrase(("same", "work"), True),), (Phrase(("school",)),)))
    '(("same work" *) NOT ("school" OR "schoolʼs"))'
    """
    match search:
        case Phrase(_, is_prefix):
            star = " *" if is_prefix else ""
            quoted = (f'"{" ".join(words)}"{star}' for words in search.spellings)
            return f"({' OR '.join(quoted)})"
        case AnyOf(parts):
            return f"({' OR '.join(as_fts5(part) for part in parts)})"
        case AllOf(parts, left_out):
            kept = " AND ".join(as_fts5(part) for part in parts)
            if not left_out:
                return f"({kept})"
            kept = f"({kept})" if len(parts) > 1 else kept
            without = " OR ".join(as_fts5(part) for part in left_out)
            without = f"({without})" if len(left_out) > 1 else without
            return f"({kept} NOT {without})"


def as_tsquery(search: Search) -> str:
    """The search as PostgreSQL's to_tsquery reads it.

    >>> as_tsquery(AllOf((Phrase(("same", "work"), True),), (Phrase(("school",)),)))
    "(('same' <-> 'work':*) & !('school' | 'schoolʼs'))"
    """
    match search:
        case Phrase(_, is_prefix):
            star = ":*" if is_prefix else ""
            quoted = (
                " <-> ".join(f"'{word}'" for word in words) + star
                for words in search.spellings
            )
            return f"({' | '.join(quoted)})"
        case AnyOf(parts):
            return f"({' | '.join(as_tsquery(part) for part in parts)})"
        case AllOf(parts, left_out):
            kept = [as_tsquery(part) for part in parts]
            without = [f"!{as_tsquery(part)}" for part in left_out]
            return f"({' & '.join([*kept, *without])})"


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
