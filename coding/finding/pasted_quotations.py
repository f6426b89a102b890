"""Where a quotation comes from: words pasted from a report beside those of a source.

The two are aligned twice: by characters, which bears small changes within words
(rapidfuzz's partial alignment), to find the place; then by whole words, to say which
differ. Letter case, accents, punctuation and kinds of quotation mark do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from coding.finding.search_words import FoldedWord, folded_words
from coding.problems import CodingProblem, CodingRefused

FEWEST_WORDS = 3
MOST_WORDS = 400
NEAR_ENOUGH = 0.5
"""Share of the pasted words that a place must hold, in their order, to be shown."""

# Three dots, or the sign for them, bare or in brackets: something was left out here.
_LEFT_OUT = re.compile(r"[\[(<{]\s*(?:\.\s*){2,}[\])>}]|[\[(]\s*…\s*[\])]|\.{3,}|…")
# What an editor put in ("[the worker]") is not among the words that were said.
_PUT_IN = re.compile(r"\[[^\]\[]{1,60}\]")

# Signs before a word are its own where nothing else is written before them.
_SIGNS_BEFORE = re.compile(r"(?<!\S)[^\w\s]+\Z")
_SIGNS_AFTER = re.compile(r"[^\w\s]+")
_MOST_SIGNS = 20


class Likeness(StrEnum):
    """How alike two places are, as a person would say it."""

    SAME = "Word for word"
    ALMOST = "Almost word for word"
    MUCH = "Much the same"
    LOOSE = "Loosely alike"


class StretchKind(StrEnum):
    """Where the words of a stretch stand."""

    BOTH = "both"
    SOURCE = "source"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand in both, only in the source, or only in what was pasted.

    They are as they stand there, punctuation and apostrophes with them.
    """

    kind: StretchKind
    words: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """A place in a text beside one piece of a quotation.

    ``start`` and ``end`` are code points of the text. ``same`` of the piece's ``of``
    words stand there in the same order; ``added`` words of the text stand among them.
    """

    start: int
    end: int
    same: int
    of: int
    added: int
    stretches: tuple[Stretch, ...]

    @property
    def share(self) -> float:
        """The share of the pasted words that stand there, 0 to 1."""
        return self.same / self.of


def pieces_of(pasted: str) -> list[str]:
    """The pieces of a pasted quotation, cut where something was left out.

    Words that an editor put in brackets are dropped. Raises CodingRefused where too few
    words are left to tell one place from another, or more than a quotation has.

    >>> pieces_of("“She came [...] every single week … [my worker] and she asked”")
    ['“She came ', ' every single week ', '   and she asked”']
    """
    if len(pasted) > MOST_WORDS * 25:
        _refuse(
            f"The text is {len(pasted):,} characters long.",
            f"Paste one quotation of at most {MOST_WORDS} words.",
        )
    pieces = [_PUT_IN.sub(" ", piece) for piece in _LEFT_OUT.split(pasted)]
    pieces = [piece for piece in pieces if folded_words(piece)]
    words = sum(len(folded_words(piece)) for piece in pieces)
    if words < FEWEST_WORDS:
        _refuse(
            f"{words or 'No'} {'word is' if words == 1 else 'words are'} too few to "
            "tell one place from another.",
            f"Paste at least {FEWEST_WORDS} words of the quotation, or look for the "
            "words themselves.",
        )
    if words > MOST_WORDS:
        _refuse(
            f"The text has {words:,} words.",
            f"Paste one quotation of at most {MOST_WORDS} words.",
        )
    return pieces


def align(piece: str, text: str) -> Alignment | None:
    """The place in a text most like a piece, or nothing where no word is shared.

    Of equally good places the first. ``start`` and ``end`` lie on the edges of words.

    >>> found = align("came each week", "The same worker came every week, and asked.")
    >>> found.same, found.of, [f"{s.kind} {s.words}" for s in found.stretches]
    (2, 3, ['both came', 'pasted each', 'source every', 'both week,'])
    """
    wanted = folded_words(piece)
    there = folded_words(text)
    if not wanted or not there:
        return None
    beside = _narrowed(wanted, _likeliest_region(wanted, there))
    return _by_words(piece, wanted, text, beside)


def likeness_of(alignments: Sequence[Alignment]) -> Likeness:
    """How alike the pieces of a quotation are to the places found for them."""
    same = sum(one.same for one in alignments)
    of = sum(one.of for one in alignments)
    if same == of and not any(one.added for one in alignments):
        return Likeness.SAME
    if same >= 0.85 * of:
        return Likeness.ALMOST
    return Likeness.MUCH if same >= 0.65 * of else Likeness.LOOSE


def _likeliest_region(
    wanted: Sequence[FoldedWord], there: Sequence[FoldedWord]
) -> Sequence[FoldedWord]:
    """The stretch of a long text that holds most of the words, with room around it."""
    length = len(wanted)
    if len(there) <= 3 * length:
        return there
    sought = {one.word for one in wanted}
    hits = [one.word in sought for one in there]
    held = sum(hits[:length])
    best, most = 0, held
    for at in range(1, len(there) - length + 1):
        held += hits[at + length - 1] - hits[at - 1]
        if held > most:
            best, most = at, held
    return there[max(0, best - length) : best + 2 * length]


def _narrowed(
    wanted: Sequence[FoldedWord], there: Sequence[FoldedWord]
) -> Sequence[FoldedWord]:
    """The words of a region that the piece lies beside, character by character."""
    if len(there) <= len(wanted):
        return there
    place = fuzz.partial_ratio_alignment(
        " ".join(one.word for one in wanted), " ".join(one.word for one in there)
    )
    if place is None:
        return there
    within, at = [], 0
    for number, one in enumerate(there):
        if at < place.dest_end and at + len(one.word) > place.dest_start:
            within.append(number)
        at += len(one.word) + 1
    # The place is as long as the piece; where words were left out it goes on a little.
    room = 3 + len(wanted) // 4
    return there[max(0, within[0] - room) : within[-1] + 1 + room] if within else there


def _by_words(
    piece: str,
    wanted: Sequence[FoldedWord],
    text: str,
    there: Sequence[FoldedWord],
) -> Alignment | None:
    steps = Levenshtein.opcodes(
        [one.word for one in wanted], [one.word for one in there]
    )
    blocks = [block for block in steps.as_matching_blocks() if block.size]
    if not blocks:
        return None
    # Beyond the first and the last words that are shared, the place reaches as far as
    # the piece does and no farther.
    first = max(0, blocks[0].b - blocks[0].a)
    left = len(wanted) - blocks[-1].a - blocks[-1].size
    last = min(len(there), blocks[-1].b + blocks[-1].size + left)
    stretches: list[Stretch] = []
    at_wanted, at_there, added = 0, first, 0
    for start_wanted, start_there, size in [
        *((block.a, block.b, block.size) for block in blocks),
        (len(wanted), last, 0),
    ]:
        if start_wanted > at_wanted:
            words = _cut(piece, wanted, at_wanted, start_wanted)
            stretches.append(Stretch(StretchKind.PASTED, words))
        if start_there > at_there:
            words = _cut(text, there, at_there, start_there)
            stretches.append(Stretch(StretchKind.SOURCE, words))
        added += max(0, (start_there - at_there) - (start_wanted - at_wanted))
        if size:
            words = _cut(text, there, start_there, start_there + size)
            stretches.append(Stretch(StretchKind.BOTH, words))
        at_wanted, at_there = start_wanted + size, start_there + size
    return Alignment(
        there[first].start,
        there[last - 1].end,
        sum(block.size for block in blocks),
        len(wanted),
        added,
        tuple(stretches),
    )


def _cut(text: str, words: Sequence[FoldedWord], first: int, end: int) -> str:
    """The words as they stand, with the punctuation written to them."""
    start, until = words[first].start, words[end - 1].end
    before = _SIGNS_BEFORE.search(text, max(0, start - _MOST_SIGNS), start)
    after = _SIGNS_AFTER.match(text, until, until + _MOST_SIGNS)
    return text[before.start() if before else start : after.end() if after else until]


def _refuse(found: str, do_next: str) -> NoReturn:
    raise CodingRefused([CodingProblem(found, "The quotation", do_next)])
