"""What the study has acknowledged outlives the sudden end of the program."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from interview_desk import a_desk

from data.storage import StudyStore
from data.storage.database import integrity_problems

_TIMES = 6
_ROOT = Path(__file__).parents[1]

# Codes one passage after the other, each printed once the store has answered.
_CODER = """
import sys, uuid
from data.coding_records import CodingOperation, OperationKind
from data.storage import StudyStore
study, source, code, client, first_end = sys.argv[1:]
store = StudyStore(study)
print("ready", flush=True)
number = 0
while True:
    number += 1
    segment = str(uuid.uuid4())
    one = CodingOperation(client, number, OperationKind.CODE, segment_id=segment,
        code_id=code, start=43 + number % 20, end=int(first_end) + number // 20)
    (outcome,) = store.coding.apply("priya", source, [one])
    if not outcome.is_refused:
        print(segment, flush=True)
"""


def _code_until_killed(
    study: Path, source: str, code: str, time: int, after: int
) -> list[str]:
    # Passages end elsewhere each time, so that none is coded twice.
    words = [str(study), source, code, f"killed{time:02}", str(64 + time * 4)]
    coder = subprocess.Popen(
        [sys.executable, "-c", _CODER, *words],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert coder.stdout is not None
    assert coder.stdout.readline() == "ready\n"
    heard = [coder.stdout.readline() for _ in range(after)]
    coder.kill()
    # What was printed before the end but not yet read was acknowledged as well.
    heard += coder.stdout.readlines()
    coder.wait()
    return [line.strip() for line in heard if line.endswith("\n")]


def test_every_acknowledged_coding_is_there_after_the_program_was_killed(
    empty_store: StudyStore,
) -> None:
    source, same, _ = a_desk(empty_store)
    study = empty_store.database.file
    assert study is not None
    dice = random.Random(7)
    acknowledged: list[str] = []
    for time in range(_TIMES):
        after = dice.randrange(1, 40)
        acknowledged += _code_until_killed(study, source, same, time, after)
    assert len(acknowledged) >= _TIMES
    # Opened afresh, as after a restart of the computer.
    empty_store.close()
    again = StudyStore(study)
    try:
        kept = {one.id for one in again.coding.segments(source)}
        assert set(acknowledged) <= kept
        # One more at most each time: stored, but killed before it was said.
        assert len(kept) <= len(acknowledged) + _TIMES
        lines = again.audit.lines()
        trail = {one.about_id for one in lines if one.action == "passage coded"}
        assert trail == kept
        assert integrity_problems(again.database.engine) == []
    finally:
        again.close()
