"""The debrief as one plain value: what the page shows and what every file holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coding.mentions import NO_ROLE
from coding.study import Study
from coding.themes import ThemeSummary, with_quotations_spread
from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    ReportDocument,
    ReportTable,
    Section,
)
from data.figures.indicator_series import indicator_names, indicator_series
from data.figures.indicators import IndicatorValue
from data.sources import StoredSource
from data.storage import StudyStore
from matching.sampling import Sampling
from workbench.actions.cases.within_cases import KeptComparison, kept_comparisons
from workbench.actions.codebook.decisions import decisions_section
from workbench.actions.study_design.design_reading import StudyDesign, read_design
from workbench.actions.together import (
    indicators,
    pair_report,
    progress_report,
    theme_reading,
)
from workbench.actions.together.design_report import asked_sections
from workbench.actions.together.sampling_report import sampling_section
from workbench.actions.together.theme_reading import ThemesOfStudy
from workbench.actions.together.within_case_report import within_case_sections
from workbench.wording import counted, listed

QUOTATIONS_SHOWN = 3
INDICATORS_AT_FIRST = 3


@dataclass(frozen=True, slots=True)
class DebriefChoice:
    """What a debrief takes in: waves and indicators by name, themes by the code's id.

    Nothing means what a debrief takes in at first: every wave, every theme somebody
    speaks about, and the first three indicators.
    """

    waves: tuple[str, ...] | None = None
    themes: tuple[str, ...] | None = None
    indicators: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SourceHeard:
    """A source without its text: whose words it holds and how many are not named."""

    id: str
    name: str
    kind: str
    wave: str
    participant_ids: frozenset[str]
    not_named: int


@dataclass(frozen=True, slots=True)
class DebriefMaterial:
    """Everything a debrief can take in, read from the study once."""

    study: Study
    sources: tuple[SourceHeard, ...]
    themes: ThemesOfStudy
    roles: dict[str, str]
    values: tuple[IndicatorValue, ...]
    sampling: Sampling
    pairs: pair_report.JudgedPairs
    progress: progress_report.ProgressOverall
    within_cases: tuple[KeptComparison, ...]
    suggestions_waiting: int
    design: StudyDesign
    codebook_decisions: tuple[Section, ...] = ()

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves with a source, in order, ``No wave`` last."""
        return self.themes.waves

    @property
    def indicators(self) -> tuple[str, ...]:
        """The names of the study's indicators."""
        return tuple(indicator_names(self.values))


def read_material(
    store: StudyStore, waves: Sequence[str] | None = None
) -> DebriefMaterial:
    """What the study holds for a debrief of these waves, or of all."""
    sources = theme_reading.read_sources(store)
    taken = [s for s in sources if waves is None or theme_reading.wave_of(s) in waves]
    return DebriefMaterial(
        store.study.read(),
        tuple(_heard(source) for source in taken),
        # Which passages are quoted depends on the themes that are taken in.
        theme_reading.summarise(store, taken, quotations=0),
        {one.id: one.role or NO_ROLE for one in store.study.participants()},
        tuple(store.indicators.values()),
        store.sampling.sampling(),
        pair_report.read_judged_pairs(store),
        progress_report.read_progress(store),
        tuple(kept_comparisons(store)),
        store.suggestions.waiting(),
        read_design(store),
        tuple(decisions_section(store)),
    )


def write_debrief(
    material: DebriefMaterial,
    choice: DebriefChoice,
    *,
    made_by: str,
    made_at: datetime,
) -> ReportDocument:
    """The debrief of what was chosen; the same choice gives the same words."""
    return ReportDocument(
        "Debrief",
        material.study.name,
        made_by,
        made_at,
        (
            _question(material),
            _who_took_part(material),
            *asked_sections(material.design, choice.waves),
            *_findings(material, choice),
            sampling_section(material.sampling),
            *pair_report.pair_sections(material.pairs),
            *progress_report.progress_sections(material.progress, with_reasons=False),
            *within_case_sections(material.within_cases, material.study.practice_start),
            *_indicator_sections(material, choice),
            *material.codebook_decisions,
            _unsure(material),
            _how_to_read(material),
        ),
    )


def themes_taken_in(
    material: DebriefMaterial, choice: DebriefChoice
) -> list[ThemeSummary]:
    """The themes a choice takes in, most people first."""
    if choice.themes is None:
        return [one for one in material.themes.themes if one.mentions]
    return [one for one in material.themes.themes if one.code.id in choice.themes]


def indicators_taken_in(
    material: DebriefMaterial, choice: DebriefChoice
) -> tuple[str, ...]:
    """The indicators a choice takes in, in the order of the study."""
    if choice.indicators is None:
        return material.indicators[:INDICATORS_AT_FIRST]
    return tuple(name for name in material.indicators if name in choice.indicators)


def _question(material: DebriefMaterial) -> Section:
    study = material.study
    described = study.description or (
        "The study has no description yet. A study lead writes it on the page Study "
        "and people."
    )
    parts: list[Part] = [Paragraph(described)]
    if study.practice_start:
        parts.append(Paragraph(f"The new practice began on {_day(study)}."))
    return Section("The question", tuple(parts))


def _who_took_part(material: DebriefMaterial) -> Section:
    if not material.sources:
        return Section("Who took part", (Paragraph("No interviews have been added."),))
    kinds = Counter(source.kind for source in material.sources)
    held = ", ".join(counted(number, kind) for kind, number in kinds.items())
    parts: list[Part] = [
        Paragraph(
            f"{theme_reading.counted_people(material.themes.people)} took part in "
            f"{counted(len(material.sources), 'source')}: {held}."
        )
    ]
    if material.themes.people:
        parts.append(_people_table(material))
    unmapped = sum(source.not_named for source in material.sources)
    if unmapped:
        parts.append(
            Paragraph(
                f"{counted(unmapped, 'speaker')} not yet named as a participant, and "
                "so not counted as people.",
                is_note=True,
            )
        )
    return Section("Who took part", tuple(parts))


def _people_table(material: DebriefMaterial) -> ReportTable:
    spoke: dict[str, dict[str, set[str]]] = {}
    for source in material.sources:
        for person in source.participant_ids:
            role = material.roles.get(person, NO_ROLE)
            by_wave = spoke.setdefault(role, {})
            by_wave.setdefault(source.wave, set()).add(person)
    roles = sorted(spoke, key=lambda role: (role == NO_ROLE, role.casefold()))
    rows = [
        (
            role,
            *(str(len(spoke[role].get(wave, ()))) for wave in material.waves),
            str(len(set().union(*spoke[role].values()))),
        )
        for role in roles
    ]
    return ReportTable(
        "People who took part, by role and wave. Someone heard in two waves counts "
        "once under All.",
        ("Role", *material.waves, "All"),
        tuple(rows),
        number_columns=tuple(range(1, len(material.waves) + 2)),
    )


def _findings(material: DebriefMaterial, choice: DebriefChoice) -> list[Section]:
    taken = themes_taken_in(material, choice)
    if not taken:
        nothing = "No theme is taken in." if material.sources else "Nothing is coded."
        return [Section("What we found", (Paragraph(nothing),))]
    lead = Paragraph(
        "Counts are of people first: how many of those who took part speak about a "
        "theme. How often it is mentioned comes second."
    )
    parts: list[Part] = [lead, theme_reading.themes_table(taken, "wave")]
    for said in (
        theme_reading.not_coded_in_words(material.themes),
        theme_reading.settled_in_words(material.themes),
    ):
        if said:
            parts.append(Paragraph(said))
    return [
        Section("What we found", tuple(parts)),
        *(
            theme_section(material.themes, one)
            for one in with_quotations_spread(taken, QUOTATIONS_SHOWN)
        ),
    ]


def theme_section(themes: ThemesOfStudy, one: ThemeSummary) -> Section:
    """One theme: who speaks about it, its codes, and quotations chosen for range."""
    parts: list[Part] = []
    if one.code.definition:
        parts.append(Paragraph(one.code.definition, is_note=True))
    parts.append(Paragraph(theme_reading.summary_in_words(one)))
    if one.people:
        by_role = theme_reading.speaking_groups(one.by_role)
        parts.append(Paragraph(f"By role: {by_role}"))
    codes = [code for code in themes.codes_under(one.code.id) if code.mentions]
    if codes:
        named = "; ".join(
            f"{code.code.name} "
            f"({theme_reading.people_in_words(code.people, code.people_in_study)})"
            for code in codes
        )
        parts.append(Paragraph(f"Its codes: {named}."))
    parts.extend(theme_reading.quotation_of(each) for each in one.quotations)
    return Section(one.code.name, tuple(parts), level=2)


def _indicator_sections(
    material: DebriefMaterial, choice: DebriefChoice
) -> list[Section]:
    heading = "What the indicators show"
    if not material.values:
        return [Section(heading, (Paragraph("No indicators have been added."),))]
    taken = indicators_taken_in(material, choice)
    practice = indicators.practice_quarter(material.study.practice_start)
    lead = Paragraph(
        f"{len(taken)} of {counted(len(material.indicators), 'indicator')} taken in, "
        "as published: nothing is smoothed, and no trend is drawn."
    )
    return [
        Section(heading, (lead,)),
        *(
            Section(
                name,
                indicators.report_parts(
                    indicator_series(material.values, name), practice
                ),
                level=2,
            )
            for name in taken
        ),
    ]


def _unsure(material: DebriefMaterial) -> Section:
    points = []
    if material.suggestions_waiting:
        points.append(
            f"{counted(material.suggestions_waiting, 'suggestion')} not decided. None "
            "of them is counted above."
        )
    points += material.themes.left.as_points()
    silent = [one.code.name for one in material.themes.themes if not one.mentions]
    if silent and material.themes.sources_coded:
        points.append(f"Themes nobody is coded under: {listed(silent)}.")
    if material.themes.passages_aside:
        points.append(
            f"{counted(material.themes.passages_aside, 'passage')} under codes that "
            "are out of use, counted nowhere above."
        )
    points += pair_report.open_questions(material.pairs)
    if not points:
        return Section(
            "What we are unsure of",
            (Paragraph("Everything added is coded, decided and judged."),),
        )
    return Section("What we are unsure of", (Points(tuple(points)),))


def _how_to_read(material: DebriefMaterial) -> Section:
    waves = ", ".join(material.waves) if material.waves else "none"
    return Section(
        "How to read this",
        (
            Points(
                (
                    f"Waves taken in: {waves}.",
                    "Quotations are chosen for range over the whole document: people "
                    "not quoted yet first, then other roles, sources and waves. Under "
                    "each theme, the role in which most people speak about it comes "
                    "first. They are not the most frequent words.",
                    "Small numbers are not hidden here, and pseudonyms can be "
                    "recognised. Keep this inside the team.",
                    "Indicators are given as tables; the page Indicators draws them.",
                )
            ),
        ),
    )


def _heard(source: StoredSource) -> SourceHeard:
    transcript = source.transcript
    speaking = {turn.speaker for turn in transcript.turns if turn.speaker}
    not_named = {
        speaker.label
        for speaker in transcript.speakers
        if not speaker.is_interviewer and not speaker.participant_id
    }
    return SourceHeard(
        source.id,
        transcript.name,
        transcript.kind.in_words.lower(),
        theme_reading.wave_of(source),
        frozenset(theme_reading.participant_ids(source)),
        len(not_named & speaking),
    )


def _day(study: Study) -> str:
    try:
        day = datetime.fromisoformat(study.practice_start)
    except ValueError:
        return study.practice_start
    return f"{day.day} {day:%B %Y}"
