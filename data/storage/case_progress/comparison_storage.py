"""Storing how progress is compared: the settings and the versions of the form."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from data.case_progress import ComparisonSettings, SavedForm
from data.rights import Right
from data.storage.database import StudyDatabase, Writing, refuse
from data.tables import ComparisonSettingsRow, PersonRow, ReadingFormRow
from matching.progress.milestones import ProgressLimits
from matching.progress.reading_form import DEFAULT_FORM, ReadingForm, ReadingQuestion


class ComparisonStorage:
    """Reads and saves the settings of comparing and the case-reading form."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def settings(self) -> ComparisonSettings:
        """How progress is compared; the usual way where nobody changed anything."""
        with self._database.reading() as session:
            return read_settings(session)

    def save_settings(self, actor_id: str, settings: ComparisonSettings) -> None:
        """Save the settings; ``version`` is the one that was seen.

        The audit line holds what was set before and after. Raises DataRefused where
        somebody else was quicker.
        """
        values = _values(settings)
        with self._database.writing(actor_id, Right.SET_COMPARISON) as writing:
            row = writing.session.exec(select(ComparisonSettingsRow)).first()
            was = _values(read_settings(writing.session))
            if row is not None:
                writing.change(row, settings.version, **values)
            elif settings.version:
                raise AssertionError("settings are never taken away")
            else:
                row = ComparisonSettingsRow(**values)
                writing.session.add(row)
                writing.session.flush()
            changed = {
                name: value for name, value in values.items() if was[name] != value
            }
            writing.record(
                "comparison settings changed",
                "comparison_settings",
                row.id,
                was={name: was[name] for name in changed},
                now=changed,
            )

    def form(self) -> SavedForm:
        """The newest form; the one that ships, numbered 0, where none was saved."""
        with self._database.reading() as session:
            return newest_form(session)

    def save_form(self, actor_id: str, form: ReadingForm, *, was: int) -> SavedForm:
        """The form saved as a new version; readings already begun keep theirs.

        ``was`` is the number of the form that was seen. Raises DataRefused where
        somebody else was quicker and where nothing is different.
        """
        with self._database.writing(actor_id, Right.SET_COMPARISON) as writing:
            newest = newest_form(writing.session)
            if newest.number != was:
                refuse(
                    "Someone else changed the form while you were working on it.",
                    "Case-reading form",
                    "Open it again, compare, and make your change once more. "
                    "Nothing was saved.",
                )
            if newest.form == form:
                refuse(
                    "Nothing in the form is different.",
                    "Case-reading form",
                    "Change a question first. Nothing was saved.",
                )
            if not newest.number:
                # The form that ships is kept as well, so that the change shows.
                newest = keep_form(writing, newest.form, 1)
            return keep_form(writing, form, newest.number + 1)

    def forms(self) -> list[SavedForm]:
        """Every version that was saved or used, the newest first."""
        with self._database.reading() as session:
            rows = session.exec(
                select(ReadingFormRow).order_by(col(ReadingFormRow.number).desc())
            )
            return [form_of(session, row) for row in rows]


def read_settings(session: Session) -> ComparisonSettings:
    """The settings as they stand."""
    row = session.exec(select(ComparisonSettingsRow)).first()
    if row is None:
        return ComparisonSettings()
    return ComparisonSettings(
        row.is_era_shown,
        row.seed,
        row.records_read_to,
        ProgressLimits(
            row.early_help_limit, row.conference_limit, row.assessment_limit
        ),
        row.version,
    )


def newest_form(session: Session) -> SavedForm:
    """The newest form, or the one that ships under the number 0."""
    row = session.exec(
        select(ReadingFormRow).order_by(col(ReadingFormRow.number).desc()).limit(1)
    ).first()
    return form_of(session, row) if row else SavedForm("", 0, DEFAULT_FORM)


def keep_form(writing: Writing, form: ReadingForm, number: int) -> SavedForm:
    """The form kept under a number of its own."""
    assert writing.actor is not None, "only people keep forms"
    row = ReadingFormRow(
        number=number,
        questions=[
            {
                "key": one.key,
                "text": one.text,
                "help": one.help,
                "choices": list(one.choices),
            }
            for one in form.questions
        ],
        saved_by=writing.actor.id,
    )
    writing.session.add(row)
    writing.session.flush()
    writing.record(
        "reading form saved",
        "reading_form",
        row.id,
        number=number,
        questions=len(form.questions),
    )
    return form_of(writing.session, row)


def form_of(session: Session, row: ReadingFormRow) -> SavedForm:
    """A stored form as a value."""
    person = session.get_one(PersonRow, row.saved_by)
    questions = tuple(
        ReadingQuestion(one["key"], one["text"], one["help"], tuple(one["choices"]))
        for one in row.questions
    )
    return SavedForm(
        row.id, row.number, ReadingForm(questions), person.name, row.saved_at
    )


def _values(settings: ComparisonSettings) -> dict[str, Any]:
    return {
        "is_era_shown": settings.is_era_shown,
        "seed": settings.seed,
        "records_read_to": settings.records_read_to,
        "early_help_limit": settings.limits.early_help,
        "conference_limit": settings.limits.conference,
        "assessment_limit": settings.limits.assessment,
    }
