"""What a report says, as a plain value: the page and every file are made from it.

A report is a list of sections; a section is a heading and its parts in order. Whatever
is shown on a page is in the Word file too, because both read the same value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

INTERNAL_MARK = "Internal: identifies people"
SHAREABLE_MARK = "Shareable export: small numbers hidden"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain words; a note is set smaller."""

    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A bulleted list."""

    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table with its caption; every row has as many cells as there are headings.

    ``number_columns`` are the positions (from 0) of columns set to the right.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    number_columns: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("a row of a report table has too few or too many cells")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Someone's words, whose they are and where they stand.

    ``said_by`` names pseudonym, role and wave; ``reference`` source and turn.
    ``source_id`` and ``start`` (code points) lead back to the passage.
    """

    words: str
    said_by: str
    reference: str
    source_id: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the bytes of a .png, its caption, and what it shows in words."""

    png: bytes
    caption: str
    alternative: str


Part = Paragraph | Points | ReportTable | Quotation | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; level 1 is a main heading, 2 lies in it."""

    heading: str
    parts: tuple[Part, ...]
    level: int = 1


def made_in_words(made_by: str, made_at: datetime) -> str:
    """When and by whom something was made, in one line; by nobody where unknown.

    >>> made_in_words("Kim Reed", datetime(2026, 5, 3, 14, 5))
    'Made on 3 May 2026, 14:05 by Kim Reed.'
    """
    day = f"{made_at.day} {made_at:%B %Y, %H:%M}"
    return f"Made on {day} by {made_by}." if made_by else f"Made on {day}."


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A whole report: title, study, who made it and when, and its sections.

    ``made_by`` is empty where a command made it. ``mark`` says who may see it and
    stands on every page. One that ``has_contents`` begins with a list of its headings.
    """

    title: str
    study_name: str
    made_by: str
    made_at: datetime
    sections: tuple[Section, ...]
    mark: str = INTERNAL_MARK
    has_contents: bool = False

    @property
    def made_in_words(self) -> str:
        """When and by whom the report was made, in one line."""
        return made_in_words(self.made_by, self.made_at)

    def quotations(self) -> Iterator[Quotation]:
        """Every quotation in the order it appears."""
        for section in self.sections:
            for part in section.parts:
                if isinstance(part, Quotation):
                    yield part

    def words(self) -> Iterator[str]:
        """Every piece of text of the body in reading order, one at a time."""
        yield self.title
        yield self.study_name
        yield self.made_in_words
        for section in self.sections:
            yield section.heading
            for part in section.parts:
                yield from words_of(part)


def words_of(part: Part) -> Iterator[str]:
    """The pieces of text of one part in reading order."""
    match part:
        case Paragraph():
            yield part.text
        case Points():
            yield from part.points
        case ReportTable():
            yield part.caption
            yield from part.headings
            for row in part.rows:
                yield from row
        case Picture():
            yield part.caption
        case Quotation():
            yield part.words
            yield part.said_by
            yield part.reference
