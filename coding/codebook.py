"""The codebook: codes with what they mean, nested, each with a colour by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coding.palette import COLOUR_NAMES, next_colour


@dataclass(frozen=True, slots=True)
class ExamplePlace:
    """Where an example was picked: its words, and the passage of a source."""

    words: str
    source_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Code:
    """A label with its definition, when to use it and when not.

    ``id`` is a GUID and stays the same through renaming; ``parent_id`` is empty at the
    top. ``cues`` are words and phrases that often mark the code. ``colour`` is a name
    of the palette; child codes keep their parent's. ``example_places`` holds where
    examples were picked from the text; one written by hand has none.
    """

    id: str
    name: str
    definition: str = ""
    use_when: str = ""
    do_not_use_when: str = ""
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    near_miss: str = ""
    parent_id: str = ""
    colour: str = COLOUR_NAMES[0]
    position: int = 0
    version: int = 1
    is_retired: bool = False
    example_places: tuple[ExamplePlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """All codes of a study in the order people gave them."""

    codes: tuple[Code, ...] = ()

    def by_id(self) -> dict[str, Code]:
        """Each code under its GUID."""
        return {code.id: code for code in self.codes}

    @property
    def heading_ids(self) -> frozenset[str]:
        """The GUIDs of headings: codes that others of the codebook stand under."""
        known = {code.id for code in self.codes}
        return frozenset(code.parent_id for code in self.codes) & known

    def named(self, name: str) -> Code | None:
        """The code of that name, letter case aside, or nothing."""
        wanted = name.strip().casefold()
        return next((c for c in self.codes if c.name.casefold() == wanted), None)

    def in_tree_order(self) -> list[tuple[int, Code]]:
        """Codes with their depth, parents before their children."""
        children: dict[str, list[Code]] = {}
        known = {code.id for code in self.codes}
        for code in sorted(self.codes, key=lambda c: (c.position, c.name.casefold())):
            parent = code.parent_id if code.parent_id in known else ""
            children.setdefault(parent, []).append(code)
        return list(_walk(children, "", 0))

    def colour_for_new(self, parent_id: str = "") -> str:
        """The colour a new code takes: its parent's, else the next unused one."""
        parent = self.by_id().get(parent_id)
        return parent.colour if parent else next_colour(c.colour for c in self.codes)


def _walk(
    children: dict[str, list[Code]], parent_id: str, depth: int
) -> Iterable[tuple[int, Code]]:
    for code in children.get(parent_id, []):
        yield depth, code
        yield from _walk(children, code.id, depth + 1)
