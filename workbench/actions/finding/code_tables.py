"""Which codes stand together, and who speaks under them: tables, people first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.codebook import Codebook
from coding.finding.code_relations import Relation
from coding.study import Participant
from data.exporters.report_document import ReportTable
from data.found_passages import CellCount
from data.storage import StudyStore
from workbench.actions.finding.passage_ask import (
    NO_WAVE,
    NOT_KNOWN,
    Narrowing,
    PassageAsk,
    with_those_under,
)
from workbench.wording import counted

MOST_TOGETHER = 8
MOST_ROWS = 15
MOST_GROUPS = 8
FACTS = ("wave", "role", "locality", "team")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A number of a table in words, and the question whose answer it counts.

    ``ask`` is nothing where there is nothing to read.
    """

    words: str
    ask: PassageAsk | None = None


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A table as it is shown and taken away.

    ``headings`` stand above the cells, with a note under each; ``note`` says what the
    table leaves out.
    """

    caption: str
    headings: tuple[str, ...]
    under_headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[TableCell, ...]], ...]
    note: str = ""

    def as_report(self) -> ReportTable:
        """The table in words, for a file."""
        heads = [
            f"{head} ({under})" if under else head
            for head, under in zip(self.headings, self.under_headings, strict=True)
        ]
        return ReportTable(
            self.caption,
            ("Code", *heads),
            tuple((name, *(cell.words for cell in cells)) for name, cells in self.rows),
        )


def most_used(store: StudyStore, reader_id: str, how_many: int) -> list[str]:
    """The ids of the codes in use with the most passages, in the codebook's order."""
    counts = store.coding.passage_counts(reader_id=reader_id)
    order = [code.id for _, code in store.codebook.codebook().in_tree_order()]
    used = [code for code in order if counts.get(code)]
    kept = set(sorted(used, key=lambda code: -counts[code])[:how_many])
    return [code for code in used if code in kept]


def co_occurrence(
    store: StudyStore,
    reader_id: str,
    codes: Sequence[str],
    *,
    under: bool,
    narrowed: Narrowing,
) -> CodeTable:
    """The co-occurrence of codes: people who speak words under both, then passages.

    What a cell counts is what *and* finds; on the diagonal stands a code by itself.
    Each two codes have one cell: the same words stand under both, whichever is first.
    """
    codebook = store.codebook.codebook()
    known = codebook.by_id()
    codes = [one for one in codes if one in known][:MOST_TOGETHER]
    choices = [_choice(codebook, one, under) for one in codes]
    counts = store.finding.together(choices, narrowed.as_filter(), reader_id=reader_id)
    rows = []
    for j, second in enumerate(codes):
        cells = []
        for i, first in enumerate(codes):
            if i > j:
                cells.append(TableCell(""))
                continue
            ask = PassageAsk(
                (first,),
                Relation.ALONE if i == j else Relation.AND,
                () if i == j else (second,),
                under=under,
                narrowed=narrowed,
            )
            cells.append(_cell(counts[i, j], ask))
        rows.append((known[second].name, tuple(cells)))
    return CodeTable(
        "Codes together: people who speak words under both codes, then passages",
        tuple(known[one].name for one in codes),
        ("",) * len(codes),
        tuple(rows),
        "In the last cell of each row stands the code by itself.",
    )


def by_attribute(
    store: StudyStore,
    reader_id: str,
    codes: Sequence[str],
    by: str,
    *,
    under: bool,
    narrowed: Narrowing,
) -> CodeTable:
    """Codes by wave, role, locality, team or another attribute: people, then passages.

    Of more groups than can be shown those with the most people are, and the others
    named.
    """
    codebook = store.codebook.codebook()
    known = codebook.by_id()
    codes = [one for one in codes if one in known][:MOST_ROWS]
    table = store.finding.by_group(
        [_choice(codebook, one, under) for one in codes],
        by,
        narrowed.as_filter(),
        reader_id=reader_id,
    )
    shown = _shown_groups(table.took_part)
    rows = []
    for code, cells, total in zip(codes, table.cells, table.totals, strict=True):
        ask = PassageAsk((code,), under=under, narrowed=narrowed)
        asked = [
            _cell(
                cells[at],
                PassageAsk(
                    (code,),
                    under=under,
                    narrowed=narrowed.with_group(by, table.groups[at]),
                ),
            )
            for at in shown
        ]
        rows.append((known[code].name, (_cell(total, ask), *asked)))
    left = [
        _group(by, group) for at, group in enumerate(table.groups) if at not in shown
    ]
    return CodeTable(
        f"Codes by {by}: people who speak under a code, then passages",
        ("All", *(_group(by, table.groups[at]) for at in shown)),
        (
            "",
            *(
                f"{counted(table.took_part[at], 'person', 'people')} took part"
                for at in shown
            ),
        ),
        tuple(rows),
        f"Not shown, with fewer people: {', '.join(left)}." if left else "",
    )


def attributes_of(participants: Sequence[Participant]) -> list[str]:
    """The names of the further attributes that any participant has."""
    return sorted({name for one in participants for name in one.attributes})


def _choice(codebook: Codebook, code: str, under: bool) -> tuple[str, ...]:
    return with_those_under(codebook, [code]) if under else (code,)


def _cell(count: CellCount, ask: PassageAsk) -> TableCell:
    if not count.passages:
        return TableCell("none")
    people = counted(count.people, "person", "people") if count.people else "nobody"
    return TableCell(f"{people}, {counted(count.passages, 'passage')}", ask)


def _group(by: str, group: str) -> str:
    return group or (NO_WAVE if by == "wave" else NOT_KNOWN).capitalize()


def _shown_groups(took_part: Sequence[int]) -> list[int]:
    largest = sorted(range(len(took_part)), key=lambda at: -took_part[at])
    return sorted(largest[:MOST_GROUPS])
