"""Which themes are said together: in the same passage, turn or source, by how many.

How often two themes would meet by chance is told beside how often they do, and no more:
turns of one person are not independent of each other, so nothing is tested. How alike
two themes are is the share of places with both among places with either (Jaccard 1901).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coding.theme_summaries.counting import SaidMentions, once_each
from coding.theme_summaries.said import Flags, Numbers, SaidInStudy, SourceState


@dataclass(frozen=True, slots=True)
class Meeting:
    """Places of one kind with both themes, and with each, of how many there are."""

    both: int
    first: int
    second: int
    places: int

    @property
    def alike(self) -> float:
        """Jaccard's index: places with both, of those with either; 0 for none.

        >>> Meeting(2, 4, 3, 20).alike
        0.4
        """
        either = self.first + self.second - self.both
        return self.both / either if either else 0.0

    @property
    def by_chance(self) -> float:
        """How many places would hold both if neither drew the other.

        >>> Meeting(2, 4, 3, 20).by_chance
        0.6
        """
        return self.first * self.second / self.places if self.places else 0.0


@dataclass(frozen=True, slots=True)
class SaidTogether:
    """How one theme meets another.

    ``passages`` counts mentions of the first that share a character with one of the
    second, ``passage_people`` who speaks in what they share; ``turns`` and ``sources``
    count places with both anywhere in them. ``people`` say both, wherever.
    """

    theme: int
    passages: int
    passage_people: tuple[str, ...]
    turns: Meeting
    turn_people: tuple[str, ...]
    sources: Meeting
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SharedPlaces:
    """Where mentions of two themes overlap, in columns: each mention's index, and the
    place in code points of their source."""

    first: Numbers
    second: Numbers
    source: Numbers
    start: Numbers
    end: Numbers


def said_together(
    said: SaidInStudy, mentions: SaidMentions, theme: int
) -> tuple[SaidTogether, ...]:
    """How a theme meets each other one it meets at all, most people first.

    Those who say both come first, then turns with both; equals keep their order.
    """
    people = _members(mentions.part_person, mentions, len(said.people))
    turns = _members(mentions.part_turn, mentions, len(said.turns.start))
    of_part = mentions.source[mentions.part_mention]
    sources = _members(of_part, mentions, len(said.sources))
    coded = [one.state is SourceState.CODED for one in said.sources]
    places = int(np.sum(np.array(coded, dtype=np.bool_)[said.turns.source]))
    found = []
    own_turns = _flags(turns[theme], len(said.turns.start))
    own_sources = _flags(sources[theme], len(said.sources))
    for other in range(mentions.themes):
        if other == theme or not len(turns[other]):
            continue
        shared_turns = turns[other][own_turns[turns[other]]]
        shared_sources = int(np.sum(own_sources[sources[other]]))
        both = np.intersect1d(people[theme], people[other])
        if not shared_sources and not len(both):
            continue
        shared = shared_places(said, mentions, theme, other)
        found.append(
            SaidTogether(
                other,
                len(np.unique(shared.first)),
                _named(said, people_between(said, shared)),
                Meeting(
                    len(shared_turns), len(turns[theme]), len(turns[other]), places
                ),
                _named(said, said.turns.person[shared_turns]),
                Meeting(
                    shared_sources, len(sources[theme]), len(sources[other]), sum(coded)
                ),
                _named(said, both),
            )
        )
    return tuple(
        sorted(found, key=lambda one: (-len(one.people), -one.turns.both, one.theme))
    )


def shared_places(
    said: SaidInStudy, mentions: SaidMentions, first: int, second: int
) -> SharedPlaces:
    """Every overlap of a mention of the first theme with one of the second."""
    own, others = mentions.of_theme(first), mentions.of_theme(second)
    begin, end = _laid_out(said, mentions, own)
    other_begin, other_end = _laid_out(said, mentions, others)
    low = np.searchsorted(end, other_begin, side="right")
    high = np.searchsorted(begin, other_end, side="left")
    number = np.maximum(high - low, 0)
    at_other = np.repeat(np.arange(len(others)), number)
    before = np.repeat(np.cumsum(number) - number, number)
    at_own = np.repeat(low, number) + np.arange(len(at_other)) - before
    start = np.maximum(begin[at_own], other_begin[at_other])
    stop = np.minimum(end[at_own], other_end[at_other])
    source = mentions.source[own[at_own]]
    base = said.bases[source]
    return SharedPlaces(
        own[at_own], others[at_other], source, start - base, stop - base
    )


def people_between(said: SaidInStudy, shared: SharedPlaces) -> Numbers:
    """The indices of those who speak in these places; below 0 for who is not named."""
    begin = said.bases[shared.source] + shared.start
    end = said.bases[shared.source] + shared.end
    low = np.searchsorted(said.turn_ends, begin, side="right")
    number = np.maximum(np.searchsorted(said.turn_begins, end, side="left") - low, 0)
    before = np.repeat(np.cumsum(number) - number, number)
    at = np.repeat(low, number) + np.arange(int(number.sum())) - before
    return np.unique(said.turns.person[at])


def _laid_out(
    said: SaidInStudy, mentions: SaidMentions, some: Numbers
) -> tuple[Numbers, Numbers]:
    base = said.bases[mentions.source[some]]
    return base + mentions.start[some], base + mentions.end[some]


def _members(values: Numbers, mentions: SaidMentions, most: int) -> list[Numbers]:
    """By theme: the values of its parts, each once, those below 0 left out."""
    kept = values >= 0
    theme = mentions.theme[mentions.part_mention[kept]]
    stride = max(most, 1)
    pairs = once_each(theme * stride + values[kept])
    edges = np.searchsorted(pairs, np.arange(mentions.themes + 1) * stride)
    return [
        pairs[low:high] - at * stride
        for at, (low, high) in enumerate(zip(edges[:-1], edges[1:], strict=True))
    ]


def _flags(members: Numbers, most: int) -> Flags:
    flags = np.zeros(most, dtype=np.bool_)
    flags[members] = True
    return flags


def _named(said: SaidInStudy, people: Sequence[int] | Numbers) -> tuple[str, ...]:
    return tuple(said.people[int(p)].id for p in np.unique(people) if p >= 0)
