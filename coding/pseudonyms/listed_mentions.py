"""Every mention of the listed names in a text: other letter case, possessive, misspelt
by one letter, or by a part of the name.

A name is compared word by word. Where several listed names fit, the one of which more
words stand there wins; an exact word is never a misspelling of another name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from coding.pseudonyms.names import (
    How,
    ListedName,
    Mention,
    folded,
    value_key,
    words_of,
)
from coding.pseudonyms.ordinary_words import OrdinaryWords, stands_as_name
from coding.pseudonyms.patterns import value_hits
from coding.pseudonyms.text_words import TextWords
from coding.pseudonyms.word_lists import PARTICLES, WORDS_FOR_PLACES

SHORTEST_MISSPELT = 6
# A shorter word may differ by a letter only beside another word of the same name.
SHORTEST_MISSPELT_IN_COMPANY = 4
SHORTEST_WITHOUT_APOSTROPHE = 3


class _Part(NamedTuple):
    """A word of a listed phrase: whose, which phrase, where in it, enough alone?"""

    name: int
    phrase: int
    position: int
    alone: bool


@dataclass(frozen=True, slots=True)
class _Fit:
    """A word of the text that fits a part, and how well."""

    part: _Part
    how: How
    in_company_only: bool = False


class NameList:
    """The listed names, made ready to be looked for in any number of texts."""

    def __init__(self, names: Sequence[ListedName], ordinary: OrdinaryWords) -> None:
        self._names = tuple(names)
        self._ordinary = ordinary
        self._phrases: list[tuple[str, ...]] = []
        self._is_nickname: list[bool] = []
        self._parts: dict[str, list[_Part]] = {}
        self._values: dict[str, list[str]] = {}
        # What stands in square brackets in place of a detail is looked for as written.
        self._in_brackets: dict[str, str] = {}
        for number, name in enumerate(self._names):
            if name.name.startswith("[") and name.name.endswith("]"):
                self._in_brackets[name.name] = name.id
            elif name.kind.is_number:
                self._values.setdefault(value_key(name.name), []).append(name.id)
            else:
                self._add(number, name.name, is_nickname=False)
                for nickname in name.nicknames:
                    self._add(number, nickname, is_nickname=True)
        self._fits: dict[str, tuple[_Fit, ...]] = {}

    def mentions(
        self,
        text: TextWords,
        *,
        left_out: Callable[[int, int], bool] | None = None,
        is_label: bool = False,
    ) -> tuple[Mention, ...]:
        """Every mention in a text, in order, none overlapping another.

        ``left_out`` is asked of each place and takes those away that a person said are
        no mention. In a label, a few words that name something, a word that is a name
        too is one.
        """
        found = [*self._names_in(text, is_label=is_label), *self._values_in(text)]
        found.sort(key=lambda one: (one.start, -one.end))
        kept: list[Mention] = []
        behind = 0
        for one in found:
            if one.start >= behind and not (left_out and left_out(one.start, one.end)):
                kept.append(one)
                behind = one.end
        return tuple(kept)

    def _add(self, number: int, words: str, *, is_nickname: bool) -> None:
        phrase = words_of(words)
        if not phrase:
            return
        self._phrases.append(phrase)
        self._is_nickname.append(is_nickname)
        for position, word in enumerate(phrase):
            alone = len(phrase) == 1 or (
                not is_nickname and self._enough_alone(self._names[number], word)
            )
            part = _Part(number, len(self._phrases) - 1, position, alone)
            self._parts.setdefault(word, []).append(part)

    def _enough_alone(self, name: ListedName, word: str) -> bool:
        if len(word) < 2 or word in PARTICLES or word.isdigit():
            return False
        if name.kind == "person":
            return True
        return word not in WORDS_FOR_PLACES and not self._ordinary.is_a_word(word)

    def _fits_of(self, word: str) -> tuple[_Fit, ...]:
        if word not in self._fits:
            self._fits[word] = tuple(self._fit(word))
        return self._fits[word]

    def _fit(self, word: str) -> Iterable[_Fit]:
        exact = self._parts.get(word)
        if exact:
            return [_Fit(part, How.AS_LISTED) for part in exact]
        bare = word[:-1]
        if (
            word.endswith("s")
            and len(bare) >= SHORTEST_WITHOUT_APOSTROPHE
            and bare in self._parts
            and not self._ordinary.is_a_word(word)
        ):
            return [_Fit(part, How.POSSESSIVE) for part in self._parts[bare]]
        if len(word) < SHORTEST_MISSPELT_IN_COMPANY - 1 or self._ordinary.is_a_word(
            word
        ):
            return []
        return self._misspelt(word)

    def _misspelt(self, word: str) -> list[_Fit]:
        fits = []
        candidates = {word: How.MISSPELT}
        if word.endswith("s"):
            candidates[word[:-1]] = How.MISSPELT
        for written in candidates:
            near = process.extract(
                written, list(self._parts), scorer=OSA.distance, score_cutoff=1, limit=5
            )
            for listed, _, _ in near:
                if len(listed) < SHORTEST_MISSPELT_IN_COMPANY:
                    continue
                fits += [
                    _Fit(part, How.MISSPELT, len(listed) < SHORTEST_MISSPELT)
                    for part in self._parts[listed]
                ]
            if fits:
                break
        return fits

    def _names_in(self, text: TextWords, *, is_label: bool) -> list[Mention]:
        fitting = sorted(
            place
            for word, places in text.places.items()
            if self._fits_of(word)
            for place in places
        )
        found: list[Mention] = []
        recent: dict[int, int] = {}
        behind = -1
        for place in fitting:
            if place <= behind:
                continue
            runs = [
                run
                for fit in self._fits_of(text.words[place].folded)
                if (run := self._run(text, place, fit, is_label=is_label)) is not None
            ]
            if not runs:
                continue
            longest = max(len(run) for run in runs)
            best = [run for run in runs if len(run) == longest]
            exact = [run for run in best if all(f.how is How.AS_LISTED for f in run)]
            best = exact or best
            owners = list(dict.fromkeys(run[0].part.name for run in best))
            owners.sort(key=lambda one: (-recent.get(one, -1), one))
            run = next(run for run in best if run[0].part.name == owners[0])
            behind = place + longest - 1
            first, last = text.words[place], text.words[behind]
            if self._is_whole(run):
                recent |= {owners[0]: place}
            found.append(
                Mention(
                    first.start,
                    self._end(text, run, behind),
                    tuple(self._names[one].id for one in owners),
                    self._how(text, run, place, last.is_possessive),
                )
            )
        return found

    def _run(
        self, text: TextWords, place: int, fit: _Fit, *, is_label: bool
    ) -> list[_Fit] | None:
        """The longest row of words from a place that one listed phrase explains."""
        run = [fit]
        at = place
        while text.joined_to_next(at):
            following = next(
                (
                    one
                    for one in self._fits_of(text.words[at + 1].folded)
                    if one.part.phrase == fit.part.phrase
                    and one.part.position > run[-1].part.position
                ),
                None,
            )
            if following is None:
                break
            run.append(following)
            at += 1
        while run and not self._stands(text, place, run, is_label=is_label):
            # A word that only fits beside another may stand at the end of the row.
            run.pop()
        return run or None

    def _stands(
        self, text: TextWords, place: int, run: list[_Fit], *, is_label: bool
    ) -> bool:
        sure = [one for one in run if not one.in_company_only]
        if not sure:
            return False
        if self._is_whole(run) and len(run) > 1:
            return True
        alone = [one for one in run if one.part.alone]
        if not alone:
            return False
        if len(run) == 1:
            if run[0].in_company_only:
                return False
            word = text.words[place].folded
            listed = self._phrases[run[0].part.phrase][run[0].part.position]
            if self._ordinary.says_something_else(word) or (
                self._ordinary.says_something_else(listed)
            ):
                names_it = is_label and text.words[place].is_capital
                return names_it or stands_as_name(text, place)
        return True

    def _is_whole(self, run: list[_Fit]) -> bool:
        return len(run) == len(self._phrases[run[0].part.phrase])

    def _end(self, text: TextWords, run: list[_Fit], last: int) -> int:
        """The end without an s that was written for the possessive or plural."""
        word = text.words[last]
        listed = self._phrases[run[-1].part.phrase][run[-1].part.position]
        bare = word.folded
        if run[-1].how is How.POSSESSIVE:
            return word.end - 1
        ends_in_one = bare.endswith("s") and not listed.endswith("s")
        if run[-1].how is How.MISSPELT and ends_in_one:
            return word.end - (OSA.distance(bare[:-1], listed) <= 1)
        return word.end

    def _how(
        self, text: TextWords, run: list[_Fit], place: int, is_possessive: bool
    ) -> tuple[How, ...]:
        ways: list[How] = []
        phrase = run[0].part.phrase
        if self._is_nickname[phrase]:
            ways.append(How.NICKNAME)
        elif not self._is_whole(run):
            ways.append(How.PART)
        if any(one.how is How.MISSPELT for one in run):
            ways.append(How.MISSPELT)
        if is_possessive or any(one.how is How.POSSESSIVE for one in run):
            ways.append(How.POSSESSIVE)
        if not text.words[place].is_capital:
            ways.append(How.LOWER_CASE)
        return tuple(ways) or (How.AS_LISTED,)

    def _values_in(self, text: TextWords) -> list[Mention]:
        if not self._values:
            return []
        found = [
            Mention(hit.start, hit.end, tuple(ids), (How.AS_LISTED,))
            for hit in value_hits(text.text)
            if (ids := self._values.get(value_key(text.text[hit.start : hit.end])))
        ]
        for written, name_id in self._in_brackets.items():
            at = text.text.find(written)
            while at >= 0:
                end = at + len(written)
                found.append(Mention(at, end, (name_id,), (How.AS_LISTED,)))
                at = text.text.find(written, end)
        return found


def is_same_name(one: str, other: str) -> bool:
    """Whether two writings are one name, letter case and marks aside.

    >>> is_same_name("O’Brien", "obrien")
    True
    """
    return folded(one) == folded(other) or words_of(one) == words_of(other)
