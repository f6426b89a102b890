"""Carrying operations out: one function a kind, each checks and then writes.

A step that is not accepted raises before it has written anything, so that the others
of its batch can be kept; only a change that can no longer be taken back is let go of.
"""

from __future__ import annotations

from collections.abc import Callable

from data.coding_records import OperationKind
from data.storage.coding_desk.changes import keep_change, redo, undo
from data.storage.coding_desk.coding_steps import (
    code,
    make_code,
    move_edges,
    recode,
    uncode,
)
from data.storage.coding_desk.memo_steps import write_memo
from data.storage.coding_desk.step import Step
from data.storage.coding_desk.suggestion_steps import (
    accept,
    because,
    instead,
    reject,
    reopen,
)

_STEPS: dict[OperationKind, Callable[[Step], None]] = {
    OperationKind.CODE: code,
    OperationKind.UNCODE: uncode,
    OperationKind.RECODE: recode,
    OperationKind.MOVE_EDGES: move_edges,
    OperationKind.MAKE_CODE: make_code,
    OperationKind.ACCEPT: accept,
    OperationKind.REJECT: reject,
    OperationKind.INSTEAD: instead,
    OperationKind.BECAUSE: because,
    OperationKind.REOPEN: reopen,
    OperationKind.MEMO: write_memo,
    OperationKind.UNDO: undo,
    OperationKind.REDO: redo,
}


def carry_out(step: Step) -> None:
    """Do what the operation asks, and keep how to take it back.

    Raises DataRefused, with nothing of it written, where the study does not accept it.
    """
    _STEPS[step.operation.kind](step)
    keep_change(step)
