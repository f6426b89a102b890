"""Why a learned code was suggested, in one sentence and in parts a page can mark."""

from __future__ import annotations

from collections.abc import Sequence

from coding.coded_segments import Segment
from coding.language import Word
from coding.suggestions.cues import CueHit
from coding.suggestions.deciding.grounds import LearnedGrounds
from coding.suggestions.explanation import explain, joined
from coding.suggestions.suggestion import SuggestionReason

WORDS_SHOWN = 3


def learned_reason(
    grounds: LearnedGrounds,
    row: int,
    code: int,
    begins: int,
    segment: Segment,
    hits: Sequence[CueHit],
    words: Sequence[Word],
) -> SuggestionReason:
    """The reason for one suggestion.

    ``segment``, ``hits`` and ``words`` are of the passage, counted from the turn's
    beginning; ``begins`` is where the turn stands in its source, and what comes back
    counts in the source.
    """
    learned = grounds.learned
    text = learned.study.turns[row].text
    outside = [
        word
        for word in words
        if not any(h.segment.start <= word.start < h.segment.end for h in hits)
    ]
    shared = learned.meanings.words.shared_words(outside, code)[:WORDS_SHOWN]
    telling = [
        word
        for word in grounds.telling_words(row, code)
        if segment.start <= word.start < segment.end
    ]
    similar = grounds.similar_turns(row, code)
    return SuggestionReason(
        sentence=_sentence(text, hits, shared, telling, len(similar)),
        cues=tuple(dict.fromkeys(hit.cue.phrase for hit in hits)),
        cue_segments=tuple(_moved(hit.segment, begins) for hit in hits),
        definition_words=tuple(word.lower for word in shared),
        telling_segments=tuple(
            _moved(Segment(word.start, word.end), begins) for word in telling
        ),
        definition_sentence=grounds.nearest_sentence(row, code),
        similar_turns=similar,
    )


def _sentence(
    text: str,
    hits: Sequence[CueHit],
    shared: Sequence[Word],
    telling: Sequence[Word],
    similar: int,
) -> str:
    if hits:
        return explain(text, hits, [word.lower for word in shared]).sentence
    parts = []
    if shared:
        listed = joined([f"‘{word.lower}’" for word in shared])
        parts.append(f"it shares {listed} with the definition")
    said = list(dict.fromkeys(w.lower for w in telling if w not in shared))
    if said:
        listed = joined([f"‘{word}’" for word in said[:WORDS_SHOWN]])
        parts.append(f"{listed} often stood in what was given this code")
    if not parts:
        alike = "passages" if similar > 1 else "a passage"
        parts.append(
            f"it is like {alike} given this code, and like what stands around them"
        )
    return f"Because {joined(parts)}."


def _moved(segment: Segment, by: int) -> Segment:
    return Segment(segment.start + by, segment.end + by)
