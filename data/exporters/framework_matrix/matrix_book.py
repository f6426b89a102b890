"""What a file of matrices says: cells with references, and what they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

INTERNAL = "Internal, not to be shared: rows and quotations identify people."


@dataclass(frozen=True, slots=True)
class CitedQuotation:
    """A quotation by its number, whose it is, where it stands and where it is cited.

    ``warning`` says what became of it since it was linked, '' where it stands.
    """

    number: int
    words: str
    said_by: str
    source: str
    turn: str
    cited_in: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class BookCell:
    """A cell as a file shows it: words, how far it is, numbers of its quotations."""

    words: str = ""
    state: str = ""
    references: tuple[int, ...] = ()

    @property
    def references_in_words(self) -> str:
        """The references as they stand in the text.

        >>> BookCell("Late.", "", (3, 12)).references_in_words
        '[3] [12]'
        """
        return " ".join(f"[{number}]" for number in self.references)

    @property
    def in_words(self) -> str:
        """Words with their references, and the state under them."""
        said = " ".join(part for part in (self.words, self.references_in_words) if part)
        return "\n".join(part for part in (said, self.state) if part)


@dataclass(frozen=True, slots=True)
class BookRow:
    """A row: its name, the group it is gathered under, a cell for each column."""

    name: str
    group: str
    cells: tuple[BookCell, ...]

    @property
    def has_words(self) -> bool:
        """Whether anything is written in it."""
        return any(cell.words for cell in self.cells)


@dataclass(frozen=True, slots=True)
class BookMatrix:
    """A matrix: its columns by name, its rows, the summaries of columns last."""

    name: str
    about: str
    gathered_by: str
    columns: tuple[str, ...]
    rows: tuple[BookRow, ...]


@dataclass(frozen=True, slots=True)
class MatrixBook:
    """All matrices of a study, and the quotations they cite, each numbered once."""

    study_name: str
    made_in_words: str
    made_by: str
    made_at: datetime
    matrices: tuple[BookMatrix, ...]
    quotations: tuple[CitedQuotation, ...]
    notes: tuple[str, ...] = ()
