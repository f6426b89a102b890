"""Topic guides as documents, and what one version changed of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from coding.problems import CodingRefused
from coding.study_design.topic_guides import (
    GuideChanges,
    Question,
    compare_questions,
    read_questions,
)
from data.exporters.debrief_report import report_as_word
from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    ReportDocument,
    Section,
)
from data.problems import DataProblem, DataRefused
from data.storage.study_design.design_records import GuideVersion, TopicGuide
from workbench.wording import counted, day_in_words, listed

LONG_FOR_ONE = 40
"""From how many questions on a guide is told to be long for one interview."""
_MARK = "Topic guide"


def questions_of(text: str) -> tuple[Question, ...]:
    """The questions of a text. Raises DataRefused with every problem."""
    try:
        return tuple(read_questions(text))
    except CodingRefused as refusal:
        raise DataRefused(
            [DataProblem(p.found, p.where, p.do_next) for p in refusal.problems]
        ) from None


def guide_parts(questions: Sequence[Question]) -> list[Part]:
    """The questions, numbered, each with its prompts."""
    parts: list[Part] = []
    for at, one in enumerate(questions, start=1):
        if one.heading:
            parts.append(Paragraph(one.heading))
        parts.append(Paragraph(f"{at}. {one.words}"))
        if one.prompts:
            parts.append(Points(one.prompts))
    return parts


def guide_as_word(
    guide: TopicGuide,
    version: GuideVersion,
    study_name: str,
    made_by: str,
    made_at: datetime,
) -> bytes:
    """A version of a guide as a Word file to take along."""
    about = [Paragraph(version_in_words(version))]
    if version.reason:
        about.append(Paragraph(f"Why it changed: {version.reason}"))
    return report_as_word(
        ReportDocument(
            guide.name,
            study_name,
            made_by,
            made_at,
            (
                Section("About this version", tuple(about)),
                Section("Questions", tuple(guide_parts(version.questions))),
            ),
            _MARK,
        )
    )


def version_in_words(version: GuideVersion) -> str:
    """Which version, since when, by whom, for which waves and roles."""
    waves = listed(version.waves) if version.waves else "all waves"
    roles = listed(version.roles) if version.roles else "all roles"
    long = ""
    if len(version.questions) > LONG_FOR_ONE:
        long = " That is long for one interview."
    return (
        f"Version {version.number}, since {day_in_words(version.made_on)}, by "
        f"{version.written_by}. For {waves}; {roles}. "
        f"{counted(len(version.questions), 'question')}.{long}"
    )


def changes_of(guide: TopicGuide, number: int) -> GuideChanges | None:
    """What a version changed of the one before, nothing for the first."""
    at = next(i for i, one in enumerate(guide.versions) if one.number == number)
    if at == 0:
        return None
    return compare_questions(
        guide.versions[at - 1].questions, guide.versions[at].questions
    )


def changes_in_words(changes: GuideChanges) -> list[str]:
    """What changed, a sentence for each question; one sentence where nothing did."""
    if changes.is_none:
        return ["It asks the same in the same order."]
    said = [f"New: {one.words}" for one in changes.added]
    said += [f"Taken out: {one.words}" for one in changes.removed]
    said += [f"Reworded: {was.words} → {now.words}" for was, now in changes.reworded]
    for was, now in changes.prompts:
        new = [one for one in now.prompts if one not in was.prompts]
        gone = [one for one in was.prompts if one not in now.prompts]
        told = [f"new prompt: {one}" for one in new]
        told += [f"prompt taken out: {one}" for one in gone]
        said.append(f"{now.words} ({'; '.join(told) or 'prompts in another order'})")
    said += [
        f"Moved from {was} to {now}: {one.words}" for one, was, now in changes.moved
    ]
    return said
