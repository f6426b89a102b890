"""What is worked out from a study's words and kept in memory, and the one way to
forget it.

Fitted states and indexes hold words of participants. They are kept in this process
alone, never in a file, under what they were worked out from, and only the newest of
each study.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from data.storage import StudyStore
from data.storage.database import without_password

Kept = TypeVar("Kept")

_LOCK = threading.Lock()
_KEPT: dict[tuple[str, str], tuple[str, Any]] = {}


def kept_or_made(
    store: StudyStore, kind: str, state: str, make: Callable[[], Kept]
) -> Kept:
    """What was kept of a kind for this very state, or made now and kept.

    What raises while it is made leaves what was kept before.
    """
    key = _study(store), kind
    with _LOCK:
        held = _KEPT.get(key)
    if held is not None and held[0] == state:
        found: Kept = held[1]
        return found
    made = make()
    with _LOCK:
        _KEPT[key] = state, made
    return made


def kept(store: StudyStore, kind: str) -> tuple[str, Any] | None:
    """The newest of a kind with the state it was worked out from, or nothing."""
    with _LOCK:
        return _KEPT.get((_study(store), kind))


def forget(store: StudyStore) -> None:
    """Let go of everything worked out from this study's words.

    For when words are erased; it is worked out anew from those that are left.
    """
    with _LOCK:
        for key in [one for one in _KEPT if one[0] == _study(store)]:
            del _KEPT[key]


def _study(store: StudyStore) -> str:
    return without_password(str(store.database.url))
