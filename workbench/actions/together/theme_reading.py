"""Reading a study's themes: who says what, by wave and role, people first.

Counts rest on what people coded. Suggestions never enter, decided or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from coding.codebook import Code, Codebook
from coding.mentions import NO_ROLE, NO_WAVE, NOT_NAMED, OBSERVER
from coding.quotations import ThemeQuotation
from coding.study import Participant
from coding.themes import (
    GroupCount,
    ThemeSummary,
    summarise_codes,
    summarise_themes,
)
from data.exporters.report_document import Quotation, ReportTable
from data.sources import StoredSource
from data.storage import StudyStore
from workbench.actions.interviews.not_coded import Coded, SourcesLeft, sources_left
from workbench.wording import counted

LONGEST_QUOTATION = 150
"""Words of a quotation that are shown; the rest stays in its source."""


@dataclass(frozen=True, slots=True)
class ThemesOfStudy:
    """The themes of the waves read, most people first, and the codes by themselves.

    ``coded_source_ids`` name those of the ``sources`` with a coded passage, ``left``
    tells the others.
    ``passages_aside`` lie under codes that are out of use and are counted nowhere else.
    In those named ``settled``, what their coders agreed on is counted.
    """

    themes: tuple[ThemeSummary, ...]
    codes: tuple[ThemeSummary, ...]
    waves: tuple[str, ...]
    sources: int
    coded_source_ids: frozenset[str]
    people: int
    passages_aside: int
    left: SourcesLeft = SourcesLeft()
    settled: tuple[str, ...] = ()

    @property
    def sources_coded(self) -> int:
        """How many sources have a coded passage."""
        return len(self.coded_source_ids)

    def theme(self, code_id: str) -> ThemeSummary | None:
        """The summary of a theme or code by its id, themes first."""
        both = (*self.themes, *self.codes)
        return next((one for one in both if one.code.id == code_id), None)

    def codes_under(self, code_id: str) -> tuple[ThemeSummary, ...]:
        """The codes that a theme gathers, itself left out, most people first."""
        under = {code_id}
        gathered = []
        # Parents stand before their children in the codebook's order.
        for one in self.codes:
            if one.code.parent_id in under:
                under.add(one.code.id)
                gathered.append(one)
        return most_people_first(gathered)


def read_themes(
    store: StudyStore, waves: Collection[str] | None = None, *, quotations: int = 4
) -> ThemesOfStudy:
    """The themes of all sources, or of those in the waves named.

    ``NO_WAVE`` names the sources that belong to none.
    """
    return summarise(
        store,
        [s for s in read_sources(store) if waves is None or wave_of(s) in waves],
        quotations=quotations,
    )


def summarise(
    store: StudyStore, sources: Sequence[StoredSource], *, quotations: int = 4
) -> ThemesOfStudy:
    """The themes of sources that were read already."""
    codebook: Codebook = store.codebook.codebook()
    participants: list[Participant] = store.study.participants()
    taken = {source.id for source in sources}
    segments = [c for c in store.coding.settled() if c.source_id in taken]
    names = tuple(wave.name for wave in store.study.waves())
    waves = tuple(w for w in names if any(s.wave == w for s in sources))
    themes = summarise_themes(
        codebook, sources, segments, participants, waves=waves, quotations=quotations
    )
    codes = summarise_codes(
        codebook, sources, segments, participants, waves=waves, quotations=quotations
    )
    in_use = {code.id for code in codebook.codes}
    people = {p.id for p in participants}
    coded = frozenset(taken & store.coding.coded_sources())
    blind = store.coders.coded_blind()
    agreed = store.settling.settled_sources() - blind

    def how_coded(source: StoredSource) -> Coded:
        if source.id in blind:
            return Coded.BLIND
        return Coded.YES if source.id in coded else Coded.NOT

    return ThemesOfStudy(
        most_people_first(themes),
        codes,
        tuple(dict.fromkeys([*waves, *(wave_of(s) for s in sources)])),
        len(sources),
        coded,
        len({p for s in sources for p in participant_ids(s) if p in people}),
        sum(1 for segment in segments if segment.code_id not in in_use),
        sources_left(
            (s.transcript.name, s.transcript.kind, how_coded(s)) for s in sources
        ),
        tuple(s.transcript.name for s in sources if s.id in agreed),
    )


def read_sources(store: StudyStore) -> list[StoredSource]:
    """Every source of the study, in the order of its list."""
    return store.sources.read_all()


def wave_of(source: StoredSource) -> str:
    """The name of the source's wave, ``No wave`` where it belongs to none."""
    return source.wave or NO_WAVE


def participant_ids(source: StoredSource) -> set[str]:
    """The participants who have a turn in a source."""
    speaking = {turn.speaker for turn in source.transcript.turns}
    return {
        speaker.participant_id
        for speaker in source.transcript.speakers
        if speaker.participant_id and speaker.label in speaking
    }


def most_people_first(summaries: Iterable[ThemeSummary]) -> tuple[ThemeSummary, ...]:
    """Summaries by how many people, then mentions; equals keep the codebook's order."""
    return tuple(sorted(summaries, key=lambda one: (-one.people, -one.mentions)))


# In words


def people_in_words(people: int, of: int) -> str:
    """How many of how many people.

    >>> people_in_words(4, 9), people_in_words(0, 1)
    ('4 of 9 people', '0 of 1 person')
    """
    return f"{people} of {counted_people(of)}"


def mentions_in_words(mentions: int) -> str:
    """How many mentions.

    >>> mentions_in_words(1), mentions_in_words(0)
    ('1 mention', '0 mentions')
    """
    return f"{mentions} mention" if mentions == 1 else f"{mentions} mentions"


def group_in_words(count: GroupCount) -> str:
    """The counts of one wave or role: people first, mentions second.

    >>> group_in_words(GroupCount("Wave 2", 4, 9, 12))
    '4 of 9 people, 12 mentions'
    """
    if count.group == OBSERVER:
        return f"{mentions_in_words(count.mentions)} in observers' notes"
    if count.group == NOT_NAMED:
        return f"{mentions_in_words(count.mentions)} by speakers not named"
    if not count.people_in_group:
        return (
            f"{mentions_in_words(count.mentions)} by speakers not named"
            if count.mentions
            else "nobody named took part"
        )
    people = people_in_words(count.people, count.people_in_group)
    return f"{people}, {mentions_in_words(count.mentions)}"


def summary_in_words(summary: ThemeSummary, kind: str = "theme") -> str:
    """How many people of all, in how many mentions, in one sentence."""
    if not summary.mentions:
        return f"Nothing is coded under this {kind}."
    people = people_in_words(summary.people, summary.people_in_study)
    said = f"{people}, in {mentions_in_words(summary.mentions)}."
    if summary.not_named:
        said += (
            f" {mentions_in_words(summary.not_named)} by speakers who are not named: "
            "they add no people."
        )
    if summary.observed:
        said += (
            f" {mentions_in_words(summary.observed)} in observers' notes: they add no "
            "people."
        )
    return said


def speaking_groups(counts: Sequence[GroupCount]) -> str:
    """Which groups speak about a theme, most people first, and which do not.

    >>> speaking_groups([GroupCount("Parent", 2, 3, 5), GroupCount("Leader", 0, 1, 0)])
    'Parent 2 of 3 people. Nobody of: Leader (1 person).'
    """
    named = [count for count in counts if count.people_in_group]
    speak = [
        f"{count.group} {people_in_words(count.people, count.people_in_group)}"
        for count in sorted(named, key=lambda count: -count.people)
        if count.people
    ]
    silent = [
        f"{count.group} ({counted_people(count.people_in_group)})"
        for count in named
        if not count.people
    ]
    said = [f"{'; '.join(speak)}."] if speak else []
    if silent:
        said.append(f"Nobody of: {', '.join(silent)}.")
    return " ".join(said)


def counted_people(number: int) -> str:
    """How many people.

    >>> counted_people(1), counted_people(2)
    ('1 person', '2 people')
    """
    return f"{number} {'person' if number == 1 else 'people'}"


def not_coded_in_words(themes: ThemesOfStudy) -> str:
    """What sources not coded yet, or coded blind, do to the counts; '' for none."""
    if not themes.left:
        return ""
    return (
        f"{themes.left.in_words}. People heard only there count among those who took "
        "part, so the counts can still grow."
    )


def settled_in_words(themes: ThemesOfStudy) -> str:
    """Which sources are counted as their coders settled them, '' where none is."""
    if not themes.settled:
        return ""
    # Apart by semicolons: names of files hold commas.
    return (
        f"In {counted(len(themes.settled), 'source')} what the coders settled between "
        f"them is counted: {'; '.join(themes.settled)}. Elsewhere what each of them "
        "marked."
    )


# As tables and quotations


def group_headings(summaries: Sequence[ThemeSummary], by: str) -> list[GroupCount]:
    """The groups that stand above a table of themes, by ``wave`` or by ``role``."""
    found: dict[str, GroupCount] = {}
    for one in summaries:
        for count in groups_of(one, by):
            found.setdefault(count.group, count)
    return list(found.values())


def groups_of(summary: ThemeSummary, by: str) -> tuple[GroupCount, ...]:
    """The counts of a theme by ``wave``, ``role`` or ``locality``."""
    if by == "locality":
        return summary.by_locality
    return summary.by_wave if by == "wave" else summary.by_role


def themes_table(summaries: Sequence[ThemeSummary], by: str) -> ReportTable:
    """Themes by wave or role in words: how many of how many people, then mentions."""
    groups = [count.group for count in group_headings(summaries, by)]
    rows = []
    for one in summaries:
        counts = {count.group: count for count in groups_of(one, by)}
        # Only what nobody named says is left out of a theme's counts where it has none.
        cells = [group_in_words(counts.get(g, GroupCount(g, 0, 0, 0))) for g in groups]
        everyone = GroupCount("", one.people, one.people_in_study, one.mentions)
        rows.append((one.code.name, group_in_words(everyone), *cells))
    return ReportTable(
        f"Themes by {by}: people who speak about it, of those who took part",
        ("Theme", "All", *groups),
        tuple(rows),
    )


def themes_as_list(themes: ThemesOfStudy) -> ReportTable:
    """Every theme and code by wave and by role, one count a row, for spreadsheets."""
    rows: list[tuple[str, ...]] = []
    top = {one.code.id for one in themes.themes}
    for one in themes.themes:
        rows += _listed("theme", one.code, one)
    # A theme without codes under it is its own only code and is not listed twice.
    for one in themes.codes:
        if one.code.id not in top or themes.codes_under(one.code.id):
            rows += _listed("code", one.code, one)
    return ReportTable(
        "Themes",
        ("Kind", "Name", "By", "Group", "People", "Of people", "Mentions"),
        tuple(rows),
        number_columns=(4, 5, 6),
    )


def quotation_of(quotation: ThemeQuotation) -> Quotation:
    """A theme's quotation as pages and reports show it, cut where it is very long."""
    whose = [quotation.pseudonym]
    if quotation.role not in (NO_ROLE, NOT_NAMED, OBSERVER):
        whose.append(quotation.role)
    whose.append(quotation.wave if quotation.wave != NO_WAVE else "no wave")
    return Quotation(
        shortened(quotation.words),
        ", ".join(whose),
        f"{quotation.source_name}, turn {quotation.turn_number}",
        quotation.source_id,
        quotation.start,
    )


def shortened(words: str, longest: int = LONGEST_QUOTATION) -> str:
    """The words, cut after so many with a note of how many follow.

    >>> shortened("one two three four", 2)
    'one two [2 more words in the source]'
    """
    split = words.split()
    if len(split) <= longest:
        return words
    left = len(split) - longest
    return f"{' '.join(split[:longest])} [{left} more words in the source]"


def _listed(kind: str, code: Code, one: ThemeSummary) -> list[tuple[str, ...]]:
    counts = [
        ("all", "All", one.people, one.people_in_study, one.mentions),
        *(("wave", c.group, *_numbers(c)) for c in one.by_wave),
        *(("role", c.group, *_numbers(c)) for c in one.by_role),
    ]
    return [
        (kind, code.name, by, group, str(people), str(of), str(mentions))
        for by, group, people, of, mentions in counts
    ]


def _numbers(count: GroupCount) -> tuple[int, int, int]:
    return count.people, count.people_in_group, count.mentions
