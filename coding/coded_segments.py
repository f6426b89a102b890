"""What a person marked: a segment of one source, under a code, by a coder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coding.problems import CodingProblem, CodingRefused


@dataclass(frozen=True, slots=True)
class Segment:
    """Start and end of a passage in code points, end exclusive.

    >>> Segment(3, 11).quotation("we listened")
    'listened'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise CodingRefused(
                [
                    CodingProblem(
                        "A passage with no words in it was marked.",
                        "The transcript",
                        "Select at least one word and apply the code again.",
                    )
                ]
            )

    def quotation(self, text: str) -> str:
        """The words of this segment in its source's text."""
        return text[self.start : self.end]

    def overlaps(self, other: Segment) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class CodedSegment:
    """A segment under a code, with who marked it and when.

    ``suggestion_id`` is set where a person accepted a suggestion; otherwise empty.
    """

    id: str
    source_id: str
    code_id: str
    segment: Segment
    coder_id: str
    coded_at: datetime
    suggestion_id: str = ""


@dataclass(frozen=True, slots=True)
class Memo:
    """A dated analytic note about something, with a title where its author gave one.

    One on words of a source names it, and where they stand in it in code points.
    ``changed_at`` is nothing until its author changed it. ``links`` name other things
    it leads to, each by kind and id.
    """

    id: str
    about_kind: str
    about_id: str
    text: str
    author_id: str
    written_at: datetime
    version: int = 1
    source_id: str = ""
    start: int = 0
    end: int = 0
    title: str = ""
    changed_at: datetime | None = None
    links: tuple[tuple[str, str], ...] = ()
