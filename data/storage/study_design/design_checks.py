"""What every change to the design checks, and the words it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from coding.problems import CodingProblem
from data.problems import DataProblem, DataRefused
from data.storage.database import Writing, names_of_people
from data.storage.study_design.design_records import EarlierDesignWords
from data.tables import DesignWordsRow, StudyTable

NOTHING_SAVED = "Nothing was saved."
LONGEST_NAME = 200
LONGEST_TEXT = 20_000


def name_problems(
    session: Session, table: Any, name: str, what: str, own_id: str = ""
) -> list[DataProblem]:
    """What is wrong with a name: none, too long, or another thing's already."""
    wanted = " ".join(name.split())
    if not wanted:
        return [_problem("It has no name.", what, "Give it one.")]
    if len(wanted) > LONGEST_NAME:
        return [
            _problem(
                f"The name has {len(wanted):,} characters; {LONGEST_NAME} can be kept.",
                what,
                "Shorten it.",
            )
        ]
    taken = session.scalars(
        select(table.name).where(
            table.is_removed.is_(False),
            table.id != own_id,
            func.lower(table.name) == wanted.lower(),
        )
    ).first()
    if taken is None:
        return []
    return [_problem("Another one has this name.", what, "Choose another name.")]


def text_problems(*fields: tuple[str, str]) -> list[DataProblem]:
    """The fields, each words and name, that are longer than can be kept."""
    return [
        _problem(
            f"It has {len(words):,} characters; {LONGEST_TEXT:,} can be kept.",
            where,
            "Shorten it.",
        )
        for words, where in fields
        if len(words) > LONGEST_TEXT
    ]


def day_problems(day: str, where: str) -> list[DataProblem]:
    """The problem of a day that is none, '' aside."""
    if not day:
        return []
    try:
        date.fromisoformat(day)
    except ValueError:
        return [_problem("It is no day of the calendar.", where, "Choose a day.")]
    return []


def refuse_if(problems: Iterable[DataProblem | CodingProblem]) -> None:
    """Refuse with all of them where there are any."""
    listed = [DataProblem(p.found, p.where, p.do_next) for p in problems]
    if listed:
        raise DataRefused(listed)


def no_longer_there(what: str) -> DataProblem:
    """The problem of a thing that was taken out meanwhile."""
    return _problem("It is no longer in the study.", what, "Open the page again.")


def keep_words(writing: Writing, row: StudyTable, new: Mapping[str, Any]) -> None:
    """Keep what the fields of a row said where ``new`` says otherwise."""
    assert writing.actor is not None
    for field, value in new.items():
        was = getattr(row, field)
        if was and was != value:
            writing.session.add(
                DesignWordsRow(
                    about_kind=str(type(row).__tablename__),
                    about_id=row.id,  # type: ignore[attr-defined]
                    field=field,
                    words=str(was),
                    changed_by=writing.actor.id,
                )
            )


def earlier_words(session: Session, about_id: str) -> list[EarlierDesignWords]:
    """What a thing said before its changes, the newest first."""
    names = names_of_people(session)
    rows = session.scalars(
        select(DesignWordsRow)
        .where(col(DesignWordsRow.about_id) == about_id)
        .order_by(col(DesignWordsRow.changed_at).desc(), col(DesignWordsRow.field))
    )
    return [
        EarlierDesignWords(
            row.field, row.words, names.get(row.changed_by, ""), row.changed_at
        )
        for row in rows
    ]


def _problem(found: str, where: str, do_next: str) -> DataProblem:
    return DataProblem(found, where, f"{do_next} {NOTHING_SAVED}")
