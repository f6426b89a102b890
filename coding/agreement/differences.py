"""Where coders read one passage alike, and where not: what they then talk about.

Readings of one code that overlap belong together. All coders on the same words is
agreement; all of them with other edges, one difference; a code that only some gave is
set beside what the others gave to overlapping words, or stands alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coding.coded_segments import CodedSegment


class DifferenceKind(StrEnum):
    """In which way the readings of a passage differ, or that they do not."""

    SAME = "same"
    EDGES = "edges"
    CODES = "codes"
    ONE_ONLY = "one_only"

    @property
    def in_words(self) -> str:
        """The kind in words.

        >>> DifferenceKind.EDGES.in_words
        'Same code, other edges'
        """
        return _IN_WORDS[self]


_IN_WORDS = {
    DifferenceKind.SAME: "The same",
    DifferenceKind.EDGES: "Same code, other edges",
    DifferenceKind.CODES: "Different codes",
    DifferenceKind.ONE_ONLY: "Coded by one only",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """The coders' readings of one passage: what each marked there, maybe nothing.

    ``key`` names the readings: it changes when one of them is taken away or another
    joins them. ``start`` and ``end`` reach from the first word marked to the last.
    """

    key: str
    kind: DifferenceKind
    start: int
    end: int
    readings: tuple[tuple[str, tuple[CodedSegment, ...]], ...]

    def of(self, coder_id: str) -> tuple[CodedSegment, ...]:
        """What one coder marked here."""
        return dict(self.readings).get(coder_id, ())


def compare_readings(
    text: str, coders: Sequence[str], codings: Iterable[CodedSegment]
) -> tuple[Difference, ...]:
    """Every passage that a coder marked, with all readings of it, in text order.

    ``codings`` are of one source, in the coders' own layer; those of other people are
    passed over. Edges that differ only in space or punctuation are the same.
    """
    wanted = set(coders)
    by_code: dict[str, list[CodedSegment]] = {}
    for one in codings:
        if one.coder_id in wanted:
            by_code.setdefault(one.code_id, []).append(one)
    found: list[Difference] = []
    left: list[list[CodedSegment]] = []
    for listed in by_code.values():
        for group in _overlapping(listed):
            if {one.coder_id for one in group} == wanted:
                same = _is_same(text, group, len(wanted))
                kind = DifferenceKind.SAME if same else DifferenceKind.EDGES
                found.append(_difference(kind, coders, group))
            else:
                left.append(group)
    for gathered in _different_codes(left):
        several = len({one.coder_id for one in gathered}) > 1
        differ = several and len({one.code_id for one in gathered}) > 1
        kind = DifferenceKind.CODES if differ else DifferenceKind.ONE_ONLY
        found.append(_difference(kind, coders, gathered))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.key)))


def reading_in_words(
    segments: Sequence[CodedSegment], code_names: Mapping[str, str]
) -> str:
    """The codes of a reading, each once, or that nothing was coded.

    >>> reading_in_words((), {})
    'nothing coded here'
    """
    names = dict.fromkeys(code_names.get(one.code_id, "a code") for one in segments)
    return ", ".join(names) or "nothing coded here"


def _is_same(text: str, group: Sequence[CodedSegment], coders: int) -> bool:
    edges = {_words_alone(text, one.segment.start, one.segment.end) for one in group}
    return len(group) == coders and len(edges) == 1


def _words_alone(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage without space and punctuation at its edges."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _overlapping(listed: Iterable[CodedSegment]) -> list[list[CodedSegment]]:
    """Passages in groups of those that overlap, one with the next."""
    groups: list[list[CodedSegment]] = []
    reach = 0
    for one in sorted(listed, key=lambda c: (c.segment.start, c.segment.end, c.id)):
        if groups and one.segment.start < reach:
            groups[-1].append(one)
            reach = max(reach, one.segment.end)
        else:
            groups.append([one])
            reach = one.segment.end
    return groups


def _different_codes(groups: list[list[CodedSegment]]) -> list[list[CodedSegment]]:
    """Groups joined where one coder's words overlap another's under another code."""
    groups = sorted(groups, key=lambda group: group[0].segment.start)
    ends = [max(one.segment.end for one in group) for group in groups]
    joined = list(range(len(groups)))

    def root(at: int) -> int:
        while joined[at] != at:
            joined[at] = joined[joined[at]]
            at = joined[at]
        return at

    open_groups: list[int] = []
    for at, group in enumerate(groups):
        start = group[0].segment.start
        open_groups = [other for other in open_groups if ends[other] > start]
        for other in open_groups:
            if _cross(groups[other], group):
                joined[root(at)] = root(other)
        open_groups.append(at)
    gathered: dict[int, list[CodedSegment]] = {}
    for at, group in enumerate(groups):
        gathered.setdefault(root(at), []).extend(group)
    return list(gathered.values())


def _cross(one: Sequence[CodedSegment], other: Sequence[CodedSegment]) -> bool:
    return any(
        a.coder_id != b.coder_id and a.segment.overlaps(b.segment)
        for a in one
        for b in other
    )


def _difference(
    kind: DifferenceKind, coders: Sequence[str], group: Sequence[CodedSegment]
) -> Difference:
    ids = ",".join(sorted(one.id for one in group))
    return Difference(
        hashlib.sha256(ids.encode()).hexdigest()[:32],
        kind,
        min(one.segment.start for one in group),
        max(one.segment.end for one in group),
        tuple(
            (coder, tuple(one for one in group if one.coder_id == coder))
            for coder in coders
        ),
    )
