"""How long counting who was reached takes in a study of 1,920 interviews.

Run by hand: ``python tests/benchmarks/benchmark_reached.py``. Prints medians of
processor time for reading who is heard where, for counting, and for both.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from interview_desk import a_transcript

from coding.study import Participant, Person, Role, Study
from coding.study_design.aims import Aim, Group
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore
from workbench.actions.study_design.design_reading import read_design

INTERVIEWS, TURNS, TEAMS, ROUNDS = 1_920, 60, 80, 7
WAVES = ("Wave 1", "Wave 2", "Wave 3", "")
ROLES = ("Social worker", "Early help worker", "Team leader", "Parent")


def main() -> None:
    """Build the study, count several times, print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        store = StudyStore(Path(folder) / "study.sqlite")
        lead = store.study.found(Study("Large"), Person("", "Lee", Role.STUDY_LEAD))
        person_id = lead.id if lead else store.study.people()[0].id
        for at in range(0, INTERVIEWS, 240):
            store.sources.save(person_id, [_new(n) for n in range(at, at + 240)])
        aims = [
            Aim(Group(wave or "No wave", role, f"Team {team}"), 2, 2)
            for wave in WAVES
            for role in ROLES
            for team in range(TEAMS)
        ]
        store.design.aims.set(person_id, aims, seen=0)
        read = [_timed(store.design.reach.read) for _ in range(ROUNDS)]
        both = [_timed(lambda: read_design(store)) for _ in range(ROUNDS)]
        print(f"{INTERVIEWS:,} interviews, {len(aims):,} aims, {TEAMS} teams")
        print(f"reading who is heard where: {statistics.median(read):.3f} s")
        print(f"the whole design, counted:  {statistics.median(both):.3f} s")
        store.close()


def _new(number: int) -> NewSource:
    name = f"P{number:04d}"
    lines = [
        f"{'Interviewer' if turn % 2 == 0 else name}: Words of {number}, turn {turn}."
        for turn in range(TURNS)
    ]
    # Every fourth person is heard twice.
    who = f"P{number - 1:04d}" if number % 4 == 3 else name
    person = Participant(
        "",
        who,
        ROLES[number % 4],
        f"Team {number % TEAMS}",
        ("Hill", "Dale")[number % 2],
    )
    return NewSource(
        a_transcript(f"Interview {number}", "\n".join(lines)),
        wave=WAVES[number // (INTERVIEWS // 4)],
        mappings=(
            SpeakerMapping("Interviewer", is_interviewer=True),
            SpeakerMapping(name, participant=person),
        ),
    )


def _timed(work: object) -> float:
    started = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - started


if __name__ == "__main__":
    main()
