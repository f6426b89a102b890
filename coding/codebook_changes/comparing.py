"""Two states of a codebook compared: added, merged, renamed, moved, redefined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coding.codebook import Code, Codebook

_WORDS = (
    ("definition", "what it means"),
    ("use_when", "when to use it"),
    ("do_not_use_when", "when not to use it"),
    ("near_miss", "near miss"),
    ("cues", "cues"),
    ("examples", "examples"),
    ("colour", "colour"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: which code, what about it, and both states in words.

    ``what`` is one of *added*, *out of use*, *merged*, *name*, *stands under*,
    *order*, or the part of its wording. What was not there is empty.
    """

    code_id: str
    name: str
    what: str
    before: str = ""
    after: str = ""

    @property
    def in_words(self) -> str:
        """The difference as a sentence.

        >>> Difference("1", "Power", "stands under", "", "Trust").in_words
        'Power: moved from the top to under Trust.'
        """
        match self.what:
            case "added":
                return f"{self.name}: added{_under(self.after)}."
            case "out of use":
                return f"{self.name}: taken out of use."
            case "merged":
                return f"{self.name}: merged into {self.after}."
            case "name":
                return f"{self.before}: renamed to {self.after}."
            case "stands under":
                return f"{self.name}: moved from {_place(self.before)} to " + (
                    f"{_place(self.after)}."
                )
            case "order":
                where = f"under {self.name}" if self.name else "at the top"
                return f"The codes {where} stand in another order."
        if not self.before:
            return f"{self.name}: {self.what} written: {_quoted(self.after)}."
        if not self.after:
            return f"{self.name}: {self.what} taken away: {_quoted(self.before)}."
        return (
            f"{self.name}: {self.what} changed from {_quoted(self.before)} to "
            f"{_quoted(self.after)}."
        )


def compare_codebooks(
    before: Codebook, after: Codebook, merged: Mapping[str, str] | None = None
) -> list[Difference]:
    """What differs between the codes in use then and now, in the order of the tree.

    ``merged`` says into which code (by id) one that is gone was merged.

    >>> then = Codebook((Code("1", "Power"), Code("2", "Say")))
    >>> now = Codebook((Code("1", "Power", "Who decides."),))
    >>> for one in compare_codebooks(then, now, {"2": "1"}):
    ...     print(one.in_words)
    Power: what it means written: “Who decides.”.
    Say: merged into Power.
    """
    merged = merged or {}
    old, new = before.by_id(), after.by_id()
    found: list[Difference] = []
    for _, code in after.in_tree_order():
        was = old.get(code.id)
        above = _name(new, code.parent_id)
        if was is None:
            found.append(Difference(code.id, code.name, "added", "", above))
        else:
            found += differences_of(was, code, _name(old, was.parent_id), above)
    for _, code in before.in_tree_order():
        if code.id in new:
            continue
        into = _last(code.id, merged)
        if into:
            known = new.get(into) or old.get(into)
            name = known.name if known else "a code that is gone"
            found.append(Difference(code.id, code.name, "merged", after=name))
        else:
            found.append(Difference(code.id, code.name, "out of use"))
    return found + _reordered(before, after)


def differences_of(
    was: Code, code: Code, above_then: str = "", above_now: str = ""
) -> list[Difference]:
    """What differs in one code: name, place and each part of its wording."""
    found = []
    if was.name != code.name:
        found.append(Difference(code.id, code.name, "name", was.name, code.name))
    if was.parent_id != code.parent_id:
        found.append(
            Difference(code.id, code.name, "stands under", above_then, above_now)
        )
    for part, what in _WORDS:
        then, now = getattr(was, part), getattr(code, part)
        if then != now:
            found.append(Difference(code.id, code.name, what, *_apart(then, now)))
    return found


def _apart(then: str | tuple[str, ...], now: str | tuple[str, ...]) -> tuple[str, str]:
    """What to tell of both states: of a list, only what left it and what joined."""
    if isinstance(then, str) or isinstance(now, str):
        return str(then), str(now)
    left = [one for one in then if one not in now]
    joined = [one for one in now if one not in then]
    if not left and not joined:
        left, joined = list(then), list(now)
    return " | ".join(left), " | ".join(joined)


def _reordered(before: Codebook, after: Codebook) -> list[Difference]:
    """A line for each code under which those there then and now changed places."""
    then, now = _families(before), _families(after)
    names = after.by_id()
    found = []
    for parent_id, order in now.items():
        old = then.get(parent_id, [])
        both = set(old) & set(order)
        if [one for one in old if one in both] != [one for one in order if one in both]:
            found.append(Difference(parent_id, _name(names, parent_id), "order"))
    return found


def _families(book: Codebook) -> dict[str, list[str]]:
    families: dict[str, list[str]] = {}
    for _, code in book.in_tree_order():
        families.setdefault(code.parent_id, []).append(code.id)
    return families


def _last(code_id: str, merged: Mapping[str, str]) -> str:
    """Where a chain of merges ends, '' where the code was not merged."""
    seen = {code_id}
    into = merged.get(code_id, "")
    while into in merged and into not in seen:
        seen.add(into)
        into = merged[into]
    return into


def _name(codes: Mapping[str, Code], code_id: str) -> str:
    return codes[code_id].name if code_id in codes else ""


def _under(above: str) -> str:
    return f" under {above}" if above else ""


def _place(above: str) -> str:
    return f"under {above}" if above else "the top"


def _quoted(text: str) -> str:
    return f"“{text}”"
