"""Commands that bring files into a study."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from workbench.commands.answering import Answer, answering, opened

_FILE = click.Path(dir_okay=False, path_type=Path)
_STUDY = click.argument("study")


@click.group("import")
def import_group() -> None:
    """Bring cases, transcripts, a codebook or indicators into a study."""


@import_group.command("cases")
@_STUDY
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--era", type=click.Choice(["contemporary", "historic", "by-date"]))
@click.option("--cutover", type=click.DateTime(["%Y-%m-%d"]), help="First new day.")
@click.option("--format", "_format", type=click.Choice(["auto", "table"]), hidden=True)
@click.option("--mapping", type=_FILE, help="A TOML file: their headings = ours.")
@click.option("--accept-partial", is_flag=True, help="Keep the good rows.")
@answering
def import_cases(
    study: str,
    files: tuple[Path, ...],
    era: str | None,
    cutover: datetime | None,
    _format: str | None,
    mapping: Path | None,
    accept_partial: bool,
) -> Answer:
    """Bring cases from .csv or .xlsx FILES, with events, notes and how chosen."""
    from workbench.actions.cases import case_files
    from workbench.actions.studies import person_at_the_command_line

    contents = read_all((*files, *([mapping] if mapping else [])))
    with opened(study) as store:
        batch = case_files.read_case_files(
            store,
            contents[: len(files)],
            era=era or "",
            practice_start=cutover.date().isoformat() if cutover else "",
            mapping_file=contents[-1] if mapping else None,
            accept_partial=accept_partial,
        )
        saved = case_files.add_cases(store, person_at_the_command_line(store), batch)
    answer = Answer()
    answer.stored = {
        "cases": saved.cases,
        "events": saved.events,
        "notes": saved.notes,
    }
    if batch.sampling:
        answer.stored["sampling"] = saved.sampling.recorded
    answer.warnings = [*batch.warnings, *case_files.unmarked_problems(saved)]
    answer.refused = list(batch.left_out)
    return answer


@import_group.command("transcripts")
@_STUDY
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--wave", default="", help="The wave they belong to.")
@click.option("--attributes", type=_FILE, help="Who is who: file, participant, role...")
@click.option("--accept-partial", is_flag=True, help="Keep the files that can be read.")
@answering
def import_transcripts(
    study: str,
    files: tuple[Path, ...],
    wave: str,
    attributes: Path | None,
    accept_partial: bool,
) -> Answer:
    """Bring interviews and other sources from .txt or .docx FILES."""
    from workbench.actions.interviews.file_adding import add_files
    from workbench.actions.studies import person_at_the_command_line

    contents = read_all((*files, *([attributes] if attributes else [])))
    with opened(study) as store:
        added = add_files(
            store,
            person_at_the_command_line(store),
            contents[: len(files)],
            wave=wave,
            attributes=contents[-1] if attributes else None,
            accept_partial=accept_partial,
        )
    answer = Answer()
    answer.stored = {"sources": added.sources, "turns": added.turns}
    answer.warnings = list(added.warnings)
    answer.refused = list(added.left_out)
    return answer


@import_group.command("codebook")
@_STUDY
@click.argument("file", type=_FILE)
@answering
def import_codebook(study: str, file: Path) -> Answer:
    """Bring codes with their definitions from a .csv or .xlsx FILE."""
    from workbench.actions.codebook import codebooks
    from workbench.actions.studies import person_at_the_command_line

    [(name, content)] = read_all([file])
    with opened(study) as store:
        entries, _ = codebooks.read_codebook_file(store, name, content)
        done = codebooks.import_codebook(
            store, person_at_the_command_line(store), entries
        )
    answer = Answer()
    answer.stored = {"codes": len(done.new) + len(done.changed)}
    answer.lines = [codebooks.changes_in_words(done)]
    return answer


@import_group.command("indicators")
@_STUDY
@click.argument("file", type=_FILE)
@answering
def import_indicators(study: str, file: Path) -> Answer:
    """Bring quarterly indicators from a .csv or .xlsx FILE."""
    from data.importers.indicator_import import read_indicators
    from workbench.actions.studies import person_at_the_command_line
    from workbench.actions.together.indicators import save_indicators

    [(name, content)] = read_all([file])
    table = read_indicators(name, content)
    with opened(study) as store:
        person = person_at_the_command_line(store)
        saved = save_indicators(store, person, tuple(table.values))
    answer = Answer()
    answer.stored = {"indicators": saved}
    answer.warnings = list(table.warnings)
    return answer


def read_all(paths: tuple[Path, ...] | list[Path]) -> list[tuple[str, bytes]]:
    """Each file's name and contents; DataRefused names every one that is not there."""
    from data.problems import DataProblem, DataRefused

    contents: list[tuple[str, bytes]] = []
    problems: list[DataProblem] = []
    for path in paths:
        try:
            contents.append((path.name, path.read_bytes()))
        except OSError:
            problems.append(
                DataProblem(
                    "This file is not there or cannot be read.",
                    str(path),
                    "Check its name and folder. Nothing was stored.",
                )
            )
    if problems:
        raise DataRefused(problems)
    return contents


COMMANDS = (import_group,)
