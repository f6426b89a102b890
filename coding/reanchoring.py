"""Passages of a text found again in its corrected text.

Both texts are laid side by side, first line by line and then, where lines differ, word
by word (longest common subsequence). A passage goes where its own words went. Where
they did not stay together it is looked for as a whole: a correction may have moved an
answer. A passage that is found nowhere, or in two places alike, is left for a person.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Protocol

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from coding.coded_segments import Segment
from coding.transcripts import Turn

# Less than this share of a passage's letters kept, and it says something else.
LEAST_KEPT = 0.5
# A passage whose words stand this many times as far apart is no longer one.
MOST_SPREAD = 2.0
# Of a hundred: how alike a passage moved elsewhere has to be to be taken for the same.
LEAST_ALIKE = 90.0
# A proposal to a person may be bolder than a decision made for them.
LEAST_LIKELY = 60.0
# Too short to be told from chance likenesses when it is looked for as a whole.
SHORTEST_SOUGHT = 12
# The aligner's table has a bit for each pair of words: 12 MB at most.
_LARGEST_TABLE = 100_000_000
_GROUP = 4
_SPREAD_ALLOWANCE = 20

Run = tuple[int, int, int]

_TOKEN = re.compile(r"\w+|[^\w\s]")


class Fate(StrEnum):
    """What became of a passage in the corrected text."""

    SAME_WORDS = "same words"
    OTHER_WORDS = "other words"
    MOVED = "moved"
    NOT_PLACED = "not placed"


@dataclass(frozen=True, slots=True)
class Reanchored:
    """A passage of the earlier text with its place in the corrected one.

    ``after`` is nothing where it could not be placed.
    """

    before: Segment
    after: Segment | None
    fate: Fate


class LaidBeside(Protocol):
    """Two texts laid so that each passage of one has its place in the other."""

    def place_all(self, segments: Iterable[Segment]) -> list[Reanchored]:
        """Where each passage stands now, in the order given."""


class Correction:
    """An earlier and a corrected text laid side by side.

    >>> said = Correction("She came evry week. I liked it.", "She came every week.")
    >>> said.place(Segment(0, 18)).after
    Segment(start=0, end=19)
    >>> said.place(Segment(20, 31)).fate
    <Fate.NOT_PLACED: 'not placed'>
    """

    def __init__(self, before: str, after: str) -> None:
        self.before = before
        self.after = after
        self._old = _tokens(before)
        self._new = _tokens(after)
        self._old_starts = [start for start, _ in self._old]
        self._old_ends = [end for _, end in self._old]
        # For each kept token of the earlier text its number in the corrected one.
        self._kept = _kept_tokens(before, after)
        self._taken = set(self._kept.values())

    def place(self, segment: Segment) -> Reanchored:
        """Where a passage of the earlier text stands now.

        Its edges follow its first and last words that were kept; a corrected word at an
        edge takes in as many new words as went. A passage of which less than half the
        letters were kept, or whose words were torn apart, is looked for as a whole, and
        placed only if it stands in exactly one place.
        """
        followed = self._follow(segment)
        if followed is not None:
            said, says = segment.quotation(self.before), followed.quotation(self.after)
            same = said.split() == says.split()
            return Reanchored(
                segment, followed, Fate.SAME_WORDS if same else Fate.OTHER_WORDS
            )
        found = self._look_for(segment.quotation(self.before))
        fate = Fate.NOT_PLACED if found is None else Fate.MOVED
        return Reanchored(segment, found, fate)

    def place_all(self, segments: Iterable[Segment]) -> list[Reanchored]:
        """Where each passage stands now, in the order given."""
        placed: dict[Segment, Reanchored] = {}
        answers = []
        for segment in segments:
            if segment not in placed:
                placed[segment] = self.place(segment)
            answers.append(placed[segment])
        return answers

    def _follow(self, segment: Segment) -> Segment | None:
        first = bisect_right(self._old_ends, segment.start)
        behind = bisect_left(self._old_starts, segment.end)
        kept = [at for at in range(first, behind) if at in self._kept]
        letters = self._letters(range(first, behind))
        if not kept or self._letters(kept) < LEAST_KEPT * letters:
            return None
        begin = self._over_corrected(self._kept[kept[0]], kept[0] - first, -1)
        end = self._over_corrected(self._kept[kept[-1]], behind - 1 - kept[-1], 1)
        start_at, end_at = self._new[begin][0], self._new[end][1]
        if first in self._kept:
            start_at += segment.start - self._old_starts[first]
        if behind - 1 in self._kept:
            end_at += segment.end - self._old_ends[behind - 1]
        start_at, end_at = max(start_at, 0), min(end_at, len(self.after))
        length = segment.end - segment.start
        if not 0 < end_at - start_at <= length * MOST_SPREAD + _SPREAD_ALLOWANCE:
            return None
        return Segment(start_at, end_at)

    def _letters(self, tokens: Iterable[int]) -> int:
        return sum(self._old_ends[at] - self._old_starts[at] for at in tokens)

    def _over_corrected(self, token: int, most: int, by: int) -> int:
        """The token reached by passing over new ones, as many as were corrected."""
        while (
            most and 0 <= token + by < len(self._new) and token + by not in self._taken
        ):
            token += by
            most -= 1
        return token

    def _look_for(self, quotation: str) -> Segment | None:
        wanted = quotation.strip()
        if len(wanted) < SHORTEST_SOUGHT:
            return None
        at = self.after.find(wanted)
        if at >= 0:
            is_only = self.after.find(wanted, at + 1) < 0
            return Segment(at, at + len(wanted)) if is_only else None
        near = fuzz.partial_ratio_alignment(
            wanted, self.after, score_cutoff=LEAST_ALIKE
        )
        if near is None or near.dest_end <= near.dest_start:
            return None
        elsewhere = f"{self.after[: near.dest_start]}\n{self.after[near.dest_end :]}"
        if fuzz.partial_ratio(wanted, elsewhere, score_cutoff=LEAST_ALIKE):
            return None
        return self._in_whole_words(near.dest_start, near.dest_end)

    def _in_whole_words(self, start: int, end: int) -> Segment | None:
        inside = [(a, b) for a, b in self._new if a < end and b > start]
        return Segment(inside[0][0], inside[-1][1]) if inside else None


def _tokens(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _TOKEN.finditer(text)]


def _kept_tokens(before: str, after: str) -> dict[int, int]:
    """For each token of one text the number of its own in the other, where it has one.

    Numbers rise together: what stands earlier in one stands earlier in the other.
    """
    old, new = _by_line(before), _by_line(after)
    old_first, new_first = _first_tokens(old), _first_tokens(new)
    kept: dict[int, int] = {}
    lines = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, a_end, b, b_end in lines.get_opcodes():
        at, to = old_first[a], new_first[b]
        if kind == "equal":
            tokens = old_first[a_end] - at
            kept |= {at + number: to + number for number in range(tokens)}
        elif kind == "replace":
            left = [word for line in old[a:a_end] for word in line]
            right = [word for line in new[b:b_end] for word in line]
            for i, j, size in _runs_in_common(left, right):
                kept |= {at + i + number: to + j + number for number in range(size)}
    return kept


def _by_line(text: str) -> list[tuple[str, ...]]:
    # Letter case is aside: a sentence split in two begins with a capital. Found first
    # and folded then, for folding may turn one letter into two.
    return [
        tuple(token.casefold() for token in _TOKEN.findall(line))
        for line in text.split("\n")
    ]


def _first_tokens(lines: list[tuple[str, ...]]) -> list[int]:
    firsts = [0]
    for line in lines:
        firsts.append(firsts[-1] + len(line))
    return firsts


def _runs_in_common(left: list[str], right: list[str]) -> Iterator[Run]:
    """Runs of equal words: start in one, start in the other, how many."""
    at, to = 0, 0
    for i, j in [*_anchors(left, right), (len(left), len(right))]:
        for a, b, size in _runs_between(left[at:i], right[to:j]):
            yield at + a, to + b, size
        at, to = i, j


def _anchors(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Places where both surely go together, rising in both; none in short texts.

    Groups of words that stand once in each, the longest line of them that rises in both
    (patience sorting): laid side by side between these, long texts take little memory.
    """
    if len(left) * len(right) <= _LARGEST_TABLE:
        return []
    here, there = _once(left), _once(right)
    common = sorted((i, there[group]) for group, i in here.items() if group in there)
    return _longest_rising(common)


def _once(words: list[str]) -> dict[tuple[str, ...], int]:
    groups: dict[tuple[str, ...], int] = {}
    seen: set[tuple[str, ...]] = set()
    for at in range(len(words) - _GROUP + 1):
        group = tuple(words[at : at + _GROUP])
        if group in seen:
            groups.pop(group, None)
        else:
            seen.add(group)
            groups[group] = at
    return groups


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection of pairs, sorted by the first, whose second rises too.

    >>> _longest_rising([(1, 5), (2, 1), (3, 2), (4, 9)])
    [(2, 1), (3, 2), (4, 9)]
    """
    ends: list[int] = []  # For each length the least second place such a line ends at.
    last: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [second]
        last[length : length + 1] = [number]
    chosen = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _runs_between(left: list[str], right: list[str]) -> list[Run]:
    if len(left) * len(right) > _LARGEST_TABLE:
        # Nothing stands once in such a text: rough, but it needs no table.
        blocks = SequenceMatcher(None, left, right).get_matching_blocks()
        return [(run.a, run.b, run.size) for run in blocks]
    return [
        (op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in Indel.opcodes(left, right)
        if op.tag == "equal"
    ]


def likely_places(
    quotation: str, text: str, turns: Sequence[Turn], *, most: int = 3
) -> list[Segment]:
    """Passages of the turns that come nearest to some words, the likest first.

    At most one a turn, in whole words, none that shares less than half its letters
    with them in order. On a tie the earlier turn comes first.
    """
    found: list[tuple[float, Segment]] = []
    for turn in turns:
        said = text[turn.start : turn.end]
        near = fuzz.partial_ratio_alignment(
            quotation.casefold(), said.casefold(), score_cutoff=LEAST_LIKELY
        )
        if near is None or near.dest_end <= near.dest_start:
            continue
        words = [
            match.span()
            for match in _TOKEN.finditer(said)
            if match.start() < near.dest_end and match.end() > near.dest_start
        ]
        if words:
            place = Segment(turn.start + words[0][0], turn.start + words[-1][1])
            found.append((near.score, place))
    found.sort(key=lambda one: (-one[0], one[1].start))
    return [place for _, place in found[:most]]
