"""What the pseudonym key holds: real names, decisions, what was replaced where.

All of it identifies people. It is kept in a file of its own and nowhere in the study.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from coding.pseudonyms.names import ListedName, NameKind
from coding.pseudonyms.replacing import Edit

LeftOut = tuple[str, str, int, int]
"""A place that is no mention: source id, hash of its text, start, end."""


@dataclass(frozen=True, slots=True)
class KeyName:
    """A listed name, the id of who confirmed it, when (ISO, UTC), and its origin."""

    listed: ListedName
    confirmed_by: str
    confirmed_at: str
    came_from: str = ""


@dataclass(frozen=True, slots=True)
class ReplacedText:
    """What turns a text with pseudonyms back into the one before it."""

    sha256_before: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class KeptValue:
    """A value of the study before names in it were replaced, and after.

    ``row`` names the row by its primary key, in the order of its columns.
    """

    table: str
    row: tuple[str | int, ...]
    column: str
    before: Any
    after: Any


@dataclass(frozen=True)
class PseudonymKey:
    """The key of one study.

    ``texts`` leads from a text with pseudonyms, by its hash, back to the first one.
    ``kept`` and ``this_round`` (a step back by each hash) can be undone exactly, until
    a round is finished.
    """

    study_id: str
    names: tuple[KeyName, ...] = ()
    turned_down: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    texts: Mapping[str, ReplacedText] = field(default_factory=dict)
    kept: tuple[KeptValue, ...] = ()
    this_round: Mapping[str, ReplacedText] = field(default_factory=dict)

    @property
    def listed(self) -> tuple[ListedName, ...]:
        """The names alone."""
        return tuple(one.listed for one in self.names)

    @property
    def can_be_undone(self) -> bool:
        """Whether names were replaced and the round is not finished."""
        return bool(self.kept or self.this_round)

    def with_name(self, name: KeyName) -> PseudonymKey:
        """The key with a name added, or changed where its id is there already."""
        names = {one.listed.id: one for one in self.names} | {name.listed.id: name}
        return replace(self, names=tuple(names.values()))

    def without_name(self, name_id: str) -> PseudonymKey:
        """The key without a name."""
        left = tuple(one for one in self.names if one.listed.id != name_id)
        return replace(self, names=left)

    def without_erased(
        self, pseudonym: str, texts_left: Collection[str]
    ) -> PseudonymKey:
        """The key after an erasure: without the person who had the pseudonym.

        They are known by the first word of it, for a label often leaves a surname out.
        Of texts it keeps the way back for those of these hashes alone, and nothing that
        could bring erased words back by undoing.
        """
        gone = _first_word(pseudonym)
        names = tuple(
            one
            for one in self.names
            if one.listed.kind is not NameKind.PERSON
            or not gone
            or _first_word(one.listed.pseudonym) != gone
        )
        texts = {one: step for one, step in self.texts.items() if one in texts_left}
        left_out = tuple(one for one in self.left_out if one[1] in texts_left)
        kept = replace(self, names=names, texts=texts, left_out=left_out)
        return kept.finished()

    def with_texts(
        self,
        steps: Mapping[str, ReplacedText],
        kept: Iterable[KeptValue] = (),
        *,
        can_be_undone: bool = True,
    ) -> PseudonymKey:
        """The key after names were replaced: by each new text's hash its step back."""
        texts = dict(self.texts)
        for sha256, step in steps.items():
            texts[sha256] = after_both(texts.get(step.sha256_before), step)
        return replace(
            self,
            texts=texts,
            kept=(*self.kept, *kept),
            this_round={**self.this_round, **(steps if can_be_undone else {})},
        )

    def finished(self) -> PseudonymKey:
        """The key without what is kept for undoing alone."""
        return replace(self, kept=(), this_round={})

    def as_json(self) -> dict[str, Any]:
        """Plain values for a file."""
        return {
            "names": [
                {
                    "id": one.listed.id,
                    "kind": one.listed.kind.value,
                    "name": one.listed.name,
                    "pseudonym": one.listed.pseudonym,
                    "nicknames": list(one.listed.nicknames),
                    "confirmed_by": one.confirmed_by,
                    "confirmed_at": one.confirmed_at,
                    "came_from": one.came_from,
                }
                for one in self.names
            ],
            "turned_down": list(self.turned_down),
            "left_out": [list(one) for one in self.left_out],
            "texts": _texts_as_json(self.texts),
            "kept": [
                [one.table, list(one.row), one.column, one.before, one.after]
                for one in self.kept
            ],
            "this_round": _texts_as_json(self.this_round),
        }


def after_both(first: ReplacedText | None, second: ReplacedText) -> ReplacedText:
    """One step back in place of two, the second replacement's and then the first's.

    Edits count in the text as it is now. Where a pseudonym was itself replaced, the
    first name comes back.
    """
    if first is None:
        return second
    # Edits of the first step count in the text before the second one.
    moves = _Moves(second.edits)
    edits = {(one.start, one.end): one for one in second.edits}
    for one in first.edits:
        place = moves.forward(one.start), moves.forward(one.end)
        inside = next(
            (at for at in edits if at[0] <= place[0] and at[1] >= place[1]), None
        )
        if inside is None:
            edits[place] = Edit(*place, one.before, one.after)
        else:
            edits[inside] = Edit(*inside, edits[inside].before, one.after)
    ordered = sorted(edits.values(), key=lambda edit: edit.start)
    return ReplacedText(first.sha256_before, tuple(ordered))


class _Moves:
    """Positions of a text before a replacement, told by its step back."""

    def __init__(self, back: Iterable[Edit]) -> None:
        self._back = sorted(back, key=lambda one: one.start)

    def forward(self, position: int) -> int:
        """Where a position of the text before stands in the text after."""
        moved = 0
        for edit in self._back:
            start_before = edit.start - moved
            end_before = start_before + len(edit.after)
            if position <= start_before:
                break
            if position < end_before:
                return edit.start
            moved += len(edit.before) - len(edit.after)
        return position + moved


def _texts_as_json(texts: Mapping[str, ReplacedText]) -> dict[str, Any]:
    return {
        sha256: {
            "before": one.sha256_before,
            "edits": [[e.start, e.end, e.before, e.after] for e in one.edits],
        }
        for sha256, one in texts.items()
    }


def _texts_from_json(said: Mapping[str, Any]) -> dict[str, ReplacedText]:
    return {
        str(sha256): ReplacedText(
            str(one["before"]),
            tuple(Edit(int(a), int(b), str(c), str(d)) for a, b, c, d in one["edits"]),
        )
        for sha256, one in said.items()
    }


def key_from_json(study_id: str, said: Mapping[str, Any]) -> PseudonymKey:
    """The key that was written so; raises KeyError, TypeError or ValueError."""
    return PseudonymKey(
        study_id,
        tuple(
            KeyName(
                ListedName(
                    str(one["id"]),
                    NameKind(one["kind"]),
                    str(one["name"]),
                    str(one["pseudonym"]),
                    tuple(str(nickname) for nickname in one["nicknames"]),
                ),
                str(one["confirmed_by"]),
                str(one["confirmed_at"]),
                str(one["came_from"]),
            )
            for one in said["names"]
        ),
        tuple(str(one) for one in said["turned_down"]),
        tuple((str(a), str(b), int(c), int(d)) for a, b, c, d in said["left_out"]),
        _texts_from_json(said["texts"]),
        tuple(KeptValue(a, tuple(b), c, d, e) for a, b, c, d, e in said["kept"]),
        _texts_from_json(said["this_round"]),
    )


def _first_word(name: str) -> str:
    return name.casefold().partition(" ")[0]
