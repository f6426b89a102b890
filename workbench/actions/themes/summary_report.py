"""Summaries of themes as Word and Excel files, for inside the study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from coding.mentions import NO_WAVE
from coding.theme_summaries.contrary_cases import UNLIKE_IN_WORDS
from coding.theme_summaries.who_says import GroupedBy, Standing
from data.exporters.report_document import (
    INTERNAL_MARK,
    Paragraph,
    Part,
    Points,
    ReportDocument,
    ReportTable,
    Section,
    made_in_words,
)
from data.exporters.table_file import table_as_xlsx
from data.storage import StudyStore
from workbench.actions.themes import (
    saturation_reading,
    summary_tables,
    summary_words,
)
from workbench.actions.themes.chosen_range import ThemeRange, read_range
from workbench.actions.themes.quoted_places import read_quoted
from workbench.actions.themes.said_themes import (
    SaidThemes,
    read_said_themes,
    themes_of_study,
)
from workbench.actions.themes.theme_summary import ThemeRead, read_theme
from workbench.wording import counted, listed

CONTRARY_SHOWN = 5
TOGETHER_SHOWN = 12
ABOUT = (
    "Internal: this file identifies people and is not made to leave the study.",
    "People stand before mentions. Who does not say something is told only of people "
    "heard in sources that are all coded.",
    summary_words.CHANGE_RULE,
    UNLIKE_IN_WORDS,
    summary_words.CHANCE_RULE,
    saturation_reading.SATURATION_RULE,
)
_HEADINGS = {
    GroupedBy.WAVE: "Wave",
    GroupedBy.ROLE: "Role",
    GroupedBy.LOCALITY: "Locality",
}


def theme_document(
    store: StudyStore,
    read: ThemeRead,
    made_by: str,
    made_at: datetime,
) -> ReportDocument:
    """One theme's summary, with the quotations its page shows."""
    parts = theme_sections(store, read, read_range(store, read))
    return ReportDocument(
        f"Theme summary: {read.code.name}",
        store.study.read().name,
        made_by,
        made_at,
        (*parts, _how_to_read()),
    )


def summaries_document(
    store: StudyStore, made_by: str, made_at: datetime
) -> ReportDocument:
    """All themes between waves, saturation, then each theme somebody speaks about."""
    themes = read_said_themes(store)
    sections: list[Section] = [
        glance_section(store, themes),
        saturation_section(themes),
    ]
    for read in _all_read(store, themes):
        if read.over_all.mentions:
            sections += theme_sections(store, read, read_range(store, read))
    return ReportDocument(
        "Theme summaries",
        store.study.read().name,
        made_by,
        made_at,
        (*sections, _how_to_read()),
        has_contents=True,
    )


def summaries_book(store: StudyStore, made_by: str, made_at: datetime) -> bytes:
    """The same as sheets: people by group, between waves, together, saturation."""
    themes = read_said_themes(store)
    return book_of(_all_read(store, themes), themes, made_by, made_at)


def book_of(
    reads: Sequence[ThemeRead], themes: SaidThemes, made_by: str, made_at: datetime
) -> bytes:
    """Summaries of these themes as a workbook, marked internal on every sheet."""
    made = made_in_words(made_by, made_at)
    saturated = saturation_reading.read_saturation(themes)
    # Of every person under every theme nobody would read the rows.
    persons = [
        ("Person by person", summary_tables.persons_table(read))
        for read in reads
        if len(reads) == 1
    ]
    return table_as_xlsx(
        summary_tables.people_table(reads),
        "Who says it",
        (
            *persons,
            ("Between waves", summary_tables.changes_table(reads)),
            ("Contrary cases", summary_tables.contrary_table(reads)),
            ("Said together", summary_tables.together_table(reads)),
            ("Saturation", saturation_reading.saturation_table(saturated)),
        ),
        about=(made, *ABOUT),
        mark=INTERNAL_MARK,
    )


def glance_table(themes: SaidThemes, reads: Sequence[ThemeRead]) -> ReportTable:
    """Every theme over all waves: a word, and how many of how many people."""
    rows = []
    for read in reads:
        cells = [summary_words.glance_in_words(one) for one in read.changes]
        rows.append((read.code.name, *(f"{a}: {b}" if b else a for a, b in cells)))
    return ReportTable(
        "Themes between waves",
        ("Theme", *(one for one in themes.said.waves if one != NO_WAVE)),
        tuple(rows),
    )


def glance_section(store: StudyStore, themes: SaidThemes) -> Section:
    """All themes over all waves at a glance."""
    reads = _all_read(store, themes)
    if not reads or not reads[0].changes:
        return Section("Between waves", (Paragraph("No theme or no wave yet."),))
    return Section(
        "Between waves",
        (
            glance_table(themes, reads),
            Paragraph(summary_words.CHANGE_RULE, is_note=True),
        ),
    )


def saturation_section(themes: SaidThemes) -> Section:
    """Whether interviews still brought new codes."""
    read = saturation_reading.read_saturation(themes)
    parts: list[Part] = [
        Paragraph(saturation_reading.result_in_words(read)),
        Paragraph(saturation_reading.bears_in_words()),
    ]
    cautions = saturation_reading.cautions_in_words(read)
    if cautions:
        parts.append(Points(tuple(cautions)))
    if read.interviews:
        parts.append(saturation_reading.saturation_table(read))
    parts.append(Paragraph(saturation_reading.SATURATION_RULE, is_note=True))
    return Section("Saturation by order of interviews", tuple(parts))


def theme_sections(
    store: StudyStore, read: ThemeRead, shown: ThemeRange
) -> list[Section]:
    """A theme's sections: the theme itself, then what its page shows in the order."""
    lead: list[Part] = []
    if read.code.definition:
        lead.append(Paragraph(read.code.definition))
    lead.append(Paragraph(summary_words.lead_in_words(read)))
    lead += [Paragraph(one, is_note=True) for one in summary_words.notes_in_words(read)]
    if not read.over_all.mentions:
        return [Section(read.code.name, tuple(lead))]
    return [
        Section(read.code.name, tuple(lead)),
        Section("Who says it, and who does not", tuple(_who(read)), level=2),
        Section(
            "Between waves",
            (Points(tuple(map(summary_words.change_in_words, read.changes))),)
            if read.changes
            else (Paragraph("There is no wave."),),
            level=2,
        ),
        Section("Contrary cases", tuple(_contrary(store, read)), level=2),
        Section("Said together with", tuple(_together(read)), level=2),
        Section("In their words", tuple(_quoted(read, shown)), level=2),
    ]


def _all_read(store: StudyStore, themes: SaidThemes) -> list[ThemeRead]:
    order = most_people_first_ids(themes)
    return [
        read
        for code_id in order
        if (read := read_theme(store, themes, code_id)) is not None
    ]


def most_people_first_ids(themes: SaidThemes) -> list[str]:
    """The ids of the themes, most people first."""
    return [one.code.id for one in themes_of_study(themes, codes=False).themes]


def _who(read: ThemeRead) -> list[Part]:
    parts: list[Part] = []
    for by, groups in read.groups.items():
        rows = tuple(
            (
                one.group,
                summary_words.group_in_words(one),
                str(one.mentions),
                listed(read.names(one.people[Standing.SAYS])),
                listed(read.names(one.people[Standing.SILENT])),
            )
            for one in groups
        )
        if rows:
            parts.append(
                ReportTable(
                    f"By {by.value}",
                    (
                        _HEADINGS[by],
                        "People",
                        "Mentions",
                        "Say it",
                        "Heard and do not",
                    ),
                    rows,
                    number_columns=(2,),
                )
            )
    return parts


def _contrary(store: StudyStore, read: ThemeRead) -> list[Part]:
    contrary = read.contrary
    parts: list[Part] = [Paragraph(summary_words.looked_for_in_words(contrary))]
    for one in contrary.marked:
        note = f" Why: {one.note}" if one.note else ""
        warning = f" {one.warning}" if one.warning else ""
        said = f"“{one.now.words}” ({one.now.name}). " if one.now.words else ""
        if not one.now.may_be_quoted:
            said = f"(Words that may not be quoted: {one.now.name}.) "
        parts.append(Paragraph(f"{said}Marked by {one.linked_by}.{note}{warning}"))
    parts += [
        Paragraph(
            f"{one.looked_by or 'Somebody'} looked on {one.looked_at.day} "
            f"{one.looked_at:%B %Y}: {one.where_looked}"
        )
        for one in contrary.searches
    ]
    parts.append(Paragraph(summary_words.opposites_in_words(contrary)))
    quotable = [
        place for place in contrary.places if _may_be_quoted(read, [place.person_id])
    ]
    parts += [
        one.quotation for one in read_quoted(store, read, quotable[:CONTRARY_SHOWN])
    ]
    unlike = [summary_words.unlike_in_words(one, read) for one in contrary.unlike]
    parts.append(
        Points(tuple(unlike))
        if unlike
        else Paragraph(summary_words.no_unlike_in_words())
    )
    return parts


def _may_be_quoted(read: ThemeRead, people: Iterable[str]) -> bool:
    known = [read.people[one] for one in people if one in read.people]
    return all(one.may_be_quoted for one in known)


def _together(read: ThemeRead) -> list[Part]:
    rows = summary_words.together_rows(read, TOGETHER_SHOWN)
    if not rows:
        return [Paragraph(f"No other {read.kind} is said by the same people.")]
    left = len(read.together) - len(rows)
    parts: list[Part] = [
        ReportTable(
            "Most people first",
            (
                read.kind.capitalize(),
                "People who say both",
                "Same passage",
                "Same turn",
                "Same source",
            ),
            tuple(rows),
        )
    ]
    if left:
        parts.append(Paragraph(f"{counted(left, 'further one')} not shown.", True))
    return parts


def _quoted(read: ThemeRead, shown: ThemeRange) -> list[Part]:
    parts: list[Part] = []
    for one in shown.quoted:
        parts.append(one.quotation)
        if one.because:
            parts.append(Paragraph(one.because, is_note=True))
    if not parts:
        parts.append(Paragraph("Nothing that may be quoted."))
    parts += [Paragraph(one, is_note=True) for one in shown.words]
    left_out = summary_words.not_quotable_in_words(read)
    if left_out:
        parts.append(Paragraph(left_out, is_note=True))
    return parts


def _how_to_read() -> Section:
    return Section("How this is worked out", (Points(ABOUT),))
