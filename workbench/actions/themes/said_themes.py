"""The themes and codes of a study with who says them, counted without their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from coding.codebook import Code, Codebook
from coding.mentions import NO_WAVE, NOT_NAMED, OBSERVER
from coding.theme_summaries.counting import SaidMentions, mentions_of_themes
from coding.theme_summaries.said import (
    NOT_NAMED_ONE,
    OBSERVED,
    Flags,
    Numbers,
    SaidInStudy,
    SourceState,
)
from coding.theme_summaries.who_says import GroupedBy, WhoSays, groups_of_people
from coding.themes import GroupCount, ThemeSummary
from data.storage import StudyStore
from workbench.actions.interviews.not_coded import Coded, sources_left
from workbench.actions.together.theme_reading import ThemesOfStudy, most_people_first

_CODED = {
    SourceState.CODED: Coded.YES,
    SourceState.NOT_CODED: Coded.NOT,
    SourceState.BLIND: Coded.BLIND,
}


@dataclass(frozen=True, eq=False)
class Level:
    """Themes, or codes by themselves, in the codebook's order, with who says them."""

    codes: tuple[Code, ...]
    gathered: tuple[frozenset[str], ...]
    who: WhoSays

    @property
    def mentions(self) -> SaidMentions:
        """The mentions of all of them."""
        return self.who.mentions

    def index(self, code_id: str) -> int | None:
        """The place of a theme or code by its id, or nothing."""
        ids = [one.id for one in self.codes]
        return ids.index(code_id) if code_id in ids else None


@dataclass(frozen=True, eq=False)
class SaidThemes:
    """What is said in a study under its themes, and under each code by itself.

    Each level is counted when it is first asked for.
    """

    said: SaidInStudy
    codebook: Codebook
    settled: tuple[str, ...]

    @cached_property
    def themes(self) -> Level:
        """The themes: codes at the top, each with all codes under it."""
        tops: list[tuple[Code, set[str]]] = []
        for depth, code in self.codebook.in_tree_order():
            if depth == 0:
                tops.append((code, set()))
            tops[-1][1].add(code.id)
        return _level(self.said, [code for code, _ in tops], [ids for _, ids in tops])

    @cached_property
    def codes(self) -> Level:
        """Every code by itself, a heading without what lies under it."""
        codes = [code for _, code in self.codebook.in_tree_order()]
        return _level(self.said, codes, [{code.id} for code in codes])

    def level_of(self, code_id: str) -> Level | None:
        """The level at which an id is read: a theme first, else a code."""
        if self.themes.index(code_id) is not None:
            return self.themes
        known = {code.id for code in self.codebook.codes}
        return self.codes if code_id in known else None


def read_said_themes(store: StudyStore) -> SaidThemes:
    """What is said under every theme and code, as anybody may read it."""
    said = store.themes.said()
    blind = {one.id for one in said.sources if one.state is SourceState.BLIND}
    agreed = store.settling.settled_sources() - blind
    return SaidThemes(
        said,
        store.codebook.codebook(),
        tuple(one.name for one in said.sources if one.id in agreed),
    )


def _level(
    said: SaidInStudy, codes: Sequence[Code], gathered: Sequence[set[str]]
) -> Level:
    mentions = mentions_of_themes(said, gathered)
    return Level(tuple(codes), tuple(map(frozenset, gathered)), WhoSays(said, mentions))


def themes_of_study(read: SaidThemes, *, codes: bool = True) -> ThemesOfStudy:
    """The counts of every theme and code, as a list of themes shows them.

    The same as ``theme_reading.read_themes`` gives, by locality too and without words:
    no passages and no quotations. Without ``codes`` only the themes.
    """
    said = read.said
    in_use = {code.id for code in read.codebook.codes}
    per_code = np.bincount(said.marks.code, minlength=len(said.codes))
    return ThemesOfStudy(
        most_people_first(_summaries(said, read.themes)),
        tuple(_summaries(said, read.codes)) if codes else (),
        tuple(w for w in said.waves if any(s.wave == w for s in said.sources)),
        len(said.sources),
        frozenset(s.id for s in said.sources if s.state is SourceState.CODED),
        len({person for one in said.sources for person in one.people}),
        sum(
            int(number)
            for code, number in zip(said.codes, per_code, strict=True)
            if code not in in_use
        ),
        sources_left((s.name, s.kind, _CODED[s.state]) for s in said.sources),
        read.settled,
    )


def _summaries(said: SaidInStudy, level: Level) -> list[ThemeSummary]:
    who, mentions = level.who, level.mentions
    heard = said.heard(*SourceState)
    anywhere: Flags = np.asarray(heard.any(axis=0))
    says: Flags = np.asarray(who.sayers.any(axis=1))
    total = mentions.counted()
    aside = {
        group: _mentions_with(mentions, person)
        for group, person in ((OBSERVER, OBSERVED), (NOT_NAMED, NOT_NAMED_ONE))
    }
    has_source = {one.wave for one in said.sources}
    waves = [at for at, wave in enumerate(said.waves) if wave in has_source]
    by_wave = who.mentions_by(GroupedBy.WAVE)
    found = []
    for at, code in enumerate(level.codes):
        found.append(
            ThemeSummary(
                code,
                int(says[at].sum()),
                int(anywhere.sum()),
                int(total[at]),
                int(aside[NOT_NAMED][at]),
                tuple(
                    GroupCount(
                        said.waves[wave],
                        int(who.sayers[at, wave].sum()),
                        int(heard[wave].sum()),
                        int(by_wave[at, wave]),
                    )
                    for wave in waves
                ),
                (
                    *_of_groups(said, who, at, GroupedBy.ROLE, anywhere),
                    *(
                        GroupCount(group, 0, 0, int(counts[at]))
                        for group, counts in aside.items()
                        if counts[at]
                    ),
                ),
                (),
                (),
                int(aside[OBSERVER][at]),
                _of_groups(said, who, at, GroupedBy.LOCALITY, anywhere),
            )
        )
    return found


def _of_groups(
    said: SaidInStudy, who: WhoSays, theme: int, by: GroupedBy, anywhere: Flags
) -> tuple[GroupCount, ...]:
    groups, of_person = groups_of_people(said, by)
    says = who.sayers[theme].any(axis=0)
    people = np.bincount(of_person[says], minlength=len(groups))
    heard = np.bincount(of_person[anywhere], minlength=len(groups))
    mentions = who.mentions_by(by)[theme]
    return tuple(
        GroupCount(group, int(people[at]), int(heard[at]), int(mentions[at]))
        for at, group in enumerate(groups)
        if heard[at]
    )


def _mentions_with(mentions: SaidMentions, person: int) -> Numbers:
    """How many mentions of each theme have such a speaker among those who speak."""
    with_one = np.unique(mentions.part_mention[mentions.part_person == person])
    return np.bincount(mentions.theme[with_one], minlength=mentions.themes)


def wave_in_words(wave: str) -> str:
    """A wave as it stands inside a sentence.

    >>> wave_in_words("Wave 2"), wave_in_words("No wave")
    ('Wave 2', 'no wave')
    """
    return wave if wave != NO_WAVE else "no wave"
