"""Suggestions from what was learned: which codes, where, how sure and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.coded_segments import Segment
from coding.suggestions.deciding.grounds import LearnedGrounds
from coding.suggestions.deciding.learned_reasons import learned_reason
from coding.suggestions.deciding.strengths import LearnedStrengths
from coding.suggestions.deciding.thresholds import CodeThresholds
from coding.suggestions.learning.learned_codes import LearnedCodes
from coding.suggestions.passages import best_passage, covering, passages_of, touching
from coding.suggestions.suggestion import CodeSuggestion
from coding.transcripts import Turn

SUGGESTIONS_PER_TURN = 3

Decided = tuple[str, Segment]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One turn asked about: its row, where it starts, and what is decided in it."""

    turn: Turn
    row: int
    closed: dict[str, list[Segment]]


class LearnedSuggestions:
    """Suggests codes by learned probability; ask only once ``learned.has_learned``.

    ``thresholds`` say how likely is likely enough, ``strengths`` what it is called.
    """

    def __init__(
        self,
        learned: LearnedCodes,
        thresholds: CodeThresholds,
        strengths: LearnedStrengths | None = None,
    ) -> None:
        self.learned = learned
        self.thresholds = thresholds
        self.strengths = strengths or LearnedStrengths.fit(
            *learned.held_out.decisions()
        )
        self._grounds = LearnedGrounds(learned)

    def suggest(
        self,
        source_id: str,
        turns: Sequence[Turn],
        *,
        decided: Iterable[Decided] = (),
        limit_per_turn: int = SUGGESTIONS_PER_TURN,
    ) -> tuple[CodeSuggestion, ...]:
        """Suggestions for turns of one prepared source, in order of turn and rank.

        The turns are those asked about, with their places in the source; ``decided``
        are codes with segments a person has coded or turned down, on which the code is
        not suggested again. Turns that were not prepared get none. Within a turn the
        likelier come first, then the codebook's order.
        """
        closed: dict[str, list[Segment]] = {}
        for code_id, segment in decided:
            closed.setdefault(code_id, []).append(segment)
        row_of = self.learned.study.row_of
        asked = [
            _Asked(turn, row_of[source_id, turn.number], closed)
            for turn in turns
            if (source_id, turn.number) in row_of
        ]
        if not asked:
            return ()
        chances = self.learned.scores(np.array([one.row for one in asked]))
        found: list[CodeSuggestion] = []
        for one, chance in zip(asked, chances, strict=True):
            found += self._in_turn(one, chance, limit_per_turn)
        return tuple(found)

    def _in_turn(
        self, asked: _Asked, chance: npt.NDArray[np.float64], limit: int
    ) -> list[CodeSuggestion]:
        likely = np.flatnonzero(chance >= self.thresholds.threshold)
        ordered = likely[np.argsort(-chance[likely], kind="stable")]
        found: list[CodeSuggestion] = []
        for code in ordered:
            if len(found) == limit:
                break
            proposed = self._proposed(
                asked, int(code), float(chance[code]), len(found) + 1
            )
            if proposed is not None:
                found.append(proposed)
        return found

    def _proposed(
        self, asked: _Asked, code: int, chance: float, rank: int
    ) -> CodeSuggestion | None:
        learned, at = self.learned, asked.turn.start
        told = learned.meanings.codes[code]
        passages = passages_of(learned.study.readings[asked.row])
        here = [
            Segment(max(one.start - at, 0), one.end - at)
            for one in asked.closed.get(told.id, ())
            if one.overlaps(Segment(at, max(asked.turn.end, at + 1)))
        ]
        hits = [h for h in learned.meanings.hits(asked.row) if h.cue.code_id == told.id]
        near = self._grounds.passage_likeness(passages, asked.row, code)
        decided_on = set(touching(passages, here))
        if decided_on and not hits:
            return None  # what makes the turn likely is the passage decided on
        chosen = best_passage(passages, hits, near, closed=decided_on)
        if not chosen:
            return None
        segment = covering(passages, chosen)
        words = tuple(w for number in chosen for w in passages[number].words)
        return CodeSuggestion(
            code_id=told.id,
            turn_number=asked.turn.number,
            segment=_moved(segment, at),
            rank=rank,
            strength=self.strengths.strength(chance),
            similarity=round(chance, 6),
            reason=learned_reason(
                self._grounds,
                asked.row,
                code,
                at,
                segment,
                [hit for hit in hits if segment.overlaps(hit.segment)],
                words,
            ),
            chance=round(chance, 6),
        )


def _moved(segment: Segment, by: int) -> Segment:
    return Segment(segment.start + by, segment.end + by)
