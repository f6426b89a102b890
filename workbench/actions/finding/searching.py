"""Looking for words, each place in its context; and where a quotation comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.finding.keyword_in_context import (
    ContextLine,
    LineOrder,
    context_lines,
    order_key,
)
from coding.finding.pasted_quotations import (
    NEAR_ENOUGH,
    Alignment,
    Likeness,
    align,
    likeness_of,
    pieces_of,
)
from coding.finding.search_words import in_words, phrases_sought, read_search
from data.found_passages import FoundTurn, TurnsFound
from data.storage import StudyStore
from workbench.wording import counted

MOST_TURNS = 1_000
"""Turns whose places are listed; of more, the search is to be narrowed down."""

_LIKELY_TURNS = 60
_MOST_PLACES = 5
# A place this much less alike than the best one is no rival to it.
_CLEARLY_WORSE = 0.3


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a concordance and the turn it stands in."""

    line: ContextLine
    turn: FoundTurn

    @property
    def start(self) -> int:
        """The code point of the source at which the words found begin."""
        return self.turn.start + self.line.start


@dataclass(frozen=True, slots=True)
class Concordance:
    """Every place a search is met, in the order asked for, and the search said back."""

    said_back: str
    found: TurnsFound
    lines: tuple[PlacedLine, ...]

    @property
    def in_words(self) -> str:
        """What was found: turns, people, sources."""
        found = self.found
        if not found.total:
            return f"No turn has {self.said_back}."
        said = counted(found.total, "turn")
        if found.people is not None and found.sources is not None:
            people = counted(found.people, "person", "people")
            said += f" by {people} in {counted(found.sources, 'source')}"
        said += f" with {self.said_back}."
        if found.total > len(found.turns):
            said += (
                f" The places in the first {len(found.turns):,} turns added are listed:"
                " add a word to narrow the search down."
            )
        return said


def look_for(
    store: StudyStore,
    typed: str,
    *,
    words_beside: int = 8,
    order: LineOrder = LineOrder.SOURCE,
    most_turns: int | None = MOST_TURNS,
) -> Concordance:
    """Each place where what was typed stands, with words on both sides.

    In at most so many turns, or in all of them.

    Raises CodingRefused for a search that cannot be read.
    """
    search = read_search(typed)
    phrases = phrases_sought(search)
    found = store.finding.turns(search, most=most_turns)
    lines = [
        PlacedLine(line, turn)
        for turn in found.turns
        for line in context_lines(turn.words, phrases, words_beside)
    ]
    lines.sort(key=lambda one: order_key(one.line, order))
    return Concordance(in_words(search), found, tuple(lines))


def speaker_in_words(turn: FoundTurn) -> str:
    """Who speaks a turn: pseudonym and role, the interviewer, or the bare label."""
    if turn.is_interviewer:
        return "Interviewer"
    if turn.participant is None:
        return f"{turn.speaker} (not named)" if turn.speaker else "Nobody named"
    who = turn.participant
    return f"{who.pseudonym}, {who.role}" if who.role else who.pseudonym


def place_in_words(turn: FoundTurn) -> str:
    """Source, turn and wave, the wave left out where the source's name says it."""
    is_said = turn.wave.casefold() in turn.source_name.casefold()
    wave = "" if is_said else f", {turn.wave}"
    return f"{turn.source_name}, turn {turn.number}{wave}"


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """One piece of a quotation beside the turn it comes from."""

    alignment: Alignment
    turn: FoundTurn

    @property
    def start(self) -> int:
        """The code point of the source at which the place begins."""
        return self.turn.start + self.alignment.start


@dataclass(frozen=True, slots=True)
class QuotationPlace:
    """Where a quotation may come from: its pieces, all in one source."""

    pieces: tuple[PlacedPiece, ...]

    @property
    def likeness(self) -> Likeness:
        """How alike the pieces are to what stands there."""
        return likeness_of([one.alignment for one in self.pieces])

    @property
    def same(self) -> int:
        """How many of the pasted words stand there."""
        return sum(one.alignment.same for one in self.pieces)

    @property
    def of(self) -> int:
        """How many words were pasted."""
        return sum(one.alignment.of for one in self.pieces)

    @property
    def in_words(self) -> str:
        """How alike, with the words that differ counted.

        Never a share alone: which words differ is shown beside it.
        """
        added = sum(one.alignment.added for one in self.pieces)
        if self.likeness is Likeness.SAME:
            return f"{self.likeness.value}: all {self.of} words."
        said = f"{self.likeness.value}: {self.same} of {self.of} words stand there"
        if added:
            said += f", with {counted(added, 'other word')} among them"
        return f"{said}."


def find_quotation(store: StudyStore, pasted: str) -> list[QuotationPlace]:
    """The places a pasted quotation may come from, likeliest first; none where nothing
    is near.

    The pieces of a quotation with words left out are looked for in one source. Raises
    CodingRefused for text that is no quotation.
    """
    pieces = pieces_of(pasted)
    turns = store.finding.turns_like(" ".join(pieces), most=_LIKELY_TURNS)
    by_source: dict[str, list[FoundTurn]] = {}
    for turn in turns:
        by_source.setdefault(turn.source_id, []).append(turn)
    places = [place for those in by_source.values() for place in _places(pieces, those)]
    near = [one for one in places if one.same >= NEAR_ENOUGH * one.of]
    near.sort(key=lambda one: (-one.same, sum(p.alignment.added for p in one.pieces)))
    best = near[0].same / near[0].of if near else 0
    return [one for one in near if one.same / one.of >= best - _CLEARLY_WORSE][
        :_MOST_PLACES
    ]


def _places(pieces: Sequence[str], turns: Sequence[FoundTurn]) -> list[QuotationPlace]:
    """The places in turns of one source: one a turn, or the best for all pieces."""
    aligned = [
        [
            PlacedPiece(found, turn)
            for turn in turns
            if (found := align(piece, turn.words)) is not None
        ]
        for piece in pieces
    ]
    if len(pieces) == 1:
        return [QuotationPlace((one,)) for one in aligned[0]]
    # Every piece counts, also one that stands nowhere here: its words are then missing.
    if not all(aligned):
        return []
    return [
        QuotationPlace(
            tuple(max(those, key=lambda one: one.alignment.same) for those in aligned)
        )
    ]
