"""The codebook: read from a file and shown before saving, kept, and given back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

from coding.codebook import Code, Codebook, ExamplePlace
from coding.codebook_changes.likeness import names_found
from coding.study import Person
from data.coding_records import CodedPassage, CodeUse
from data.exporters.report_document import ReportTable
from data.exporters.safe_cells import without_guard
from data.exporters.table_file import table_as_csv
from data.importers.interviews.codebook_import import CodebookEntry, read_codebook
from data.storage import StudyStore
from data.storage.codebook.codebook_merging import CodebookChanges
from data.storage.codebook.hidden_examples import without_examples
from workbench.actions.codebook.line_patterns import LinePattern, line_patterns
from workbench.wording import counted, counted_codes

HEADINGS = (
    "name",
    "parent",
    "definition",
    "include",
    "exclude",
    "cues",
    "examples",
    "near_miss",
)

_GUARDED_PARTS = (
    "name",
    "parent",
    "definition",
    "use_when",
    "do_not_use_when",
    "near_miss",
)


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code in the tree: its depth there, how much it is used, its kind of line.

    The code is as its reader may change it: without the ``examples_coded_blind`` of
    them that are hidden from them. ``unquoted`` may be taken away, and not shown.
    """

    depth: int
    code: Code
    use: CodeUse
    codes_under: int = 0
    is_retired: bool = False
    line: LinePattern = LinePattern()
    examples_coded_blind: int = 0
    unquoted: tuple[ExamplePlace, ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether other codes stand under it."""
        return self.codes_under > 0

    @property
    def to_read(self) -> Code:
        """The code without the examples that may not be quoted."""
        return without_examples(self.code, self.unquoted)

    @property
    def use_in_words(self) -> str:
        """How much it is used, in words.

        >>> ListedCode(0, Code("1", "Late notice"), CodeUse(12, 5, 2)).use_in_words
        '12 codings, 5 transcripts'
        """
        under = f"{counted(self.codes_under, 'code')} under it"
        if not self.use.passages:
            return under if self.is_heading else "not used yet"
        codings = counted(self.use.passages, "coding")
        used = f"{codings}, {counted(self.use.sources, 'transcript')}"
        return f"{used}, {under}" if self.is_heading else used


def listed_codes(
    store: StudyStore, *, reader_id: str | None = None
) -> list[ListedCode]:
    """Every code with its uses, in tree order; retired ones at the end."""
    uses = store.coding.uses(reader_id=reader_id)
    codebook = store.codebook.codebook()
    retired = store.codebook.retired().codes
    lines = line_patterns(codebook, retired)
    under = Counter(code.parent_id for code in codebook.codes)
    hidden = store.codebook.hidden_examples(reader_id)
    listed = [
        ListedCode(
            depth,
            hidden.to_change(code),
            uses.get(code.id, CodeUse()),
            under[code.id],
            line=lines[code.id],
            examples_coded_blind=len(hidden.coded_blind(code)),
            unquoted=hidden.unquoted(code),
        )
        for depth, code in codebook.in_tree_order()
    ]
    return listed + [
        ListedCode(
            0,
            hidden.to_change(code),
            uses.get(code.id, CodeUse()),
            is_retired=True,
            line=lines[code.id],
            examples_coded_blind=len(hidden.coded_blind(code)),
            unquoted=hidden.unquoted(code),
        )
        for code in retired
    ]


def codes_in_words(codebook: Codebook) -> str:
    """How many codes a codebook has, the headings they stand under counted apart.

    >>> codes_in_words(Codebook((Code("1", "Power"), Code("2", "Say", parent_id="1"))))
    '1 code under 1 heading'
    """
    above = {code.parent_id for code in codebook.codes}
    headings = sum(code.id in above for code in codebook.codes)
    return counted_codes(len(codebook.codes) - headings, headings)


def passages_of(
    store: StudyStore, code_id: str, *, reader_id: str | None = None
) -> list[CodedPassage]:
    """The passages under one code, with their words and who speaks."""
    return store.coding.passages(code_ids=[code_id], reader_id=reader_id)


def examples_on_offer(store: StudyStore, code: Code) -> set[str]:
    """Ids of passages that may become examples of a code: what anybody may read, and
    is none yet."""
    return {
        one.coded.id
        for one in store.coding.passages(code_ids=[code.id], reader_id=None)
        if " ".join(one.quotation.split()) not in code.examples
    }


def codes_found(listed: Sequence[ListedCode], wanted: str) -> list[ListedCode]:
    """The codes whose names hold what is wanted, in tree order; where none does, those
    most like it first. Without the codes above them they stand side by side."""
    if not wanted:
        return list(listed)
    by_id = {one.code.id: one for one in listed}
    ids = names_found({one.code.id: one.code.name for one in listed}, wanted)
    return [
        replace(one, depth=0, codes_under=0, code=replace(one.code, parent_id=""))
        for one in (by_id[code_id] for code_id in ids)
    ]


def read_codebook_file(
    store: StudyStore, file_name: str, content: bytes
) -> tuple[tuple[CodebookEntry, ...], CodebookChanges]:
    """The codes of a .csv or .xlsx file, and what importing them would do.

    Raises DataRefused with every problem by row; nothing is saved yet.
    """
    known = [code.name for code in store.codebook.codebook().codes]
    known += [f"'{name}" for name in known]
    read = read_codebook(file_name, content, known_names=known)
    entries = tuple(_unguarded(entry) for entry in read)
    return entries, store.codebook.changes_of(entries)


def _unguarded(entry: CodebookEntry) -> CodebookEntry:
    """The entry as it was before ``codebook_as_csv`` kept it from being a formula."""
    words: dict[str, Any] = {
        part: without_guard(getattr(entry, part)) for part in _GUARDED_PARTS
    }
    # Only the first of a list stands at the beginning of its cell.
    words |= {
        part: (without_guard(listed[0]), *listed[1:])
        for part in ("cues", "examples")
        if (listed := getattr(entry, part))
    }
    return replace(entry, **words)


def first_codebook() -> tuple[CodebookEntry, ...]:
    """The codes of restorative practice that ship with the workbench, to begin with."""
    shipped = resources.files("data") / "sample_study" / "codebook.csv"
    return read_codebook("codebook.csv", shipped.read_bytes())


def headings_of(entries: Sequence[CodebookEntry]) -> frozenset[str]:
    """The names of the entries that others of them stand under."""
    above = {entry.parent.strip().casefold() for entry in entries}
    names = (entry.name.strip() for entry in entries)
    return frozenset(name for name in names if name.casefold() in above)


def import_codebook(
    store: StudyStore, person: Person, entries: Sequence[CodebookEntry]
) -> CodebookChanges:
    """What was done: codes new to the study added, those known by name updated."""
    return store.codebook.import_entries(person.id, entries)


def codebook_table(store: StudyStore, codebook: Codebook) -> ReportTable:
    """The codebook as a table that can be read back, parents before their children.

    Examples that not everybody may read now are left out; read back, they stay.
    """
    codebook = store.codebook.hidden_examples(None).to_read_of(codebook)
    names = {code.id: code.name for code in codebook.codes}
    rows = tuple(
        (
            code.name,
            names.get(code.parent_id, ""),
            code.definition,
            code.use_when,
            code.do_not_use_when,
            "|".join(code.cues),
            "|".join(code.examples),
            code.near_miss,
        )
        for _, code in codebook.in_tree_order()
    )
    return ReportTable("Codebook", HEADINGS, rows)


def codebook_as_csv(store: StudyStore) -> bytes:
    """The table of the codebook as a .csv file."""
    return table_as_csv(codebook_table(store, store.codebook.codebook()))


def changes_in_words(changes: CodebookChanges) -> str:
    """What an import does, in a sentence.

    >>> changes_in_words(CodebookChanges(new=("Power",), same=("Trust", "Late")))
    '1 new code, 0 changed, 2 as they are.'
    >>> above = frozenset(["Power"])
    >>> changes_in_words(CodebookChanges(("Power", "Trust"), headings=above))
    '1 new code and 1 new heading, 0 changed, 0 as they are.'
    """
    headings = len(changes.headings.intersection(changes.new))
    new = counted(len(changes.new) - headings, "new code")
    if headings:
        new += f" and {counted(headings, 'new heading')}"
    return f"{new}, {len(changes.changed)} changed, {len(changes.same)} as they are."
