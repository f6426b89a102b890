"""What the store tells of the codebook's past: changes, versions, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from coding.codebook import Code, Codebook
from data.problems import DataProblem


class CodeAction(StrEnum):
    """What was done to the codebook, in the words its history uses."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    RETIRED = "retired"
    BROUGHT_BACK = "brought back"
    IMPORTED = "imported from a file"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Touch:
    """How much a change touches, as far as one reader may see it.

    ``passages`` are moved to another code, or stay under one that goes out of use.
    ``joined`` of them become one with another. ``contrary`` counts contrary cases and
    searches for them. ``is_partly_hidden`` says that the
    reader codes a source blind: what others marked there is not counted.
    """

    passages: int = 0
    coders: int = 0
    sources: int = 0
    joined: int = 0
    memos: int = 0
    suggestions: int = 0
    codes_under: int = 0
    contrary: int = 0
    is_partly_hidden: bool = False


@dataclass(frozen=True, slots=True)
class CodeChange:
    """An entry of the history: who did what and why, what it altered and touched.

    ``before`` and ``after`` hold the altered codes by id; a code that is missing in one
    of them did not exist then. ``names`` is what codes are called now, for those that
    are mentioned and were not altered. ``undoes`` is the number of the change that this
    entry took back, ``redoes`` of one taken back before that it did again.
    """

    number: int
    action: CodeAction
    code_ids: tuple[str, ...]
    before: Mapping[str, Code]
    after: Mapping[str, Code]
    touch: Touch
    done_by: str
    done_at: datetime
    reason: str = ""
    undoes: int | None = None
    undone_by: str = ""
    undone_at: datetime | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    redoes: int | None = None
    is_redone: bool = False

    @property
    def can_be_undone(self) -> bool:
        """Whether it may be asked to be taken back; the study may still refuse."""
        return self.action is not CodeAction.UNDONE and self.undone_at is None

    @property
    def can_be_redone(self) -> bool:
        """Whether it may be asked to be done again; the study may still refuse."""
        return self.undone_at is not None and not self.is_redone


@dataclass(frozen=True, slots=True)
class ChangeOffer:
    """A change that could be taken back, or done again, and what is in the way now."""

    change: CodeChange
    hindrances: tuple[DataProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """The codebook as it was kept under a name; ``in_use`` and ``retired`` as then."""

    number: int
    name: str
    reason: str
    in_use: Codebook
    retired: Codebook
    history_number: int
    kept_by: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class CodebookDecision:
    """A numbered decision about codes, cited as D1, D2 and so on."""

    number: int
    words: str
    reason: str
    code_ids: tuple[str, ...]
    decided_by: str
    decided_at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""

    @property
    def label(self) -> str:
        """What it is cited by.

        >>> CodebookDecision(3, "", "", (), "", datetime(2025, 1, 1)).label
        'D3'
        """
        return f"D{self.number}"


@dataclass(frozen=True, slots=True)
class SplitPart:
    """A new code made by a split: its name, what it means, the passages it takes."""

    name: str
    definition: str = ""
    passage_ids: tuple[str, ...] = field(default=())
