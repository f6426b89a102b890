"""Words that somebody takes back: blanked in place, found where they are quoted.

Blanking puts as many spaces as there were characters, so that no position of anybody
else's coding, memo or example moves. Quotations are found by runs of words in a row:
six of them are seldom the same by chance.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence

from coding.coded_segments import Segment

WITHDRAWN = "[withdrawn]"
LEAST_WORDS = 6
"""Words in a row from which on a text counts as quoting."""
LEAST_OF_WHOLE = 3
"""Words from which on a text that is nothing but a quotation counts as one."""

_WORD = re.compile(r"\w+")


def blanked(text: str, places: Iterable[Segment]) -> str:
    """The text with spaces in place of those passages, as long as before.

    Line ends stay, so that lines keep their numbers.

    >>> blanked("Ada: I left.", [Segment(5, 12)])
    'Ada:        '
    """
    parts, at = [], 0
    for place in sorted(places, key=lambda one: one.start):
        start = max(place.start, at)
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start : place.end])]
        at = max(at, place.end)
    return "".join([*parts, text[at:]])


def with_words(text: str, place: Segment, words: str) -> str:
    """The text with words put back where they were taken out.

    Raises ValueError where something else than blanks stands there now, or the words
    do not fill the place.

    >>> with_words("Ada:        ", Segment(5, 12), "I left.")
    'Ada: I left.'
    """
    if text[place.start : place.end].strip() or len(words) != place.end - place.start:
        raise ValueError("other words stand where these were taken out")
    return text[: place.start] + words + text[place.end :]


def is_within(place: Segment, places: Sequence[Segment]) -> bool:
    """Whether a passage lies wholly within one of the places, sorted by start.

    >>> is_within(Segment(3, 5), [Segment(0, 2), Segment(3, 9)])
    True
    """
    at = bisect_right(places, place.start, key=lambda one: one.start) - 1
    return at >= 0 and place.end <= places[at].end


def as_shown(words: str) -> str:
    """The words of a turn as a page shows them, as long as they are stored.

    Blanks where words were withdrawn read so, as far as there is room.

    >>> as_shown("             "), as_shown("    "), as_shown("Yes.")
    ('[withdrawn]  ', '…   ', 'Yes.')
    """
    if words.strip() or not words:
        return words
    sign = WITHDRAWN if len(words) >= len(WITHDRAWN) else "…"
    return sign + words[len(sign) :]


class TakenBack:
    """What somebody said and is named by, to be found wherever it was copied to.

    ``names`` are found as whole words with their letter case. Of what was said words
    alone count, not punctuation, letter case or line ends.
    """

    def __init__(self, said: Iterable[str], names: Collection[str] = ()) -> None:
        self._runs: set[tuple[str, ...]] = set()
        whole = []
        for text in said:
            words = [word.casefold() for word in _WORD.findall(text)]
            whole.append(" ".join(words))
            self._runs.update(
                tuple(words[at : at + LEAST_WORDS])
                for at in range(len(words) - LEAST_WORDS + 1)
            )
        self._whole = f" {' | '.join(whole)} "
        names = sorted({one.strip() for one in names if one.strip()}, key=len)
        self._names = (
            re.compile(
                "|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in reversed(names))
            )
            if names
            else None
        )

    def removed_from(self, text: str) -> str:
        """The text with every quotation and name replaced by ``[withdrawn]``.

        >>> taken = TakenBack(["I told them about it three times already."], ["Ada"])
        >>> taken.removed_from("Ada: told them about it three times! Sad.")
        '[withdrawn]: [withdrawn]! Sad.'
        """
        text = self.without_quotations(text)
        return self._names.sub(WITHDRAWN, text) if self._names else text

    def without_quotations(self, text: str) -> str:
        """The text with every quotation replaced by ``[withdrawn]``; names stay."""
        for place in reversed(self._quoted(text)):
            text = text[: place.start] + WITHDRAWN + text[place.end :]
        return text

    def blanked_in(self, text: str) -> str:
        """The text with every quotation blanked, as long as before; names stay."""
        return blanked(text, self._quoted(text))

    def is_all_of(self, text: str) -> bool:
        """Whether a text is nothing but words that were taken back, in a row.

        >>> taken = TakenBack(["I told them about it."])
        >>> taken.is_all_of("told them about"), taken.is_all_of("them")
        (True, False)
        """
        words = [word.casefold() for word in _WORD.findall(text)]
        return len(words) >= LEAST_OF_WHOLE and f" {' '.join(words)} " in self._whole

    def _quoted(self, text: str) -> list[Segment]:
        spans = [match.span() for match in _WORD.finditer(text)]
        if len(spans) < LEAST_WORDS:
            return []
        words = [text[start:end].casefold() for start, end in spans]
        found: list[Segment] = []
        last = -1
        for at in range(len(words) - LEAST_WORDS + 1):
            if tuple(words[at : at + LEAST_WORDS]) not in self._runs:
                continue
            end = spans[at + LEAST_WORDS - 1][1]
            if found and at <= last:
                found[-1] = Segment(found[-1].start, end)
            else:
                found.append(Segment(spans[at][0], end))
            last = at + LEAST_WORDS
        return found
