"""Which lines are open: each belongs to one window, one person and one source.

A page opens a line and gives its token to the pane it drew; whoever has the token may
ask over the line until the window moves on to another person, study or source, or
nobody has asked for half a day.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

# A line that was let go of costs its pane one rerun, which opens another.
MOST_LINES = 200
IDLE_SECONDS = 12 * 60 * 60
_TOKEN_BYTES = 32

# The answer to an outbox, in parts: the last one is whole.
Answer = Callable[[object], Iterator[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class LinePlace:
    """What a line is bound to: the study's address, who is at work, and the source."""

    study: str
    person_id: str
    source_id: str


@dataclass(slots=True)
class OpenLine:
    """A line: where it leads, and what answers an outbox sent over it."""

    window: str
    place: LinePlace
    token: str
    answer: Answer
    asked_at: float


class OpenLines:
    """The open lines of one server, by token; safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turn = threading.Lock()
        self._by_token: dict[str, OpenLine] = {}
        self._by_window: dict[str, OpenLine] = {}
        self._is_served = False

    def serve(self) -> None:
        """Say that a route answers over these lines; before that none is opened."""
        self._is_served = True

    def open(self, window: str, place: LinePlace, answer: Answer) -> str:
        """The token of the window's line to a place; any other line of it ends.

        Asked again for the same place, the token stays, and ``answer`` is the newest.
        It is '' where nothing serves the lines.
        """
        if not self._is_served:
            return ""
        with self._turn:
            line = self._by_window.get(window)
            if line is not None and line.place == place:
                line.answer, line.asked_at = answer, self._clock()
                return line.token
            self._end(line)
            token = secrets.token_urlsafe(_TOKEN_BYTES)
            made = OpenLine(window, place, token, answer, self._clock())
            self._by_window[window] = self._by_token[_hidden(token)] = made
            while len(self._by_window) > MOST_LINES:
                self._end(min(self._by_window.values(), key=lambda one: one.asked_at))
            return token

    def close(self, window: str) -> None:
        """End the line of a window, if it has one."""
        with self._turn:
            self._end(self._by_window.get(window))

    def find(self, token: str, person_id: str) -> OpenLine | None:
        """The line of a token, where this person opened it and it has not expired."""
        with self._turn:
            line = self._by_token.get(_hidden(token))
            if line is None or line.place.person_id != person_id:
                return None
            if self._clock() - line.asked_at > IDLE_SECONDS:
                self._end(line)
                return None
            line.asked_at = self._clock()
            return line

    def _end(self, line: OpenLine | None) -> None:
        if line is not None:
            self._by_window.pop(line.window, None)
            self._by_token.pop(_hidden(line.token), None)


def _hidden(token: str) -> str:
    # Looked up by digest, so that the time a look-up takes tells nothing of a token.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


LINES = OpenLines()
