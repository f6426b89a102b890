"""The columns of a framework matrix: themes with the codes under them, or codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from coding.codebook import Code, Codebook

NO_LONGER_A_CODE = "A code no longer in the codebook"


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One column: a code, and the codes whose quotations it takes in.

    A heading takes in all codes under it. One that is out of use keeps its written
    cells and takes in nothing but what is still coded with it; ``merged_into`` names
    the code that its quotations went to, where it was merged.
    """

    code_id: str
    name: str
    definition: str = ""
    code_ids: frozenset[str] = frozenset()
    is_out_of_use: bool = False
    merged_into: str = ""

    @property
    def standing_in_words(self) -> str:
        """What is said under its name of one that is out of use; '' of all others."""
        if self.merged_into:
            return f"merged into {self.merged_into}"
        return "out of use" if self.is_out_of_use else ""


def theme_ids(codebook: Codebook) -> tuple[str, ...]:
    """The codes at the top of the codebook, in its order."""
    return tuple(code.id for depth, code in codebook.in_tree_order() if depth == 0)


def columns_of(
    chosen: Iterable[str],
    codebook: Codebook,
    retired: Codebook | None = None,
    merged: Mapping[str, str] = MappingProxyType({}),
) -> tuple[MatrixColumn, ...]:
    """The columns of the codes chosen, in the order chosen.

    ``merged`` holds the ids of codes in use by those of codes merged into them.
    """
    in_use = codebook.by_id()
    gone = retired.by_id() if retired else {}
    under: dict[str, list[Code]] = {}
    for child in codebook.codes:
        under.setdefault(child.parent_id, []).append(child)
    columns = []
    for one in dict.fromkeys(chosen):
        code = in_use.get(one)
        if code is not None:
            taken = frozenset(_with_those_under(one, under))
            columns.append(MatrixColumn(one, code.name, code.definition, taken))
            continue
        past, into = gone.get(one), in_use.get(merged.get(one, ""))
        columns.append(
            MatrixColumn(
                one,
                past.name if past else NO_LONGER_A_CODE,
                past.definition if past else "",
                frozenset([one]),
                is_out_of_use=True,
                merged_into=into.name if into else "",
            )
        )
    return tuple(columns)


def _with_those_under(code_id: str, under: dict[str, list[Code]]) -> set[str]:
    taken: set[str] = set()
    waiting = [code_id]
    while waiting:
        one = waiting.pop()
        if one not in taken:
            taken.add(one)
            waiting += [child.id for child in under.get(one, ())]
    return taken
