"""Aims and who was reached as tables, for the page, the debrief and a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from coding.study_design.reached import GroupReached
from data.exporters.report_document import INTERNAL_MARK, ReportTable
from data.exporters.table_file import table_as_xlsx
from data.storage import StudyStore
from workbench.actions.study_design.design_reading import (
    StudyDesign,
    in_one_sentence,
    what_to_know,
)
from workbench.wording import day_in_words

_HEADINGS = (
    "Wave",
    "Role",
    "Team",
    "Locality",
    "People aimed for",
    "People reached",
    "People lacking",
    "Interviews aimed for",
    "Interviews held",
    "How it stands",
    "Why",
)
_NUMBERS = (4, 5, 6, 7, 8)
CAPTION = "Aimed for and reached. People come before interviews."


def reached_table(
    design: StudyDesign, groups: Sequence[GroupReached] | None = None
) -> ReportTable:
    """Every group, or these: aimed for, reached, lacking, how it stands, why."""
    told = design.reached.groups if groups is None else groups
    return ReportTable(
        CAPTION, _HEADINGS, tuple(_row(design, one) for one in told), _NUMBERS
    )


def short_table(design: StudyDesign, groups: Sequence[GroupReached]) -> ReportTable:
    """The same with less: who, people aimed for and reached, how it stands, why."""
    rows = tuple(
        (
            one.group.who,
            f"{one.aim.people:,}" if one.aim else "",
            f"{len(one.people):,}",
            one.standing.value,
            design.reason(one.group),
        )
        for one in groups
    )
    headings = ("Who", "Aimed for", "Reached", "How it stands", "Why")
    return ReportTable("People aimed for and reached", headings, rows, (1, 2))


def design_workbook(store: StudyStore, made_by: str, made_at: datetime) -> bytes:
    """The design as the content of an .xlsx, for inside the study: it names people."""
    from workbench.actions.study_design.design_reading import read_design

    design = read_design(store)
    return table_as_xlsx(
        reached_table(design),
        "Aimed for and reached",
        [
            ("Who counts", _who_counts(design)),
            ("Strands", _strands(design)),
            ("Mini-projects", projects_table(design)),
            ("Waves", waves_table(design)),
            ("Topic guides", _guides(design)),
        ],
        about=(
            store.study.read().name,
            f"Made on {day_in_words(made_at.date().isoformat())} by {made_by}.",
            in_one_sentence(design),
            "A person in two waves counts once in each of them, and once in all.",
            *what_to_know(design),
        ),
        mark=INTERNAL_MARK,
    )


def projects_table(design: StudyDesign) -> ReportTable:
    """The mini-projects, one a row."""
    return ReportTable(
        "Mini-projects",
        ("Name", "Question", "Strand", "Owner", "From", "Until", "State"),
        tuple(
            (
                one.words.name,
                one.words.question,
                one.strand,
                one.owner,
                one.words.starts_on,
                one.words.ends_on,
                one.words.state.in_words,
            )
            for one in design.projects
        ),
    )


def waves_table(design: StudyDesign) -> ReportTable:
    """The waves with their days, purpose and the guides they were asked by."""
    return ReportTable(
        "Waves",
        ("Wave", "From", "Until", "Purpose", "Topic guides"),
        tuple(
            (
                one.wave,
                day_in_words(one.starts_on) if one.starts_on else "",
                day_in_words(one.ends_on) if one.ends_on else "",
                one.purpose,
                "; ".join(
                    f"{guide.name}, version {version.number}"
                    for guide, version in design.guides_of(one.wave)
                ),
            )
            for one in design.waves
        ),
    )


def _row(design: StudyDesign, one: GroupReached) -> tuple[str, ...]:
    aim = one.aim
    interviews = aim.interviews if aim else None
    return (
        one.group.wave or "All waves",
        *one.group.facts,
        f"{aim.people}" if aim else "",
        f"{len(one.people)}",
        f"{one.short_of_people}" if aim else "",
        "" if interviews is None else f"{interviews}",
        f"{len(one.interviews)}",
        one.standing.value,
        design.reason(one.group),
    )


def _who_counts(design: StudyDesign) -> ReportTable:
    people, names = design.people, design.read.names
    heard: dict[str, list[str]] = {}
    for source in design.read.sources:
        for person in source.heard.participant_ids:
            heard.setdefault(person, []).append(source.heard.source_id)
    waves = {one.heard.source_id: one.heard.wave for one in design.read.sources}
    rows = [
        (
            one.group.wave or "All waves",
            one.group.who,
            people[person].pseudonym,
            "; ".join(
                names[source]
                for source in heard.get(person, ())
                if one.group.wave in ("", waves[source] or "No wave")
            ),
        )
        for one in design.reached.groups
        for person in one.people
    ]
    headings = ("Wave", "Group", "Participant", "Heard in")
    return ReportTable("Who counts in each group", headings, tuple(rows))


def _strands(design: StudyDesign) -> ReportTable:
    return ReportTable(
        "Strands",
        ("Strand", "What it is for"),
        tuple((one.name, one.purpose) for one in design.strands),
    )


def _guides(design: StudyDesign) -> ReportTable:
    rows = [
        (
            guide.name,
            str(version.number),
            version.made_on,
            version.reason,
            str(at),
            question.heading,
            question.words,
            "\n".join(question.prompts),
        )
        for guide in design.guides
        for version in guide.versions
        for at, question in enumerate(version.questions, start=1)
    ]
    return ReportTable(
        "Topic guides, every version",
        ("Guide", "Version", "Since", "Why", "Number", "Part", "Question", "Prompts"),
        tuple(rows),
        (1, 4),
    )
