"""Bringing a codebook file into the study's codebook: new codes, changed, the same.

Codes are known by their name. An empty cell of the file leaves what the codebook has,
so that a file with fewer columns takes nothing away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coding.codebook import Code
from data.importers.interviews.codebook_import import CodebookEntry
from data.problems import DataProblem, DataRefused
from data.storage.codebook.code_rows import (
    NOTHING_SAVED,
    as_code,
    as_row,
    colour_for_new,
    next_position,
    recolour,
    tidy,
    wording,
)
from data.storage.codebook.hidden_examples import HiddenExamples, with_unread
from data.storage.database import Writing
from data.tables import CodeRow, new_id


@dataclass(frozen=True, slots=True)
class CodebookChanges:
    """What an import does, or would do: names of codes new, changed and the same.

    ``headings`` names those of them that other codes of the file stand under.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    headings: frozenset[str] = frozenset()


def sort_out(
    rows: Sequence[CodeRow],
    entries: Sequence[CodebookEntry],
    hidden: HiddenExamples,
) -> CodebookChanges:
    """Which of the entries are new to the study, changed, or as they are kept."""
    by_name = _by_name(rows)
    names = {row.id: row.name for row in rows}
    above = {_key(entry.parent) for entry in entries}
    headings = {tidy(entry.name) for entry in entries if _key(entry.name) in above}
    new, changed, same = [], [], []
    for entry in entries:
        row = by_name.get(_key(entry.name))
        if row is None:
            new.append(tidy(entry.name))
        elif (
            not _altered(row, entry, hidden)
            and _key(entry.parent) in ("", _key(names.get(row.parent_id or "", "")))
            and not row.is_retired
        ):
            same.append(row.name)
        else:
            changed.append(row.name)
    return CodebookChanges(tuple(new), tuple(changed), tuple(same), frozenset(headings))


def require_entries(rows: Sequence[CodeRow], entries: Sequence[CodebookEntry]) -> None:
    """Refuse entries whose parent is nowhere or lies below them, all at once."""
    in_file = {_key(entry.name): entry for entry in entries}
    by_name = _by_name(rows)
    names = {row.id: row.name for row in rows}
    parents = {
        key: _key(names.get(row.parent_id or "", "")) for key, row in by_name.items()
    }
    for key, entry in in_file.items():
        parents[key] = _key(entry.parent) or parents.get(key, "")
    problems = []
    for key, entry in in_file.items():
        where = f"Code {tidy(entry.name)!r}"
        above = parents[key]
        if above and above not in parents:
            problems.append(
                DataProblem(
                    f"It stands under {tidy(entry.parent)!r}, which is neither in the "
                    "file nor in the codebook.",
                    where,
                    f"Add that code, or correct its name. {NOTHING_SAVED}",
                )
            )
            continue
        seen = {key}
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above, "")
        if above == key:
            problems.append(
                DataProblem(
                    "It stands under one of its own codes.",
                    where,
                    f"Give it another parent, or none. {NOTHING_SAVED}",
                )
            )
    if not entries:
        problems.append(
            DataProblem(
                "The file holds no codes.",
                "Codebook",
                f"Choose a file with a row for each code. {NOTHING_SAVED}",
            )
        )
    if problems:
        raise DataRefused(problems)


def save_entries(
    writing: Writing,
    rows: Sequence[CodeRow],
    entries: Sequence[CodebookEntry],
    hidden: HiddenExamples,
) -> None:
    """Add or update a code for each entry, parents before the codes under them.

    Examples that are hidden stay.
    """
    known = _by_name(rows)
    kept = list(rows)
    for entry in _parents_first(entries):
        parent = known.get(_key(entry.parent))
        row = known.get(_key(entry.name))
        if row is None:
            code = replace(
                _code(entry, parent.id if parent else ""),
                colour=colour_for_new(kept, parent.id if parent else ""),
                position=next_position(kept),
            )
            row = as_row(code, writing.actor.id if writing.actor else "")
            writing.session.add(row)
            # A code that moves under this one must find it in the database.
            writing.session.flush()
            kept.append(row)
            known[_key(entry.name)] = row
            continue
        altered = _altered(row, entry, hidden)
        is_moved = parent is not None and row.parent_id != parent.id
        if not altered and not is_moved and not row.is_retired:
            continue
        for part, value in altered.items():
            setattr(row, part, value)
        if parent is not None:
            row.parent_id = parent.id
        row.is_retired = False
        row.version += 1
        if is_moved:
            recolour(kept, row)
    writing.session.flush()


def _parents_first(entries: Sequence[CodebookEntry]) -> list[CodebookEntry]:
    """The entries in the file's order, but each after the one it stands under."""
    in_file = {_key(entry.name): entry for entry in entries}
    placed: dict[str, CodebookEntry] = {}
    for entry in entries:
        line = [entry]
        while (above := in_file.get(_key(line[-1].parent))) is not None:
            line.append(above)
        for one in reversed(line):
            placed.setdefault(_key(one.name), one)
    return list(placed.values())


def _altered(
    row: CodeRow, entry: CodebookEntry, hidden: HiddenExamples
) -> dict[str, object]:
    """The wording that differs; an empty cell leaves what the codebook has."""
    code = _code(entry, "")
    if entry.examples:
        kept = as_code(row)
        code = replace(
            with_unread(code, kept, hidden.unread(kept)),
            # A file has no places; those of examples that stay are kept.
            example_places=kept.example_places,
        )
    words = wording(code)
    del words["parent_id"], words["name"]
    return {
        part: value
        for part, value in words.items()
        if value and value != getattr(row, part)
    }


def _code(entry: CodebookEntry, parent_id: str) -> Code:
    return Code(
        id=entry.id or new_id(),
        name=tidy(entry.name),
        definition=entry.definition,
        use_when=entry.use_when,
        do_not_use_when=entry.do_not_use_when,
        cues=tuple(entry.cues),
        examples=tuple(entry.examples),
        near_miss=entry.near_miss,
        parent_id=parent_id,
    )


def _by_name(rows: Sequence[CodeRow]) -> dict[str, CodeRow]:
    return {_key(row.name): row for row in rows}


def _key(name: str) -> str:
    return tidy(name).casefold()
