"""The numerals of a finished report that nobody counted: each gets an id too.

What people wrote leads to who wrote it and when; names, dates and places in a list are
no counts and say so. Whatever is left stands in a fixed sentence of the workbench.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from data.exporters.report_document import (
    Picture,
    ReportDocument,
    ReportTable,
    Section,
    words_of,
)
from workbench.actions.findings.printed_numbers import (
    NUMERAL,
    PrintedNumbers,
    ToldWords,
)
from workbench.actions.together.theme_reading import shortened

THROUGHOUT = "Throughout the report"
NOT_COUNTED_HERE = "Part of a fixed sentence, nothing counted"
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|"
    "December)"
)
_LABELS = (
    ("A date", re.compile(rf"\b\d{{1,2}} {_MONTH} \d{{4}}(?:, \d\d:\d\d)?")),
    ("A month", re.compile(rf"\b{_MONTH} \d{{4}}")),
    ("A quarter of a financial year", re.compile(r"\b\d{4}/\d{2} Q[1-4]")),
    ("A number in the list of references", re.compile(r"\[\d+\]")),
    ("The number of a table or figure", re.compile(r"\b(?:Table|Figure) \d+\b")),
    ("The number of a finding in this report", re.compile(r"\bFinding \d+(?=:)")),
    ("A reference to linked evidence", re.compile(r"\bE-[0-9A-F]{5}\b")),
    ("A version", re.compile(r"\bversion \d+\b")),
    ("A place in a list", re.compile(r"^\d+\.(?= )")),
)


@dataclass(frozen=True, slots=True)
class Names:
    """Names that hold a numeral, with what each is: waves, roles, codes and so on."""

    kinds: Mapping[str, str]
    pattern: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        """Make one pattern of them, the longest first."""
        named = sorted(filter(NUMERAL.search, self.kinds), key=len, reverse=True)
        words = "|".join(map(re.escape, named))
        made = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if named else None
        object.__setattr__(self, "pattern", made)

    def found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Each name in the text: from where, until where, and what it is."""
        if self.pattern is not None:
            for match in self.pattern.finditer(text):
                yield match.start(), match.end(), self.kinds[match.group()]


def number_the_rest(
    document: ReportDocument, numbers: PrintedNumbers, names: Names
) -> None:
    """Give an id to every numeral of the document that has none yet."""
    for words in (document.title, document.study_name, document.made_in_words):
        numbers.tells(words, f"About this file: {words}", (words,))
    rest = _Rest(numbers, names, document.sections)
    for words in (document.study_name, document.made_in_words):
        rest.look_at(words, ("About this file",))
    for section in document.sections:
        for text, places in _texts(section):
            rest.look_at(text, places)


def _texts(section: Section) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text of a section with the places where numbers in it may be counted."""
    heading = section.heading
    captions = _captions(section)
    yield heading, (heading,)
    for part in section.parts:
        if isinstance(part, ReportTable):
            yield part.caption, (heading,)
            for words in part.headings:
                yield words, (part.caption,)
            for row in part.rows:
                for words in row:
                    yield words, (part.caption, heading)
        else:
            for words in words_of(part):
                yield words, (heading, *captions)


def _captions(section: Section) -> list[str]:
    return [
        part.caption
        for part in section.parts
        if isinstance(part, ReportTable | Picture)
    ]


class _Rest:
    def __init__(
        self, numbers: PrintedNumbers, names: Names, sections: Iterable[Section]
    ) -> None:
        self._numbers = numbers
        self._names = names
        self._labels: set[str] = set()
        places = {place for one in sections for place in (one.heading, *_captions(one))}
        self._counted: dict[str, Counter[str]] = {}
        for number in numbers.printed:
            place = _place_of(number.where, places)
            tokens = self._counted.setdefault(place, Counter())
            tokens.update(NUMERAL.findall(number.printed))

    def look_at(self, text: str, places: Sequence[str]) -> None:
        """Give ids to the numerals of a text that stands in the first of the places."""
        if not NUMERAL.search(text):
            return
        taken = [False] * len(text)
        for start, end, told in self._told(text, places[0]):
            self._each(text, start, end, taken, places[0], told)
        for start, end, kind in self._labelled(text):
            self._label(text, start, end, kind, taken)
        for match in NUMERAL.finditer(text):
            if not taken[match.start()] and not self._is_counted(match[0], places):
                said = shortened(_sentence_at(text, match.start()), 30)
                rows = (f"{NOT_COUNTED_HERE}: {said}",)
                self._numbers.other(match[0], f"As written: {said}", places[0], rows)

    def _told(self, text: str, place: str) -> Iterator[tuple[int, int, ToldWords]]:
        for words, told in self._numbers.told_at(place):
            start = text.find(words)
            while start >= 0:
                end = start + len(words)
                if _stands_alone(text, start, end):
                    yield start, end, told
                start = text.find(words, end)

    def _each(
        self,
        text: str,
        start: int,
        end: int,
        taken: list[bool],
        where: str,
        told: ToldWords,
    ) -> None:
        for match in NUMERAL.finditer(text):
            is_within = start <= match.start() and match.end() <= end
            if taken[match.start()] or not is_within:
                continue
            said = shortened(_sentence_at(text, match.start()), 30)
            about = "As written" if self._numbers.fit else told.what
            what = f"{about}: {said}"
            self._numbers.other(match[0], what, where, told.rows)
            _take(taken, match.start(), match.end())

    def _labelled(self, text: str) -> Iterator[tuple[int, int, str]]:
        yield from self._names.found(text)
        for kind, pattern in _LABELS:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), kind

    def _label(
        self, text: str, start: int, end: int, kind: str, taken: list[bool]
    ) -> None:
        if any(taken[start:end]):
            return
        label = text[start:end]
        if label not in self._labels:
            self._labels.add(label)
            for numeral in NUMERAL.findall(label):
                rows = (f"{kind}, nothing counted: {label}",)
                what = f"Part of a name: {label}"
                self._numbers.other(numeral, what, THROUGHOUT, rows)
        _take(taken, start, end)

    def _is_counted(self, numeral: str, places: Sequence[str]) -> bool:
        for place in places:
            counted = self._counted.get(place)
            if counted and counted[numeral]:
                counted[numeral] -= 1
                return True
        return False


def _place_of(where: str, places: set[str]) -> str:
    """The longest heading or caption that a place begins with."""
    while where not in places and ": " in where:
        where = where.rpartition(": ")[0]
    return where


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start] if start else ""
    after = text[end : end + 1]
    return not (before.isalnum() or after.isalnum())


def _sentence_at(text: str, at: int) -> str:
    start = 0
    for gap in _SENTENCE.finditer(text):
        if gap.start() > at:
            return text[start : gap.start()]
        start = gap.end()
    return text[start:]


def _take(taken: list[bool], start: int, end: int) -> None:
    taken[start:end] = [True] * (end - start)
