"""Mentions of themes and who speaks in them, counted over whole columns at once.

The same rule as :func:`coding.mentions.mentions_of`: passages that overlap under one
theme are one mention, whoever marked them; interviewers' words are nobody's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from coding.theme_summaries.said import Flags, Numbers, SaidInStudy, numbers


@dataclass(frozen=True, slots=True, eq=False)
class SaidMentions:
    """Mentions by theme, source and place, and the parts of each by who speaks them.

    A part is one turn: ``part_mention`` is the index of its mention, ``part_turn`` that
    of the turn, ``part_person`` that of who speaks. ``themes`` counts the themes asked
    for, those without a mention too.
    """

    themes: int
    theme: Numbers
    source: Numbers
    start: Numbers
    end: Numbers
    part_mention: Numbers
    part_turn: Numbers
    part_person: Numbers

    def of_theme(self, theme: int) -> Numbers:
        """The indices of a theme's mentions, by source and place."""
        return np.flatnonzero(self.theme == theme)

    def counted(self) -> Numbers:
        """How many mentions each theme has."""
        return np.bincount(self.theme, minlength=self.themes)


def mentions_of_themes(
    said: SaidInStudy, themes: Sequence[Collection[str]]
) -> SaidMentions:
    """The mentions of each theme, given as the ids of the codes it gathers.

    A code may belong to several of them. Codes the study does not know count for
    nothing.
    """
    if not len(said.marks.code):
        nothing = said.marks.code
        return SaidMentions(len(themes), *[nothing] * 7)
    # For each code the themes it belongs to, one after another.
    belongs = sorted(
        {
            (said.code_index[code], at)
            for at, codes in enumerate(themes)
            for code in codes
            if code in said.code_index
        }
    )
    theme_of = numbers([at for _, at in belongs])
    how_many = np.bincount(
        numbers([code for code, _ in belongs]), minlength=len(said.codes)
    )
    times = how_many[said.marks.code]
    mark = np.repeat(np.arange(len(times)), times)
    first = (np.cumsum(how_many) - how_many)[said.marks.code]
    within = np.arange(len(mark)) - np.repeat(np.cumsum(times) - times, times)
    theme = theme_of[np.repeat(first, times) + within]
    return _with_speakers(said, len(themes), *_merged(said, theme, mark))


def _merged(
    said: SaidInStudy, theme: Numbers, mark: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Theme, begin and end of each mention, laid over all sources one after another."""
    base = said.bases[said.marks.source[mark]]
    begin, end = base + said.marks.start[mark], base + said.marks.end[mark]
    if not len(begin):
        return begin, begin, begin
    # Each theme gets a stretch of its own, so that one pass merges all of them.
    stretch = int(said.bases[-1]) + 1
    order = np.argsort(theme * stretch + begin, kind="stable")
    begins = (theme * stretch + begin)[order]
    ends = (theme * stretch + end)[order]
    furthest = np.maximum.accumulate(ends)
    first = np.flatnonzero(np.r_[True, begins[1:] >= furthest[:-1]])
    of_theme = theme[order][first]
    apart = of_theme * stretch
    return of_theme, begins[first] - apart, np.maximum.reduceat(ends, first) - apart


def _with_speakers(
    said: SaidInStudy, themes: int, theme: Numbers, begin: Numbers, end: Numbers
) -> SaidMentions:
    turns = said.turns
    low = np.searchsorted(said.turn_ends, begin, side="right")
    high = np.searchsorted(said.turn_begins, end, side="left")
    spoken = np.maximum(high - low, 0)
    heard = np.flatnonzero(spoken)
    theme, begin, end = theme[heard], begin[heard], end[heard]
    low, spoken = low[heard], spoken[heard]
    source = np.searchsorted(said.bases, begin, side="right") - 1
    part_mention = np.repeat(np.arange(len(heard)), spoken)
    before = np.repeat(np.cumsum(spoken) - spoken, spoken)
    part_turn = np.repeat(low, spoken) + np.arange(len(part_mention)) - before
    return SaidMentions(
        themes,
        theme,
        source,
        begin - said.bases[source],
        end - said.bases[source],
        part_mention,
        part_turn,
        turns.person[part_turn] if len(part_turn) else part_turn,
    )


def sayers(said: SaidInStudy, mentions: SaidMentions) -> Flags:
    """By theme, wave and person: whether they say it in a source of that wave."""
    found = np.zeros(
        (mentions.themes, len(said.waves), len(said.people)), dtype=np.bool_
    )
    named = mentions.part_person >= 0
    of = mentions.part_mention[named]
    if len(of):
        waves = said.wave_of_source[mentions.source[of]]
        found[mentions.theme[of], waves, mentions.part_person[named]] = True
    return found


def mentions_by(mentions: SaidMentions, group_of_part: Numbers, groups: int) -> Numbers:
    """By theme and group: mentions in which somebody of the group speaks.

    ``group_of_part`` is the index of each part's group, below 0 for none. A mention
    in which two groups speak counts for both, once each.
    """
    if not groups:
        return np.zeros((mentions.themes, 0), dtype=np.int64)
    kept = group_of_part >= 0
    pairs = once_each(mentions.part_mention[kept] * groups + group_of_part[kept])
    cells = mentions.theme[pairs // groups] * groups + pairs % groups
    counts = np.bincount(cells, minlength=mentions.themes * groups)
    return counts.reshape(mentions.themes, groups)


def once_each(values: Numbers) -> Numbers:
    """The values in order, each once; quick where they are nearly in order already.

    >>> once_each(numbers([3, 1, 3])).tolist()
    [1, 3]
    """
    if len(values) < 2:
        return values
    ordered = np.sort(values, kind="stable")
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]]
