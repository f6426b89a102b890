"""Why a code was suggested, in one sentence a researcher can check against the page."""

from __future__ import annotations

from collections.abc import Sequence

from coding.suggestions.cues import CueHit
from coding.suggestions.suggestion import SuggestionReason

WORDS_SHOWN = 3
CUES_SHOWN = 2


def explain(
    text: str, hits: Sequence[CueHit], shared_words: Sequence[str]
) -> SuggestionReason:
    """The reason for one suggestion, with the places of its cues.

    ``text`` is what the segments of ``hits`` count in. The sentence holds words that
    were said, so it is treated as the transcript itself is.
    """
    shown = tuple(shared_words[:WORDS_SHOWN])
    return SuggestionReason(
        sentence=_sentence(text, hits, shown),
        cues=tuple(dict.fromkeys(hit.cue.phrase for hit in hits)),
        cue_segments=tuple(hit.segment for hit in hits),
        definition_words=shown,
    )


def joined(parts: Sequence[str]) -> str:
    """The parts as a list in words.

    >>> joined(["one", "two", "three"])
    'one, two and three'
    >>> joined(["one"])
    'one'
    """
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _sentence(text: str, hits: Sequence[CueHit], shared_words: Sequence[str]) -> str:
    words = joined([f"‘{word}’" for word in shared_words])
    if not hits:
        return (
            f"Because it shares {words} with the definition and is nearer to this code "
            "than to any other; none of its cues is said."
        )
    said = _what_is_said(text, hits)
    if not words:
        return f"Because it says {said}."
    return f"Because it says {said}, and it shares {words} with the definition."


def _what_is_said(text: str, hits: Sequence[CueHit]) -> str:
    phrases: dict[str, CueHit] = {}
    for hit in hits:
        said = " ".join(hit.segment.quotation(text).split())
        phrases.setdefault(said.casefold(), hit)
    chosen = list(phrases.values())[:CUES_SHOWN]
    said = joined([_quoted(text, hit) for hit in chosen])
    if chosen[0].cue.is_name:
        return f"{said}, the name of this code"
    return f"{said}, {'a cue' if len(chosen) == 1 else 'cues'} of this code"


def _quoted(text: str, hit: CueHit) -> str:
    said = " ".join(hit.segment.quotation(text).split())
    after = f" (though after “{hit.negation}”)" if hit.negation else ""
    return f"“{said}”{after}"
