"""Adding transcripts straight from files, without anyone looking in between.

For scripts. Speakers are mapped as the app would propose, or by a table of attributes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.study import Person
from data.importers.interviews.attributes_import import AttributeTable, read_attributes
from data.importers.interviews.transcript_import import ReadTranscript
from data.problems import DataProblem, DataRefused
from data.sources import NewSource
from data.storage import StudyStore
from workbench.actions.interviews.attributes import mappings_from, wave_from
from workbench.actions.interviews.sources import (
    import_sources,
    propose_mappings,
    read_files,
)
from workbench.actions.pseudonyms.new_sources import warnings_about


@dataclass(frozen=True, slots=True)
class SourcesAdded:
    """What was added, what to check about it, and the files left out."""

    sources: int
    turns: int
    warnings: tuple[DataProblem, ...] = ()
    left_out: tuple[DataProblem, ...] = ()


def add_files(
    store: StudyStore,
    person: Person,
    files: Sequence[tuple[str, bytes]],
    *,
    wave: str = "",
    attributes: tuple[str, bytes] | None = None,
    accept_partial: bool = False,
) -> SourcesAdded:
    """What was added: every file, or none and every problem.

    With ``accept_partial`` files that cannot be read, or are there already, are left
    out and listed. A wave stated in ``attributes`` goes before ``wave``.
    """
    table = read_attributes(*attributes) if attributes else AttributeTable(())
    participants = store.study.participants()
    left_out: list[DataProblem] = []
    new: list[NewSource] = []
    for read in read_files(files):
        if read.transcript is None:
            left_out += read.problems
            continue
        try:
            rows = table.of(read.file_name)
            by_table = mappings_from(read.transcript, rows) if rows else ()
        except DataRefused as refusal:
            left_out += refusal.problems
            continue
        source = NewSource(
            read.transcript,
            wave=wave_from(rows) or wave,
            file_name=read.file_name,
            mappings=by_table or propose_mappings(read.transcript, participants),
        )
        there = store.sources.problems_of([*new, source])
        if there:
            left_out += there
        else:
            new.append(source)
    if left_out and (not accept_partial or not new):
        raise DataRefused(left_out)
    about_names = warnings_about(store, person, new)
    import_sources(store, person, new)
    return SourcesAdded(
        len(new),
        sum(len(one.transcript.turns) for one in new),
        tuple(
            warning
            for one in new
            if isinstance(one.transcript, ReadTranscript)
            for warning in one.transcript.warnings
        )
        + table.warnings
        + about_names,
        tuple(left_out),
    )


def sources_named(store: StudyStore, name: str) -> list[str]:
    """The ids of the sources of that name, letter case aside; DataRefused for none."""
    wanted = name.strip().casefold()
    found = [
        one.id for one in store.sources.summaries() if one.name.casefold() == wanted
    ]
    if not found:
        raise DataRefused(
            [
                DataProblem(
                    "The study has no source of this name.",
                    name,
                    "Check the name on the page Transcripts.",
                )
            ]
        )
    return found
