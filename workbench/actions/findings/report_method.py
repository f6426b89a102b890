"""The sections on method: who took part, what people spoke about, what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from data.exporters.bar_chart import Bar, bar_chart, chart_in_words
from data.exporters.report_document import (
    Paragraph,
    Part,
    Picture,
    Points,
    ReportTable,
    Section,
)
from workbench.actions.findings.appendices.agreement import (
    IN_SHORT,
    agreement_in_short,
)
from workbench.actions.findings.appendices.matching import plan_rows
from workbench.actions.findings.printed_numbers import PrintedNumbers
from workbench.actions.findings.printed_words import CODE, QUESTION, PrintedWords
from workbench.actions.findings.report_counts import (
    CASES,
    PEOPLE,
    SOURCES,
    cases_judged,
    people_in,
    people_of,
    sources_of,
    theme_of,
)
from workbench.actions.findings.report_design import design_sections
from workbench.actions.findings.report_material import ReportMaterial
from workbench.actions.together.pair_report import suitability_in_words
from workbench.wording import day_in_words

METHOD = "How it was found out"
_SPOKEN = "What people spoke about"


def question_section(
    material: ReportMaterial, numbers: PrintedNumbers, words: PrintedWords
) -> Section:
    """What the study asks, in its own words."""
    study = material.study
    asked = words.of(QUESTION, "study", study.description)
    parts: list[Part] = [Paragraph(asked or "The question is not described here.")]
    if study.practice_start:
        day = day_in_words(study.practice_start)
        began = f"The new practice began on {day}."
        rows = (f"Set for the study: practice start {study.practice_start}",)
        parts.append(Paragraph(numbers.tells(began, "Start of the practice", rows)))
    return Section("The question", tuple(parts))


def method_sections(
    material: ReportMaterial, numbers: PrintedNumbers, words: PrintedWords
) -> list[Section]:
    """Who took part, how interviews were coded, how cases were paired and judged."""
    return [
        Section(METHOD, (_sources(numbers),)),
        Section("Who took part", tuple(_people(numbers)), level=2),
        *design_sections(material, numbers, words),
        Section(
            IN_SHORT, tuple(agreement_in_short(material.agreement, numbers)), level=2
        ),
        Section("How cases were compared", tuple(_cases(material, numbers)), level=2),
        Section(_SPOKEN, tuple(_themes(numbers, words))),
    ]


def _sources(numbers: PrintedNumbers) -> Paragraph:
    sources = numbers.count(SOURCES, METHOD)
    by_wave = [
        f"{numbers.count(key, METHOD)} in {key[1]}"
        for key in numbers.counts.counted
        if key[0] == SOURCES[0] and key != SOURCES and key == sources_of(key[1])
    ]
    more = f" By wave: {'; '.join(by_wave)}." if by_wave else ""
    return Paragraph(f"Interviews, groups, observations and comments: {sources}.{more}")


def _people(numbers: PrintedNumbers) -> list[Part]:
    counts = numbers.counts
    if not counts.roles:
        return [Paragraph("Nobody is named as a participant yet.")]
    by_wave = "Table 1. People who took part, by role and wave"
    rows = [
        (
            role,
            *(
                numbers.count(people_in(role, wave), f"{by_wave}: {role}, {wave}")
                for wave in counts.waves
            ),
            numbers.count(people_of("role", role), f"{by_wave}: {role}, All"),
        )
        for role in counts.roles
    ]
    rows.append(
        (
            "All",
            *(
                numbers.count(people_of("wave", wave), f"{by_wave}: All, {wave}")
                for wave in counts.waves
            ),
            numbers.count(PEOPLE, f"{by_wave}: All, All"),
        )
    )
    headings = ("Role", *counts.waves, "All")
    by_place = "Table 2. People who took part, by locality"
    places = [
        (
            place,
            numbers.count(people_of("locality", place), f"{by_place}: {place}"),
        )
        for place in counts.localities
    ]
    return [
        Paragraph("Somebody heard in several waves counts once under All.", True),
        ReportTable(by_wave, headings, tuple(rows), tuple(range(1, len(headings)))),
        ReportTable(by_place, ("Locality", "People"), tuple(places), (1,)),
    ]


def _cases(material: ReportMaterial, numbers: PrintedNumbers) -> list[Part]:
    counts = numbers.counts
    if material.pairing is None and not counts.verdicts:
        return [Paragraph("No cases were paired.")]
    parts: list[Part] = [
        Paragraph(
            "Each contemporary case is read beside a historic one of the same need and "
            "similar circumstances; a person judges whether the two may be compared."
        )
    ]
    if material.pairing:
        from workbench.actions.account.plan_words import plan_in_words

        pairing = material.pairing
        points = tuple(plan_in_words(pairing.plan.plan, pairing.titles))
        for point in points:
            numbers.tells(point, "As the plan says", plan_rows(pairing))
        parts.append(Points(points))
    if counts.verdicts:
        caption = "Table 3. Judged cases, by how well the pair serves"
        rows = [
            (words, numbers.count(cases_judged(verdict), f"{caption}: {words}"))
            for verdict in counts.verdicts
            for words in (suitability_in_words(verdict),)
        ]
        rows.append(("All", numbers.count(CASES, f"{caption}: All")))
        parts.append(ReportTable(caption, ("Judged as", "Cases"), tuple(rows), (1,)))
    return parts


def _themes(numbers: PrintedNumbers, words: PrintedWords) -> list[Part]:
    counts = numbers.counts
    named = [
        (one.code.id, name)
        for one in counts.themes
        if (name := words.of(CODE, one.code.id, one.code.name))
    ]
    if not named or not counts.roles:
        return [Paragraph("No theme is told here.")]
    parts: list[Part] = [
        Paragraph(
            "Counts are of people: how many of those who took part speak about a theme."
        ),
        _chart(numbers, named),
    ]
    for at, by in enumerate(("role", "wave", "locality"), start=4):
        if counts.groups(by):
            parts.append(_theme_table(numbers, named, by, at))
    return parts


def _chart(numbers: PrintedNumbers, named: Sequence[tuple[str, str]]) -> Picture:
    caption = "Figure 1. People who speak about each theme"
    bars = [
        Bar(
            name,
            numbers.value(theme_of(code)),
            numbers.count(theme_of(code), f"{caption}: {name}"),
        )
        for code, name in named
    ]
    return Picture(bar_chart(bars), caption, chart_in_words(bars, "People"))


def _theme_table(
    numbers: PrintedNumbers, named: Sequence[tuple[str, str]], by: str, at: int
) -> ReportTable:
    caption = f"Table {at}. People who speak about each theme, by {by}"
    groups = numbers.counts.groups(by)
    everybody = "Everybody who took part"
    rows = [
        (
            everybody,
            *(
                numbers.count(people_of(by, group), f"{caption}: {everybody}, {group}")
                for group in groups
            ),
            numbers.count(PEOPLE, f"{caption}: {everybody}, All"),
        )
    ]
    rows += [
        (
            name,
            *(
                numbers.count(theme_of(code, by, group), f"{caption}: {name}, {group}")
                for group in groups
            ),
            numbers.count(theme_of(code), f"{caption}: {name}, All"),
        )
        for code, name in named
    ]
    headings = ("Theme", *groups, "All")
    return ReportTable(caption, headings, tuple(rows), tuple(range(1, len(headings))))
