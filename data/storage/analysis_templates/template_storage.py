"""Storing analysis templates: their questions, worked on, published, put away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlmodel import Session, col

from coding.analysis_templates.questions import Question, problems_of
from data.problems import DataProblem, DataRefused
from data.rights import Right
from data.storage.analysis_templates.template_records import Template
from data.storage.analysis_templates.template_rows import (
    as_template,
    known_template,
    question_row,
    questions_of,
    require_published,
    version_rows,
)
from data.storage.database import StudyDatabase, Writing, refuse
from data.tables import (
    AnalysisQuestionRow,
    AnalysisTemplateRow,
    AnalysisTemplateVersionRow,
    new_id,
    now,
)

LONGEST_NAME = 120
LONGEST_ABOUT = 2_000
_ABOUT = "analysis template"


class TemplateStorage:
    """Reads and saves templates; a published version never changes."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def templates(self, *, put_away: bool = False) -> list[Template]:
        """The templates by name with all their versions, or those put away."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(AnalysisTemplateRow)
                .where(col(AnalysisTemplateRow.is_put_away).is_(put_away))
                .order_by(func.lower(col(AnalysisTemplateRow.name)))
            ).all()
            return [as_template(session, row) for row in rows]

    def add(
        self, actor_id: str, name: str, questions: Sequence[Question], about: str = ""
    ) -> Template:
        """The template as saved, its first version not published yet.

        Questions without an id get one, which they keep through all versions. Raises
        DataRefused with everything that is wrong with name and questions.
        """
        name, about = _sound(name, about)
        questions = _sound_questions(questions)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            _require_new_name(session, name)
            row = AnalysisTemplateRow(name=name, about=about, made_by=actor_id)
            session.add(row)
            session.flush()
            _write_version(writing, row.id, 1, questions)
            writing.record("template made", _ABOUT, row.id, questions=len(questions))
            return as_template(session, row)

    def change(
        self,
        actor_id: str,
        template: Template,
        name: str,
        questions: Sequence[Question],
        about: str = "",
    ) -> Template:
        """The template with its questions as they are to be, published or not later.

        Published versions stay as they are: the change goes into the version that is
        not published yet, which is begun where there is none. Raises DataRefused where
        somebody else changed either since ``template`` was read.
        """
        name, about = _sound(name, about)
        questions = _sound_questions(questions)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            row = known_template(session, template.id)
            _require_new_name(session, name, besides=row.id)
            writing.change(row, template.version, name=name, about=about)
            stored = version_rows(session, row.id)
            last = questions_of(session, stored[-1].id)
            if tuple(last) != questions:
                number = stored[-1].number
                if stored[-1].published_at is None:
                    session.delete(stored[-1])
                    session.flush()
                else:
                    number += 1
                _write_version(writing, row.id, number, questions)
            writing.record("template changed", _ABOUT, row.id, questions=len(questions))
            return as_template(session, row)

    def publish(self, actor_id: str, template: Template, note: str = "") -> Template:
        """The template with its new questions published: records can be filled in them.

        Records filled under an earlier version stay there until somebody moves them.
        """
        note = note.strip()
        if len(note) > LONGEST_ABOUT:
            refuse(
                f"The note is longer than {LONGEST_ABOUT:,} characters.",
                "What changed and why",
                "Shorten it. Nothing was saved.",
            )
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            row = known_template(session, template.id)
            writing.change(row, template.version)
            waiting = version_rows(session, row.id)[-1]
            if waiting.published_at is not None:
                refuse(
                    "No question was changed since the last version.",
                    "Analysis template",
                    "Change a question first. Nothing was saved.",
                )
            waiting.note, waiting.published_by = note, actor_id
            waiting.published_at = now()
            session.flush()
            writing.record("template published", _ABOUT, row.id, version=waiting.number)
            return as_template(session, row)

    def drop_changes(self, actor_id: str, template: Template) -> Template:
        """The template as last published; what was changed since is let go of."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            row = known_template(session, template.id)
            require_published(session, row.id)
            writing.change(row, template.version)
            waiting = version_rows(session, row.id)[-1]
            if waiting.published_at is None:
                session.delete(waiting)
                session.flush()
            writing.record("template changes dropped", _ABOUT, row.id)
            return as_template(session, row)

    def put_away(self, actor_id: str, template: Template, *, away: bool = True) -> None:
        """Take a template off the list, or put it back; its records stay."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = known_template(writing.session, template.id)
            writing.change(row, template.version, is_put_away=away)
            done = "template put away" if away else "template put back"
            writing.record(done, _ABOUT, row.id)


def _write_version(
    writing: Writing, template_id: str, number: int, questions: Sequence[Question]
) -> None:
    version = AnalysisTemplateVersionRow(template_id=template_id, number=number)
    writing.session.add(version)
    writing.session.flush()
    for position, one in enumerate(questions):
        writing.session.add(
            AnalysisQuestionRow(
                template_version_id=version.id, position=position, **question_row(one)
            )
        )
    writing.session.flush()


def _sound(name: str, about: str) -> tuple[str, str]:
    name, about = " ".join(name.split()), about.strip()
    problems = []
    if not name or len(name) > LONGEST_NAME:
        problems.append(
            DataProblem(
                "The template needs a name."
                if not name
                else f"The name is longer than {LONGEST_NAME} characters.",
                "Name of the template",
                "Give it a short one. Nothing was saved.",
            )
        )
    if len(about) > LONGEST_ABOUT:
        problems.append(
            DataProblem(
                f"The note is longer than {LONGEST_ABOUT:,} characters.",
                "What it is for",
                f"Shorten it by {len(about) - LONGEST_ABOUT:,}. Nothing was saved.",
            )
        )
    if problems:
        raise DataRefused(problems)
    return name, about


def _sound_questions(questions: Sequence[Question]) -> tuple[Question, ...]:
    tidy = tuple(
        replace(
            one,
            id=one.id or new_id(),
            heading=" ".join(one.heading.split()),
            guidance=one.guidance.strip(),
            for_whom=" ".join(one.for_whom.split()),
            choices=tuple(c for c in (" ".join(c.split()) for c in one.choices) if c)
            if one.kind.needs_choices
            else (),
            code_ids=tuple(dict.fromkeys(one.code_ids)),
        )
        for one in questions
    )
    if problems := problems_of(tidy):
        raise DataRefused(
            [DataProblem(one.found, one.where, one.do_next) for one in problems]
        )
    return tidy


def _require_new_name(session: Session, name: str, besides: str = "") -> None:
    rows = session.execute(
        select(col(AnalysisTemplateRow.id), col(AnalysisTemplateRow.name))
    )
    if any(n.casefold() == name.casefold() and i != besides for i, n in rows):
        refuse(
            "Another template has this name.",
            "Name of the template",
            "Choose another; it may be one that was put away. Nothing was saved.",
        )
