"""Operations a browser sends from the transcript pane, checked before anyone acts.

A browser's message is a stranger's: each operation is read into a ``PaneOperation``
or refused in words. What an operation means to the study is for the store to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coding.problems import CodingProblem, CodingRefused
from data.coding_records import RejectedBecause
from workbench.wording import problem_in_words

# The pane sends all that waits each time, so what lies beyond comes with the next.
MOST_OPERATIONS = 500
LONGEST_CODE_NAME = 300
LONGEST_MEMO = 20_000
FURTHEST_POSITION = 50_000_000

_CLIENT = re.compile(r"[0-9a-z]{8,32}")
_NEW_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KNOWN_ID = re.compile(r"[0-9A-Za-z._:-]{1,64}")
_LINE_OR_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LARGEST_SEQUENCE = 2**53 - 1


@dataclass(frozen=True, slots=True)
class PaneOperation:
    """One thing a person did in the pane, numbered by their browser tab.

    ``client`` and ``sequence`` together are unique for ever; an operation that comes
    again under the same two is the same operation. Positions are code points of the
    source, end exclusive. ``fields`` by ``kind``:

    - ``make_code``: ``code_id`` (new), ``name``
    - ``code``: ``segment_id`` (new), ``start``, ``end``, ``code_id``
    - ``uncode``: ``segment_id``
    - ``recode``: ``segment_id``, ``code_id``
    - ``move_edges``: ``segment_id``, ``start``, ``end``
    - ``accept``: ``suggestion_id``, ``segment_id`` (new), and ``start`` and ``end``
      where its edges were moved first
    - ``reject``: ``suggestion_id``
    - ``because``: ``suggestion_id``, ``reason`` (one of the set or ''), ``text``; why
      it was rejected
    - ``instead``: ``suggestion_id``, ``segment_id`` (new), ``code_id``, and edges as
      for ``accept``
    - ``reopen``: ``suggestion_id``; undoes an accept, reject or instead and takes away
      the coded segment which that decision made
    - ``memo``: ``memo_id`` (new or known), ``segment_id`` or '' for a passage without a
      code, ``start``, ``end``, ``text`` or '' to take the memo out
    - ``undo``, ``redo``: ``change_id``, the ``id`` of the operation that made it

    New ids are GUIDs the browser made, so that what waits can be undone and coded with
    before the study has answered; the store keeps them.
    """

    client: str
    sequence: int
    kind: str
    fields: Mapping[str, str | int]

    @property
    def id(self) -> str:
        """The client and the number, as acknowledgements name it."""
        return f"{self.client}:{self.sequence}"


@dataclass(frozen=True, slots=True)
class Outbox:
    """What waits in the browser: operations by source, in the order they were done.

    ``refused`` holds the words for operations that could not be read; ``held_text``
    and ``held_version`` say what the browser has already received.
    """

    operations: tuple[tuple[str, PaneOperation], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    held_text: str = ""
    held_version: str = ""

    def by_source(self) -> dict[str, list[PaneOperation]]:
        """The operations of each source, sources in the order they first appear."""
        sources: dict[str, list[PaneOperation]] = {}
        for source_id, operation in self.operations:
            sources.setdefault(source_id, []).append(operation)
        return sources


def read_outbox(value: object) -> Outbox:
    """The outbox a browser set, its unreadable operations refused in words.

    Anything that is no outbox at all reads as an empty one. An operation without a
    client and a number cannot even be answered and is passed over.
    """
    if not isinstance(value, Mapping):
        return Outbox()
    operations: list[tuple[str, PaneOperation]] = []
    refused: list[tuple[str, str]] = []
    listed = value.get("operations")
    listed = listed[:MOST_OPERATIONS] if isinstance(listed, list) else []
    for item in listed:
        address = _address(item)
        if address is None:
            continue
        try:
            operations.append(_read_operation(item, *address))
        except CodingRefused as refusal:
            refused.append((f"{address[0]}:{address[1]}", in_words(refusal.problems)))
    return Outbox(
        tuple(operations),
        tuple(refused),
        _short_text(value.get("held_text")),
        _short_text(value.get("held_version")),
    )


def in_words(problems: Sequence[Any]) -> str:
    """What was found and what to do next, of each problem, as one line of text."""
    return " ".join(problem_in_words(problem) for problem in problems)


def _address(item: object) -> tuple[str, int] | None:
    if not isinstance(item, Mapping):
        return None
    client, sequence = item.get("client"), item.get("sequence")
    if not isinstance(client, str) or not _CLIENT.fullmatch(client):
        return None
    if type(sequence) is not int or not 0 < sequence <= _LARGEST_SEQUENCE:
        return None
    return client, sequence


def _read_operation(
    item: Mapping[str, object], client: str, sequence: int
) -> tuple[str, PaneOperation]:
    kind, source, given = item.get("kind"), item.get("source"), item.get("fields")
    if not isinstance(kind, str) or kind not in _FIELDS:
        raise _not_understood()
    if not isinstance(given, Mapping):
        raise _not_understood()
    readers = dict(_FIELDS[kind])
    if kind in _MAY_MOVE_EDGES and not _EDGES.keys().isdisjoint(given):
        readers |= _EDGES
    if set(given) != set(readers):
        raise _not_understood()
    fields = {name: read(given[name]) for name, read in readers.items()}
    start, end = fields.get("start"), fields.get("end")
    if isinstance(start, int) and isinstance(end, int) and not start < end:
        raise _not_understood()
    return _known_id(source), PaneOperation(client, sequence, kind, fields)


def _known_id(value: object) -> str:
    if not isinstance(value, str) or not _KNOWN_ID.fullmatch(value):
        raise _not_understood()
    return value


def _new_id(value: object) -> str:
    if not isinstance(value, str) or not _NEW_ID.fullmatch(value):
        raise _not_understood()
    return value


def _known_id_or_none(value: object) -> str:
    return "" if value == "" else _known_id(value)


def _position(value: object) -> int:
    if type(value) is not int or not 0 <= value <= FURTHEST_POSITION:
        raise _not_understood()
    return value


def _code_name(value: object) -> str:
    name = _LINE_OR_CONTROL.sub(" ", value).strip() if isinstance(value, str) else ""
    # A lone surrogate is no character and could not be stored.
    if not name or any("\ud800" <= character <= "\udfff" for character in name):
        raise _refused("A code needs a name.", "Type one and press Enter.")
    if len(name) > LONGEST_CODE_NAME:
        raise _refused(
            f"A code's name may have {LONGEST_CODE_NAME} characters at most.",
            "Shorten it, and put the rest into the code's definition.",
        )
    return name


def _memo_text(value: object) -> str:
    if not isinstance(value, str) or any("\ud800" <= one <= "\udfff" for one in value):
        raise _not_understood()
    if len(value) > LONGEST_MEMO:
        raise _refused(
            f"A memo may have {LONGEST_MEMO:,} characters at most.",
            "Shorten it, or write the rest into a second one.",
        )
    return _CONTROL.sub(" ", value.replace("\r\n", "\n")).strip()


def _reason(value: object) -> str:
    if value not in ("", *RejectedBecause):
        raise _not_understood()
    return str(value)


def _short_text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= 128 else ""


def _refused(found: str, do_next: str) -> CodingRefused:
    return CodingRefused([CodingProblem(found, "The transcript", do_next)])


def _not_understood() -> CodingRefused:
    return _refused(
        "The page sent a change that could not be read, so it was not saved.",
        "Reload the page and do it again.",
    )


_FIELDS: dict[str, dict[str, Callable[[object], str | int]]] = {
    "make_code": {"code_id": _new_id, "name": _code_name},
    "code": {
        "segment_id": _new_id,
        "start": _position,
        "end": _position,
        "code_id": _known_id,
    },
    "uncode": {"segment_id": _known_id},
    "recode": {"segment_id": _known_id, "code_id": _known_id},
    "move_edges": {"segment_id": _known_id, "start": _position, "end": _position},
    "accept": {"suggestion_id": _known_id, "segment_id": _new_id},
    "reject": {"suggestion_id": _known_id},
    "because": {
        "suggestion_id": _known_id,
        "reason": _reason,
        "text": _memo_text,
    },
    "instead": {
        "suggestion_id": _known_id,
        "segment_id": _new_id,
        "code_id": _known_id,
    },
    "reopen": {"suggestion_id": _known_id},
    "memo": {
        "memo_id": _known_id,
        "segment_id": _known_id_or_none,
        "start": _position,
        "end": _position,
        "text": _memo_text,
    },
    "place": {"lost_id": _known_id, "start": _position, "end": _position},
    "undo": {"change_id": _known_id},
    "redo": {"change_id": _known_id},
}
_EDGES: dict[str, Callable[[object], str | int]] = {
    "start": _position,
    "end": _position,
}
_MAY_MOVE_EDGES = frozenset({"accept", "instead"})
OPERATION_KINDS: tuple[str, ...] = tuple(_FIELDS)
