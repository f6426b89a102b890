"""Which codes are worth suggesting in one turn, on which passage and how strongly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coding.codebook import Code
from coding.coded_segments import Segment
from coding.language import Word
from coding.suggestions.blend import Evidence, Likeness, is_seldom, strength_of
from coding.suggestions.cues import CueHit
from coding.suggestions.definitions import DefinitionWords
from coding.suggestions.passages import Passage, best_passage, covering, touching
from coding.suggestions.suggestion import Strength
from coding.suggestions.turn_words import ReadTurn

# Listed from the strongest, the order suggestions are shown in.
FROM_STRONGEST = (Strength.VERY_LIKELY, Strength.FAIRLY_SURE, Strength.GUESS)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for each code (column) in each turn (row), for one transcript.

    ``similarity`` orders codes; ``above_usual`` counts standard deviations of nearness
    over what is usual in the study; ``turns_with`` says in how many of the study's
    ``number_of_turns`` each cue stands.
    """

    codes: tuple[Code, ...]
    hits: Sequence[tuple[CueHit, ...]]
    similarity: Likeness
    above_usual: Likeness
    definitions: DefinitionWords
    turns_with: Mapping[tuple[str, str], int]
    number_of_turns: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code for a passage, with what speaks for it."""

    code: Code
    segment: Segment
    strength: Strength
    similarity: float
    hits: tuple[CueHit, ...]
    shared_words: tuple[str, ...]


def candidates_in(
    turn: ReadTurn,
    row: int,
    grounds: Grounds,
    closed: Mapping[str, Iterable[Segment]],
) -> list[Candidate]:
    """The codes worth suggesting in a turn, the best first; often none.

    ``closed`` gives for each code the segments a person has decided on.
    """
    if not turn.passages or not grounds.codes:
        return []
    passage_nearness = grounds.definitions.likeness([p.words for p in turn.passages])
    nearest = int(grounds.similarity[row].argmax())
    found = []
    for column, code in enumerate(grounds.codes):
        hits = tuple(hit for hit in grounds.hits[row] if hit.cue.code_id == code.id)
        if not hits and column != nearest:
            continue  # without a cue only the nearest code of a turn may be suggested
        decided_on = set(touching(turn.passages, closed.get(code.id, ())))
        if decided_on and not hits:
            continue  # what makes the turn near is likely the passage decided on
        chosen = best_passage(
            turn.passages, hits, passage_nearness[:, column], closed=decided_on
        )
        if chosen:
            found.append(_weighed(turn, (row, column), hits, chosen, grounds))
    worth_saying = [candidate for candidate in found if candidate is not None]
    worth_saying.sort(key=lambda c: (FROM_STRONGEST.index(c.strength), -c.similarity))
    return worth_saying


def _weighed(
    turn: ReadTurn,
    cell: tuple[int, int],
    all_hits: tuple[CueHit, ...],
    chosen: Sequence[int],
    grounds: Grounds,
) -> Candidate | None:
    """The candidate for the chosen passages, or nothing where too little speaks for it.

    Only cues inside the passage count, so that the reason can be read in it.
    """
    code = grounds.codes[cell[1]]
    segment = covering(turn.passages, chosen)
    hits = tuple(hit for hit in all_hits if segment.overlaps(hit.segment))
    shared = _shared_words([turn.passages[n] for n in chosen], cell[1], hits, grounds)
    strength = strength_of(
        Evidence(
            hits,
            tuple(
                (grounds.turns_with.get(hit.cue.key, 0), grounds.number_of_turns)
                for hit in hits
            ),
            float(grounds.above_usual[cell]),
            tuple(word.lower for word in shared),
            any(
                is_seldom(grounds.definitions.turns_with(word), grounds.number_of_turns)
                for word in shared
            ),
        )
    )
    if strength is None:
        return None
    similarity = float(grounds.similarity[cell])
    words = tuple(word.lower for word in shared)
    return Candidate(code, segment, strength, similarity, hits, words)


def _shared_words(
    passages: Sequence[Passage],
    column: int,
    hits: Sequence[CueHit],
    grounds: Grounds,
) -> tuple[Word, ...]:
    """Words shared with the definition, those of the cues themselves left out."""
    outside = [
        word
        for passage in passages
        for word in passage.words
        if not any(h.segment.start <= word.start < h.segment.end for h in hits)
    ]
    return grounds.definitions.shared_words(outside, column)
