"""The sample study: built from the text files that ship with the workbench.

It goes in through the same doors as a person's own files, each thing by the person of
the sample whose work it is.
"""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coding.coded_segments import CodedSegment, Segment
from coding.study import Participant, Person, Role, Study
from coding.transcripts import SourceKind
from data.figures.survey_toplines import Survey
from data.importers.cases.case_import import read_cases
from data.importers.cases.sampling_import import read_sampling
from data.importers.indicator_import import read_indicators
from data.importers.interviews.codebook_import import read_codebook
from data.importers.interviews.transcript_import import read_transcript
from data.importers.surveys.topline_import import read_toplines
from data.problems import DataProblem, DataRefused
from data.sources import NewSource, SpeakerMapping, StoredSource
from data.storage import StudyStore
from workbench.actions.interviews import sources
from workbench.actions.interviews.suggesting import make_suggestions
from workbench.actions.sample.filled_records import fill_records
from workbench.actions.sample.held_debriefs import hold_debriefs
from workbench.actions.sample.judged_pairs import pair_and_judge
from workbench.actions.sample.recorded_consent import record_consents
from workbench.actions.sample.sample_files import (
    CASE_FILES,
    SAMPLING_FILE,
    file_bytes,
    file_rows,
    file_text,
)
from workbench.actions.sample.set_design import set_design
from workbench.actions.sample.settled_codings import settle_codings
from workbench.actions.sample.written_matrix import write_matrix
from workbench.actions.sample.written_memos import write_memos
from workbench.actions.sample.written_outcomes import write_outcomes
from workbench.preferences import study_folder

FILE_NAME = "sample-study.sqlite"
_INTERVIEWER = "interviewer"
_NOT_ATTRIBUTES = ("pseudonym", "role", "team", "locality")

Progress = Callable[[float, str], None]


def ensure_sample_study(
    *, fresh: bool = False, progress: Progress | None = None
) -> Path:
    """The file of the sample study, made where it is absent or wanted afresh.

    It is built beside its place and moved there whole, so that a build that breaks off
    leaves no half study. Raises DataRefused where an older one is still in use.
    """
    path = study_folder() / FILE_NAME
    if path.exists() and not fresh:
        return path
    study_folder().mkdir(parents=True, exist_ok=True)
    part = path.with_name("sample-study-being-made.sqlite")
    _remove(part)
    store = StudyStore(part)
    try:
        build_sample_study(store, progress=progress)
        finished = path.with_name("sample-study-made.sqlite")
        _copy_whole(store, finished)
    finally:
        store.close()
        _remove(part)
    _remove(path)
    finished.replace(path)
    return path


def build_sample_study(store: StudyStore, *, progress: Progress | None = None) -> None:
    """Fill an empty study with the sample."""
    tell = progress or _unheard
    frame = tomllib.loads(file_text("study.toml"))
    tell(0.0, "people and waves")
    people = _found(store, frame)
    tell(0.1, "cases")
    _add_cases(store, _first(people, Role.PRACTITIONER_RESEARCHER))
    _add_sampling(store, _first(people, Role.PRACTITIONER_RESEARCHER))
    _say_read_to(store, _first(people, Role.STUDY_LEAD), frame)
    tell(0.25, "interviews")
    _add_sources(store, _first(people, Role.EMBEDDED_RESEARCHER), frame)
    record_consents(store, _first(people, Role.EMBEDDED_RESEARCHER))
    set_design(store, people)
    tell(0.4, "codes")
    _add_codes_and_codings(store, people)
    settle_codings(store, people)
    _say_read_through(store)
    tell(0.5, "indicators and survey results")
    _add_indicators(store, _first(people, Role.DEBRIEF_TEAM))
    _add_survey_results(store, _first(people, Role.DEBRIEF_TEAM))
    tell(0.6, "pairs")
    pair_and_judge(store, people)
    memos = write_memos(store, people)
    write_matrix(store, people)
    hold_debriefs(store, people, memos)
    write_outcomes(store, people, memos)
    fill_records(store, people)
    waiting = {Path(one["file"]).name for one in frame["source"] if one.get("suggest")}
    make_suggestions(
        store,
        _first(people, Role.EMBEDDED_RESEARCHER),
        [one.id for one in store.sources.summaries() if one.file_name in waiting],
        # Learning reads every word of the study, and a first look should not wait.
        learns=False,
        progress=lambda done, words: tell(0.7 + 0.3 * done, words),
    )
    tell(1.0, "done")


# Each step


def _say_read_through(store: StudyStore) -> None:
    """Whoever coded a transcript of the sample has read it from end to end."""
    passes = {(one.source_id, one.coder_id) for one in store.coding.segments()}
    for source_id, coder_id in sorted(passes):
        store.suggestion_settings.mark_read_through(coder_id, source_id, is_read=True)


def _found(store: StudyStore, frame: Mapping[str, Any]) -> list[Person]:
    store.study.found(
        Study(
            name=frame["name"],
            description=frame["description"].strip(),
            practice_start=frame["practice_start"].isoformat(),
            is_sample=True,
        )
    )
    listed = [Person("", one["name"], Role(one["role"])) for one in frame["person"]]
    lead = store.study.add_first_person(_first(listed, Role.STUDY_LEAD))
    people = [
        lead if one.name == lead.name else store.study.add_person(lead.id, one)
        for one in listed
    ]
    waves = sorted(frame["wave"], key=lambda one: one["order"])
    store.study.save_waves(lead.id, [one["name"] for one in waves])
    return people


def _first(people: Sequence[Person], role: Role) -> Person:
    return next(one for one in people if one.role is role)


def _add_cases(store: StudyStore, person: Person) -> None:
    batch = read_cases([(name, file_bytes(name)) for name in CASE_FILES])
    store.cases.save(
        person.id,
        fields=batch.fields,
        records=batch.records,
        events=batch.events,
        notes=batch.notes,
    )


def _add_sampling(store: StudyStore, person: Person) -> None:
    batch = read_sampling(
        [(SAMPLING_FILE, file_bytes(SAMPLING_FILE))], eras=store.cases.references()
    )
    store.sampling.add(person.id, batch.records)


def _say_read_to(store: StudyStore, person: Person, frame: Mapping[str, Any]) -> None:
    """Say up to which day the case files were taken from the records."""
    settings = store.comparison.settings()
    read_to = frame["records_read_to"].isoformat()
    store.comparison.save_settings(
        person.id, replace(settings, records_read_to=read_to)
    )


def _add_sources(store: StudyStore, person: Person, frame: Mapping[str, Any]) -> None:
    participants = {
        one["pseudonym"]: Participant(
            "",
            one["pseudonym"],
            one["role"],
            one["team"],
            one["locality"],
            {name: value for name, value in one.items() if name not in _NOT_ATTRIBUTES},
        )
        for one in frame["participant"]
    }
    saved = store.study.save_participants(person.id, participants.values())
    known = {one.pseudonym: one for one in saved}
    sources.import_sources(
        store,
        person,
        [new for about in frame["source"] for new in _sources_of(about, known)],
    )


def _sources_of(
    about: Mapping[str, Any], known: Mapping[str, Participant]
) -> Iterator[NewSource]:
    kind = SourceKind(about["kind"])
    if kind is SourceKind.SURVEY_COMMENT:
        table = sources.read_comments(about["file"], file_bytes(about["file"]))
        yield from sources.comment_sources(table, about["file"])
        return
    transcript = read_transcript(about["file"], file_bytes(about["file"]), kind=kind)
    yield NewSource(
        replace(transcript, name=about["name"]),
        wave=about.get("wave", ""),
        held_on=about["held"].isoformat(),
        file_name=Path(about["file"]).name,
        mappings=tuple(
            SpeakerMapping(label, is_interviewer=True)
            if stands_for == _INTERVIEWER
            else SpeakerMapping(label, participant=known[stands_for])
            for label, stands_for in about.get("speakers", {}).items()
        ),
    )


def _add_codes_and_codings(store: StudyStore, people: Sequence[Person]) -> None:
    store.codebook.import_entries(
        _first(people, Role.EMBEDDED_RESEARCHER).id,
        read_codebook("codebook.csv", file_bytes("codebook.csv")),
    )
    codes = {code.name: code.id for code in store.codebook.codebook().codes}
    by_file: dict[str, list[StoredSource]] = {}
    for one in store.sources.read_all():
        by_file.setdefault(one.file_name, []).append(one)
    codings: dict[str, list[CodedSegment]] = {person.name: [] for person in people}
    for number, row in enumerate(file_rows("codings.csv"), start=1):
        # Each comment of a table is a source of its own, under the table's name.
        source = next(
            one
            for one in by_file[row["source"]]
            if row["quotation"] in one.transcript.text
        )
        start = _place(source.transcript.text, row)
        codings[row["coder"]].append(
            CodedSegment(
                # The same passage gets the same id whenever the sample is built.
                str(uuid.uuid5(uuid.NAMESPACE_OID, f"sample coding {number}")),
                source.id,
                codes[row["code"]],
                Segment(start, start + len(row["quotation"])),
                row["coder"],
                datetime.now(UTC),
            )
        )
    for person in people:
        if codings[person.name]:
            store.coding.add_all(person.id, codings[person.name])


def _place(text: str, row: Mapping[str, str]) -> int:
    at = -1
    for _ in range(int(row["occurrence"] or 1)):
        at = text.index(row["quotation"], at + 1)
    return at


def _add_indicators(store: StudyStore, person: Person) -> None:
    table = read_indicators("indicators.csv", file_bytes("indicators.csv"))
    store.indicators.save(person.id, table.values)


def _add_survey_results(store: StudyStore, person: Person) -> None:
    table = read_toplines("survey_toplines.csv", file_bytes("survey_toplines.csv"))
    store.toplines.save(person.id, table.toplines)
    assumed = tomllib.loads(file_text("outcomes.toml"))["assumption"]
    store.toplines.assume(
        person.id,
        Survey.STAFF,
        assumed["share_percent"],
        assumed["source"],
        assumed["context"],
    )


# The file of the study


def _copy_whole(store: StudyStore, target: Path) -> None:
    from data.backup import back_up

    back_up(store.database, target)


def _remove(path: Path) -> None:
    for one in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        try:
            one.unlink(missing_ok=True)
        except OSError as cause:
            raise DataRefused(
                [
                    DataProblem(
                        "The sample study is still open in another window.",
                        path.name,
                        "Close the workbench there and try again.",
                    )
                ]
            ) from cause


def _unheard(_done: float, _words: str) -> None:
    """Progress that nobody watches."""
