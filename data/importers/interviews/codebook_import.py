"""The codes of a codebook kept as a table, with parents found by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from data.importers.column_mapping import claimed_twice, heading_key
from data.importers.table_problems import no_column_called, no_rows
from data.importers.text_table import TextTable, read_text_table
from data.problems import DataProblem, DataRefused

_HEADINGS = {
    "name": ("name", "code", "code name"),
    "parent": ("parent", "parent code"),
    "definition": ("definition",),
    "use_when": ("include", "use when", "when to use", "inclusion"),
    "do_not_use_when": (
        "exclude",
        "do not use when",
        "when not to use",
        "exclusion",
    ),
    "cues": ("cues",),
    "examples": ("examples", "example"),
    "near_miss": ("near miss",),
}
LONGEST_NAME = 200
_LIKENESS_TO_OFFER = 75.0


_NumberedProblem = tuple[int, DataProblem]


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """One code as a file gives it; GUIDs and colours are given where it is stored.

    ``parent`` is the parent's name as that code spells it, or '' at the top. ``row``
    is the row of the table; ``id`` stays '' where a format knows no GUIDs, as here.
    """

    name: str
    parent: str = ""
    definition: str = ""
    use_when: str = ""
    do_not_use_when: str = ""
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    near_miss: str = ""
    row: int = 0
    id: str = ""


def read_codebook(
    file_name: str,
    content: bytes,
    *,
    known_names: Collection[str] = (),
    definitions_needed: bool = True,
) -> tuple[CodebookEntry, ...]:
    """The codes of a .csv or .xlsx codebook in the order of its rows.

    Columns name and definition are needed, definition not where ``definitions_needed``
    is off; parent, include, exclude, cues, examples and near_miss may be there; cues
    and examples are separated by |. A parent is a name of the table or one of
    ``known_names``, letter case aside. Raises DataRefused with every problem by row: a
    name missing, too long or twice, a parent that is nowhere, codes that stand under
    each other in a ring.
    """
    # Our own report has further sheets, of what was decided and changed.
    table = read_text_table(file_name, content, own_sheet="Report")
    columns = _columns(
        table, ("name", "definition") if definitions_needed else ("name",)
    )
    entries = [
        _entry(columns, number, row)
        for number, row in zip(table.row_numbers, table.rows, strict=True)
    ]
    if not entries:
        raise DataRefused([no_rows(table.where())])
    spellings = {name.casefold(): name for name in known_names}
    spellings |= {e.name.casefold(): e.name for e in reversed(entries) if e.name}
    problems = [
        *_name_problems(table, entries),
        *_parent_problems(table, entries, spellings),
        *_rings(table, entries),
    ]
    if problems:
        ordered = sorted(problems, key=lambda numbered: numbered[0])
        raise DataRefused(problem for _, problem in ordered)
    return tuple(_with_parent_spelt(entry, spellings) for entry in entries)


def _columns(table: TextTable, needed: Sequence[str]) -> dict[str, int]:
    """The position of each of our columns; others are not read."""
    keys = {heading_key(h): name for name, all_ in _HEADINGS.items() for h in all_}
    found = {
        heading: keys[heading_key(heading)]
        for heading in table.headings
        if heading_key(heading) in keys
    }
    problems = claimed_twice(table.where(), found)
    for name in needed:
        if name not in found.values():
            problems.append(no_column_called(table, name))
    if problems:
        raise DataRefused(problems)
    return {name: table.headings.index(heading) for heading, name in found.items()}


def _entry(columns: dict[str, int], number: int, row: tuple[str, ...]) -> CodebookEntry:
    cells = {name: row[position].strip() for name, position in columns.items()}
    return CodebookEntry(
        name=" ".join(cells["name"].split()),
        parent=" ".join(cells.get("parent", "").split()),
        definition=cells.get("definition", ""),
        use_when=cells.get("use_when", ""),
        do_not_use_when=cells.get("do_not_use_when", ""),
        cues=_parts(cells.get("cues", "")),
        examples=_parts(cells.get("examples", "")),
        near_miss=cells.get("near_miss", ""),
        row=number,
    )


def _parts(cell: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in cell.split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _with_parent_spelt(
    entry: CodebookEntry, spellings: dict[str, str]
) -> CodebookEntry:
    if not entry.parent:
        return entry
    return replace(entry, parent=spellings[entry.parent.casefold()])


def _problem(
    table: TextTable, entry: CodebookEntry, column: str, found: str, do_next: str
) -> _NumberedProblem:
    return entry.row, DataProblem(found, table.where(entry.row, column), do_next)


def _name_problems(
    table: TextTable, entries: Sequence[CodebookEntry]
) -> Iterator[_NumberedProblem]:
    first: dict[str, int] = {}
    for entry in entries:
        if not entry.name:
            yield _problem(
                table,
                entry,
                "name",
                "the code has no name",
                "Name it, or take the row out.",
            )
            continue
        if len(entry.name) > LONGEST_NAME:
            yield _problem(
                table,
                entry,
                "name",
                f"the name has {len(entry.name)} characters and at most "
                f"{LONGEST_NAME} are kept",
                "Shorten it; what it means belongs in the definition.",
            )
        earlier = first.setdefault(entry.name.casefold(), entry.row)
        if earlier != entry.row:
            yield _problem(
                table,
                entry,
                "name",
                f"rows {earlier} and {entry.row} are both the code {entry.name}",
                "Names are unique in a codebook, letter case aside. Rename one.",
            )


def _parent_problems(
    table: TextTable, entries: Sequence[CodebookEntry], spellings: dict[str, str]
) -> Iterator[_NumberedProblem]:
    for entry in entries:
        if not entry.parent or entry.parent.casefold() in spellings:
            continue
        near = process.extractOne(
            entry.parent.casefold(),
            spellings.keys(),
            scorer=fuzz.ratio,
            score_cutoff=_LIKENESS_TO_OFFER,
        )
        meant = f"Did you mean {spellings[near[0]]}? " if near else ""
        yield _problem(
            table,
            entry,
            "parent",
            f"the parent {entry.parent} is no code of the table",
            f"{meant}Correct the name, or add a row for the parent.",
        )


def _rings(
    table: TextTable, entries: Sequence[CodebookEntry]
) -> Iterator[_NumberedProblem]:
    """A problem for each ring of codes that stand under each other, told once."""
    parents = {e.name.casefold(): e.parent.casefold() for e in reversed(entries)}
    names = {e.name.casefold(): e.name for e in reversed(entries)}
    told: set[str] = set()
    for entry in entries:
        path: list[str] = []
        key = entry.name.casefold()
        while key and key in parents and key not in path and key not in told:
            path.append(key)
            key = parents[key]
        if key in path:
            ring = [*path[path.index(key) :], key]
            yield _problem(
                table,
                entry,
                "parent",
                "codes stand under each other in a ring: "
                + " under ".join(names[k] for k in ring),
                "Empty the parent of the one that belongs at the top.",
            )
        told.update(path)
