"""Tables of comparing progress: settings, the reading form, readings, verdicts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class ComparisonSettingsRow(StudyTable, table=True):
    """How progress is compared in this study; one row, kept once it was changed."""

    __tablename__ = "comparison_settings"

    id: str = Field(default_factory=new_id, primary_key=True)
    is_era_shown: bool = True
    seed: int = 1
    records_read_to: str = ""
    early_help_limit: int
    conference_limit: int
    assessment_limit: int
    version: int = Field(default=1)


class ReadingFormRow(StudyTable, table=True):
    """A case-reading form: each change is a new numbered row, none is overwritten."""

    __tablename__ = "reading_form"

    id: str = Field(default_factory=new_id, primary_key=True)
    number: int = Field(unique=True)
    questions: list[dict[str, Any]] = Field(sa_type=JSON)
    saved_by: str = Field(foreign_key="person.id")
    saved_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ComparedPairRow(StudyTable, table=True):
    """A locked pair whose progress somebody began to compare.

    ``kind`` tells two cases from two times of one case.
    """

    __tablename__ = "compared_pair"
    __table_args__ = (UniqueConstraint("contemporary_id", "historic_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    contemporary_id: str = Field(foreign_key="case_file.id", index=True)
    historic_id: str = Field(foreign_key="case_file.id", index=True)
    kind: str
    begun_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CaseReadingRow(StudyTable, table=True):
    """One reader's reading of one file of a pair, with the form it was made with."""

    __tablename__ = "case_reading"
    __table_args__ = (UniqueConstraint("pair_id", "case_id", "reader_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    pair_id: str = Field(foreign_key="compared_pair.id", index=True, ondelete="CASCADE")
    case_id: str = Field(foreign_key="case_file.id", index=True)
    form_id: str = Field(foreign_key="reading_form.id", index=True)
    reader_id: str = Field(foreign_key="person.id", index=True)
    begun_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ReadingAnswerRow(StudyTable, table=True):
    """The answer to one question of a form, and the notes it rests on."""

    __tablename__ = "reading_answer"
    __table_args__ = (UniqueConstraint("reading_id", "question_key"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    reading_id: str = Field(
        foreign_key="case_reading.id", index=True, ondelete="CASCADE"
    )
    question_key: str
    answer: str = Field(sa_type=Text)
    note_ids: list[str] = Field(sa_type=JSON)
    saved_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class ProgressJudgeRow(StudyTable, table=True):
    """A place at a pair: 1 and 2 judge apart, 3 is what the two settled together.

    ``judge_number`` is nothing once somebody gave the place back unfinished; two empty
    ones never clash. ``was_era_shown`` is whether the era was ever shown to that judge.
    """

    __tablename__ = "progress_judge"
    __table_args__ = (UniqueConstraint("pair_id", "judge_number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    pair_id: str = Field(foreign_key="compared_pair.id", index=True, ondelete="CASCADE")
    judge_number: int | None = Field(default=1)
    judge_id: str = Field(foreign_key="person.id", index=True)
    was_era_shown: bool
    begun_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    given_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class ProgressVerdictRow(StudyTable, table=True):
    """What was said of one area of a pair from one place, and why."""

    __tablename__ = "progress_verdict"
    __table_args__ = (UniqueConstraint("place_id", "area"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    place_id: str = Field(
        foreign_key="progress_judge.id", index=True, ondelete="CASCADE"
    )
    area: str
    verdict: str
    reason: str = Field(sa_type=Text)
    saved_by: str = Field(foreign_key="person.id")
    saved_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class EarlierWordsRow(StudyTable, table=True):
    """What an answer or a verdict said before it was changed."""

    __tablename__ = "earlier_words"
    __table_args__ = (UniqueConstraint("about_id", "version"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    about_kind: str
    about_id: str = Field(index=True)
    version: int
    content: dict[str, Any] = Field(sa_type=JSON)
    saved_by: str = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_type=UtcDateTime)
