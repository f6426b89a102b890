"""Storing mini-projects: what each asks, who runs it, how far it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from data.problems import DataProblem
from data.rights import Right
from data.storage.database import StudyDatabase, names_of_people
from data.storage.study_design.design_checks import (
    NOTHING_SAVED,
    day_problems,
    earlier_words,
    keep_words,
    name_problems,
    no_longer_there,
    refuse_if,
    text_problems,
)
from data.storage.study_design.design_records import (
    EarlierDesignWords,
    MiniProject,
    ProjectState,
    ProjectWords,
)
from data.tables import MiniProjectRow, PersonRow, StrandRow


class ProjectStorage:
    """Saves mini-projects and keeps what was said of them before."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def all(self) -> list[MiniProject]:
        """Every mini-project by its start, those without one last, then by name."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(MiniProjectRow).where(col(MiniProjectRow.is_removed).is_(False))
            ).all()
            listed = sorted(
                rows, key=lambda r: (not r.starts_on, r.starts_on, r.name.casefold())
            )
            return [_project(session, row) for row in listed]

    def add(self, actor_id: str, words: ProjectWords) -> MiniProject:
        """The mini-project as kept. Raises DataRefused with every problem."""
        with self._database.writing(actor_id, Right.TELL_OF_FIELDWORK) as writing:
            refuse_if(_problems(writing.session, words))
            row = MiniProjectRow(**_tidy(words))
            writing.session.add(row)
            writing.session.flush()
            writing.record("mini-project added", "mini_project", row.id)
            return _project(writing.session, row)

    def change(
        self, actor_id: str, project: MiniProject, words: ProjectWords
    ) -> MiniProject:
        """The mini-project in its new words; those it had are kept."""
        with self._database.writing(actor_id, Right.TELL_OF_FIELDWORK) as writing:
            row = writing.session.get(MiniProjectRow, project.id)
            if row is None:
                refuse_if([no_longer_there("Mini-project")])
            assert row is not None
            refuse_if(_problems(writing.session, words, row.id))
            new = _tidy(words)
            told = {name: new[name] for name in ("name", "question", "state")}
            keep_words(writing, row, told)
            writing.change(row, project.version, **new)
            writing.record("mini-project changed", "mini_project", row.id)
            return _project(writing.session, row)

    def set_removed(self, actor_id: str, project_id: str, *, is_removed: bool) -> None:
        """Take a mini-project out of the list, or bring it back."""
        with self._database.writing(actor_id, Right.TELL_OF_FIELDWORK) as writing:
            row = writing.session.get(MiniProjectRow, project_id)
            if row is None:
                refuse_if([no_longer_there("Mini-project")])
            assert row is not None
            writing.change(row, row.version, is_removed=is_removed)
            said = "mini-project taken out" if is_removed else "mini-project back"
            writing.record(said, "mini_project", row.id)

    def earlier_words(self, project_id: str) -> list[EarlierDesignWords]:
        """What was said of a mini-project before, the newest first."""
        with self._database.reading() as session:
            return earlier_words(session, project_id)


def _problems(
    session: Session, words: ProjectWords, own_id: str = ""
) -> list[DataProblem]:
    problems = [
        *name_problems(session, MiniProjectRow, words.name, "Mini-project", own_id),
        *text_problems((words.question, "Question")),
        *day_problems(words.starts_on, "From"),
        *day_problems(words.ends_on, "Until"),
    ]
    if words.starts_on and words.ends_on and words.ends_on < words.starts_on:
        problems.append(
            DataProblem(
                "It ends before it starts.",
                "From, until",
                f"Exchange the two days, or correct one. {NOTHING_SAVED}",
            )
        )
    for table, thing_id, where in (
        (StrandRow, words.strand_id, "Strand"),
        (PersonRow, words.owner_id, "Owner"),
    ):
        if thing_id and session.get(table, thing_id) is None:
            problems.append(no_longer_there(where))
    return problems


def _tidy(words: ProjectWords) -> dict[str, Any]:
    return {
        "name": " ".join(words.name.split()),
        "question": words.question.strip(),
        "strand_id": words.strand_id or None,
        "owner_id": words.owner_id or None,
        "starts_on": words.starts_on,
        "ends_on": words.ends_on,
        "state": words.state.value,
    }


def _project(session: Session, row: MiniProjectRow) -> MiniProject:
    strand = session.get(StrandRow, row.strand_id) if row.strand_id else None
    is_there = strand is not None and not strand.is_removed
    return MiniProject(
        row.id,
        ProjectWords(
            row.name,
            row.question,
            row.strand_id or "" if is_there else "",
            row.owner_id or "",
            row.starts_on,
            row.ends_on,
            ProjectState(row.state),
        ),
        strand.name if strand and is_there else "",
        names_of_people(session).get(row.owner_id or "", ""),
        row.version,
    )
