"""The sample study multiplied: as many interviews and cases as a trial of size needs.

Everything added is plainly synthetic (see the two modules it is drawn by) and seeded:
the same size and seed give the same texts, codings and cases.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice

from coding.coded_segments import CodedSegment, Segment
from coding.study import Role
from coding.transcripts import SourceKind
from data.importers.cases.case_import import read_cases
from data.storage import StudyStore
from workbench.actions.sample.sample_files import CASE_FILES, file_bytes
from workbench.actions.sample.synthetic_cases import synthetic_cases
from workbench.actions.sample.synthetic_interviews import (
    SyntheticInterview,
    coded_turns,
    synthetic_interviews,
)

_TOGETHER = 32
"""How many interviews are saved in one go: few enough to be told of as they come."""

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class SampleSize:
    """How large the enlarged sample is, its own interviews and cases counted in.

    ``words`` is about how long a synthetic interview is. A number no larger than what
    is there already adds nothing.
    """

    interviews: int = 0
    contemporary: int = 0
    historic: int = 0
    words: int = 8_000


def enlarge_sample(
    store: StudyStore,
    size: SampleSize,
    *,
    seed: int = 1,
    progress: Progress | None = None,
) -> None:
    """Bring a sample study up to the size, with synthetic interviews and cases.

    Codings lie where the answers drawn carry them, by the same coders. Suggestions and
    pairs are not made anew.
    """
    _add_interviews(store, size, seed, progress or _unheard)
    _add_cases(store, size, seed)


def _add_interviews(
    store: StudyStore, size: SampleSize, seed: int, tell: Progress
) -> None:
    kinds = [one.kind for one in store.sources.summaries()]
    count = size.interviews - kinds.count(SourceKind.INTERVIEW)
    if count <= 0:
        return
    people = store.study.people()
    importer = next(p.id for p in people if p.role is Role.EMBEDDED_RESEARCHER)
    waiting = synthetic_interviews(
        coded_turns(store),
        count=count,
        words=size.words,
        waves=[wave.name for wave in store.study.waves()],
        localities=sorted({p.locality for p in store.study.participants()} - {""}),
        seed=seed,
    )
    done = 0
    while batch := list(islice(waiting, _TOGETHER)):
        ids = store.sources.save(importer, [one.source for one in batch])
        codings = [
            coding
            for source_id, one in zip(ids, batch, strict=True)
            for coding in _codings(source_id, one)
        ]
        for coder in {one.coder_id for one in codings}:
            own = [one for one in codings if one.coder_id == coder]
            store.coding.add_all(coder, own)
        done += len(batch)
        tell(done / count, f"{done} of {count} synthetic interviews")


def _codings(source_id: str, interview: SyntheticInterview) -> Iterator[CodedSegment]:
    name = interview.source.file_name
    for number, (code, coder, start, end) in enumerate(interview.marks, 1):
        yield CodedSegment(
            str(uuid.uuid5(uuid.NAMESPACE_OID, f"{name} {number}")),
            source_id,
            code,
            Segment(start, end),
            coder,
            datetime.now(UTC),
        )


def _add_cases(store: StudyStore, size: SampleSize, seed: int) -> None:
    counts = store.cases.counts()
    contemporary = max(0, size.contemporary - counts.contemporary)
    historic = max(0, size.historic - counts.historic)
    if not contemporary + historic:
        return
    people = store.study.people()
    researcher = next(p.id for p in people if p.role is Role.PRACTITIONER_RESEARCHER)
    batch = synthetic_cases(
        read_cases([(name, file_bytes(name)) for name in CASE_FILES]),
        contemporary=contemporary,
        historic=historic,
        practice_start=date.fromisoformat(store.study.read().practice_start),
        seed=seed,
    )
    store.cases.save(
        researcher,
        fields=batch.fields,
        records=batch.records,
        events=batch.events,
        notes=batch.notes,
    )


def _unheard(_done: float, _words: str) -> None:
    """Progress that nobody watches."""
