"""Summaries of themes as sheets of a workbook, people before mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coding.theme_summaries.who_says import GroupedBy, Standing
from data.exporters.report_document import ReportTable
from workbench.actions.themes import summary_words
from workbench.actions.themes.theme_summary import ThemeRead


def people_table(reads: Sequence[ThemeRead]) -> ReportTable:
    """How many people stand how, by theme and group."""
    rows = [
        (
            read.code.name,
            by.value,
            one.group,
            *(str(one.number(standing)) for standing in Standing),
            str(one.mentions),
        )
        for read in reads
        for by, groups in read.groups.items()
        for one in groups
    ]
    return ReportTable(
        "Who says it",
        (
            *("Theme", "By", "Group", "Say it", "Heard and do not", "Not known yet"),
            *("Coded blind", "Took no part", "Mentions"),
        ),
        tuple(rows),
        number_columns=(3, 4, 5, 6, 7, 8),
    )


def persons_table(read: ThemeRead) -> ReportTable:
    """How each person stands to one theme in each wave they were heard in."""
    standing_in: Mapping[str, Mapping[str, Standing]] = {
        one.group: {
            person: standing
            for standing, people in one.people.items()
            for person in people
        }
        for one in read.groups[GroupedBy.WAVE]
    }
    rows = [
        (
            person.pseudonym,
            person.role,
            person.locality,
            wave,
            stands[person.id].value,
        )
        for person in read.people.values()
        for wave, stands in standing_in.items()
        if stands[person.id] is not Standing.NOT_HEARD
    ]
    return ReportTable(
        "Person by person",
        ("Person", "Role", "Locality", "Wave", "In that wave they"),
        tuple(rows),
    )


def changes_table(reads: Sequence[ThemeRead]) -> ReportTable:
    """What became of each theme in each wave."""
    rows = [
        (
            read.code.name,
            one.wave,
            one.state.value,
            str(one.says),
            str(one.known),
            str(one.same.people),
            summary_words.change_in_words(one),
        )
        for read in reads
        for one in read.changes
    ]
    return ReportTable(
        "Between waves",
        (
            *("Theme", "Wave", "State", "Say it", "Heard and coded"),
            *("Of them heard before", "In words"),
        ),
        tuple(rows),
        number_columns=(3, 4, 5),
    )


def contrary_table(reads: Sequence[ThemeRead]) -> ReportTable:
    """What does not fit each theme."""
    rows = []
    for read in reads:
        contrary = read.contrary
        rows.append((read.code.name, summary_words.looked_for_in_words(contrary)))
        rows += [
            (read.code.name, summary_words.unlike_in_words(one, read))
            for one in contrary.unlike
        ]
        rows += [
            (read.code.name, f"{one.now.name}: {one.note}") for one in contrary.marked
        ]
    return ReportTable("Contrary cases", ("Theme", "What"), tuple(rows))


def together_table(reads: Sequence[ThemeRead]) -> ReportTable:
    """How each theme meets each other one."""
    rows = [
        (
            read.code.name,
            code.name,
            str(len(one.people)),
            str(one.passages),
            str(one.turns.both),
            f"{one.turns.by_chance:.2f}",
            f"{one.turns.alike:.3f}",
            str(one.sources.both),
            f"{one.sources.by_chance:.2f}",
            f"{one.sources.alike:.3f}",
        )
        for read in reads
        for code, one in read.together
    ]
    return ReportTable(
        "Said together",
        (
            *("Theme", "With", "People who say both", "Passages", "Turns with both"),
            *("Turns by chance", "Turns alike", "Sources with both"),
            *("Sources by chance", "Sources alike"),
        ),
        tuple(rows),
        number_columns=tuple(range(2, 10)),
    )
