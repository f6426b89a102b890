"""Storing topic guides: each version whole, dated and with its reason, none changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from coding.mentions import NO_WAVE
from coding.study_design.topic_guides import Question
from data.problems import DataProblem
from data.rights import Right
from data.storage.database import StudyDatabase, Writing, names_of_people, refuse
from data.storage.study_design.design_checks import (
    NOTHING_SAVED,
    day_problems,
    name_problems,
    no_longer_there,
    refuse_if,
    text_problems,
)
from data.storage.study_design.design_records import (
    NO_WAVE_ID,
    GuideVersion,
    NewGuideVersion,
    TopicGuide,
)
from data.tables import TopicGuideRow, TopicGuideVersionRow, WaveRow


class GuideStorage:
    """Saves topic guides and reads them with all their versions."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def all(self) -> list[TopicGuide]:
        """Every guide by name; those taken out are left out."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(TopicGuideRow)
                .where(col(TopicGuideRow.is_removed).is_(False))
                .order_by(col(TopicGuideRow.name))
            ).all()
            return [_guide(session, row) for row in rows]

    def add(self, actor_id: str, name: str, first: NewGuideVersion) -> TopicGuide:
        """The guide as kept with its first version."""
        with self._database.writing(actor_id, Right.DESIGN_STUDY) as writing:
            session = writing.session
            refuse_if(
                [
                    *name_problems(session, TopicGuideRow, name, "Topic guide"),
                    *_problems(session, first, needs_reason=False),
                ]
            )
            row = TopicGuideRow(name=" ".join(name.split()))
            session.add(row)
            session.flush()
            _add_version(writing, row, 1, first)
            return _guide(session, row)

    def add_version(
        self, actor_id: str, guide: TopicGuide, new: NewGuideVersion
    ) -> TopicGuide:
        """The guide with a further version, which stands from now on.

        Raises DataRefused without a reason, where nothing is asked, and where somebody
        added a version since this guide was read.
        """
        with self._database.writing(actor_id, Right.DESIGN_STUDY) as writing:
            session = writing.session
            row = _known(session, guide.id)
            refuse_if(_problems(session, new, needs_reason=True))
            newest = _guide(session, row).newest.number
            if newest != guide.newest.number:
                refuse(
                    f"Version {newest} was added while you were working on this one.",
                    "Topic guide",
                    f"Open the guide again and compare. {NOTHING_SAVED}",
                )
            _add_version(writing, row, newest + 1, new)
            return _guide(session, row)

    def set_removed(self, actor_id: str, guide_id: str, *, is_removed: bool) -> None:
        """Take a guide out of the list, or bring it back with all its versions."""
        with self._database.writing(actor_id, Right.DESIGN_STUDY) as writing:
            row = _known(writing.session, guide_id)
            writing.change(row, row.version, is_removed=is_removed)
            said = "topic guide taken out" if is_removed else "topic guide back"
            writing.record(said, "topic_guide", row.id)


def _known(session: Session, guide_id: str) -> TopicGuideRow:
    row = session.get(TopicGuideRow, guide_id)
    if row is None:
        refuse_if([no_longer_there("Topic guide")])
    assert row is not None
    return row


def _problems(
    session: Session, new: NewGuideVersion, *, needs_reason: bool
) -> list[DataProblem]:
    problems = [
        *day_problems(new.made_on, "Since when"),
        *text_problems((new.reason, "Why it changed")),
    ]
    for is_wrong, found, where, do_next in (
        (not new.questions, "Nothing is asked.", "Questions", "Write a question."),
        (not new.made_on, "There is no day.", "Since when", "Choose a day."),
        (
            needs_reason and not new.reason.strip(),
            "There is no reason.",
            "Why it changed",
            "Write what led to the change.",
        ),
    ):
        if is_wrong:
            problems.append(DataProblem(found, where, f"{do_next} {NOTHING_SAVED}"))
    named = [one for one in new.wave_ids if one != NO_WAVE_ID]
    if any(session.get(WaveRow, wave) is None for wave in named):
        problems.append(no_longer_there("Wave"))
    return problems


def _add_version(
    writing: Writing, row: TopicGuideRow, number: int, new: NewGuideVersion
) -> None:
    assert writing.actor is not None
    writing.session.add(
        TopicGuideVersionRow(
            guide_id=row.id,
            number=number,
            made_on=new.made_on,
            reason=new.reason.strip(),
            questions=[
                {"words": one.words, "prompts": list(one.prompts), "above": one.heading}
                for one in new.questions
            ],
            wave_ids=list(new.wave_ids),
            roles=list(new.roles),
            written_by=writing.actor.id,
        )
    )
    writing.session.flush()
    writing.record(
        "topic guide version",
        "topic_guide",
        row.id,
        number=number,
        questions=len(new.questions),
    )


def _guide(session: Session, row: TopicGuideRow) -> TopicGuide:
    names = names_of_people(session)
    in_order = select(WaveRow).order_by(col(WaveRow.position))
    waves = {wave.id: wave.name for wave in session.scalars(in_order)}
    waves[NO_WAVE_ID] = NO_WAVE
    versions = session.scalars(
        select(TopicGuideVersionRow)
        .where(col(TopicGuideVersionRow.guide_id) == row.id)
        .order_by(col(TopicGuideVersionRow.number))
    )
    read = tuple(_version(one, names, waves) for one in versions)
    return TopicGuide(row.id, row.name, read, row.version)


def _version(
    row: TopicGuideVersionRow, names: Mapping[str, str], waves: Mapping[str, str]
) -> GuideVersion:
    known = tuple(one for one in waves if one in row.wave_ids)
    return GuideVersion(
        row.number,
        tuple(_question(one) for one in row.questions),
        row.made_on,
        row.reason,
        tuple(waves[one] for one in known),
        known,
        tuple(row.roles),
        names.get(row.written_by, ""),
        row.written_at,
    )


def _question(kept: Mapping[str, Any]) -> Question:
    return Question(kept["words"], tuple(kept["prompts"]), kept["above"])
