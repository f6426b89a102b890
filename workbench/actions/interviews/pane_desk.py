"""One browser session at the transcript pane: each change kept once, and answered.

Whatever way an outbox comes by, a rerun of the page or the desk line, it is answered
here: first what is new is stored, then the source is read anew, and the answer brings
the browser from what it holds to what the study has.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from coding.problems import CodingRefused
from data.problems import DataRefused
from workbench.actions.interviews.pane_content import PaneContent, SentVersions
from workbench.actions.interviews.pane_operations import (
    Outbox,
    PaneOperation,
    in_words,
    read_outbox,
)

Load = Callable[[], PaneContent]
Apply = Callable[[str, Sequence[PaneOperation]], None]

_log = logging.getLogger(__name__)


class PaneDesk:
    """What one browser session has been told: stored, refused, sent.

    Safe to ask from several threads; answers are made one after the other, so that a
    later version always tells of a later state of the study.
    """

    def __init__(self) -> None:
        self._stored: set[str] = set()
        self._refusals: dict[str, str] = {}
        self._sent = SentVersions()
        self._turn = threading.Lock()

    def answer(self, sent: object, load: Load, apply: Apply) -> dict[str, Any]:
        """Plain JSON values: what was stored or refused, and what changed since.

        ``sent`` is the outbox as the browser gave it, anything at all; ``apply`` and
        ``load`` are those of ``show_transcript_pane``.
        """
        *_, whole = self.answer_in_parts(sent, load, apply)
        return whole

    def answer_in_parts(
        self, sent: object, load: Load, apply: Apply
    ) -> Iterator[dict[str, Any]]:
        """What was stored or refused as soon as it is; then the whole answer.

        Whoever codes need not wait until the source was read anew to know that their
        work is kept.
        """
        outbox = read_outbox(sent)
        with self._turn:
            # Stored before anything is read: whatever fails below, an acknowledged
            # change is kept.
            answers = self._answers(outbox, self._store(outbox, apply))
        yield {"answers": answers}
        with self._turn:
            whole = self._sent.payload(load(), outbox.held_text, outbox.held_version)
        whole["answers"] = answers
        yield whole

    def _store(self, outbox: Outbox, apply: Apply) -> str:
        """Hand over what is new; the answer is the last fault in words, or nothing."""
        self._refusals.update(outbox.refused)
        fault = ""
        for source_id, operations in outbox.by_source().items():
            waiting = [one for one in operations if not self._is_answered(one.id)]
            fault = self._store_source(source_id, waiting, apply) or fault
        return fault

    def _store_source(
        self, source_id: str, waiting: list[PaneOperation], apply: Apply
    ) -> str:
        if not waiting or self._store_at_once(source_id, waiting, apply):
            return ""
        # One of them was not accepted: find out which, and keep the others.
        fault = ""
        held: set[str] = set()
        for operation in waiting:
            # What builds on a change that could not be stored waits with it.
            if held & _ids_named(operation):
                held |= _ids_made(operation)
                continue
            try:
                apply(source_id, [operation])
            except (CodingRefused, DataRefused) as refusal:
                self._refusals[operation.id] = in_words(refusal.problems)
            except Exception as error:
                # A fault of ours must not take the transcript off the screen, nor the
                # change out of the browser's outbox: it stays there and comes again.
                _report(error)
                fault = "a fault on our side keeps it from being saved"
                held |= _ids_made(operation)
            else:
                self._stored.add(operation.id)
        return fault

    def _store_at_once(
        self, source_id: str, waiting: list[PaneOperation], apply: Apply
    ) -> bool:
        try:
            apply(source_id, waiting)
        except Exception:
            # Whatever it was comes up again, one by one, where it can be answered.
            return False
        self._stored.update(one.id for one in waiting)
        return True

    def _is_answered(self, operation_id: str) -> bool:
        return operation_id in self._stored or operation_id in self._refusals

    def _answers(self, outbox: Outbox, fault: str) -> dict[str, Any]:
        """For each operation sent: stored, refused in words, or still waiting."""
        asked = [one.id for _, one in outbox.operations]
        asked += [operation_id for operation_id, _ in outbox.refused]
        refused = [one for one in asked if one in self._refusals]
        return {
            "stored": [one for one in asked if one in self._stored],
            "refused": [[one, self._refusals[one]] for one in refused],
            "fault": fault,
        }


def _ids_named(operation: PaneOperation) -> set[str]:
    return {str(v) for name, v in operation.fields.items() if name.endswith("_id")}


def _ids_made(operation: PaneOperation) -> set[str]:
    """The ids whose state this operation changes; a code only when it is made here.

    Its own id too: by that a later one takes it back.
    """
    made = _ids_named(operation) | {operation.id}
    if operation.kind != "make_code":
        made.discard(str(operation.fields.get("code_id")))
    return made


def _report(error: Exception) -> None:
    # The message may quote what a person typed, so only kind and place are logged.
    place = "".join(traceback.format_tb(error.__traceback__))
    _log.error("Storing a coding stopped with %s at\n%s", type(error).__name__, place)
