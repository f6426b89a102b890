"""Commands that keep a study safe: check, backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.commands.answering import Answer, answering, opened


@click.command()
@click.argument("study")
@click.option(
    "--backup",
    "backup_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Say as well what this backup still holds of what was erased since.",
)
@answering
def check(study: str, backup_file: Path | None) -> Answer:
    """Check that STUDY is sound: file, references, every source's text."""
    from workbench.actions.backups import check_study
    from workbench.actions.rights.withdrawing import checked_in_words

    with opened(study) as store:
        contents = check_study(store)
        answer = _counted(contents, "The study is sound.")
        if backup_file:
            checked = store.backups.check(backup_file)
            answer.lines.append(checked_in_words(checked))
            answer.more["backup"] = {
                "erased_still_held": checked.erased,
                "withdrawn_still_held": checked.withdrawn,
                "is_registered": checked.registered is not None,
            }
    return answer


@click.command()
@click.argument("study")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@answering
def backup(study: str, file: Path) -> Answer:
    """Write a checked copy of STUDY to FILE."""
    from workbench.actions.backups import back_up_study
    from workbench.actions.studies import person_at_the_command_line

    with opened(study) as store:
        contents = back_up_study(store, person_at_the_command_line(store), file)
    return _counted(contents, f"Backed up and checked: {file}")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("study", type=click.Path(dir_okay=False, path_type=Path))
@answering
def restore(file: Path, study: Path) -> Answer:
    """Restore the backup FILE as a new study at STUDY; never overwrites."""
    from workbench.actions.backups import restore_study

    return _counted(restore_study(file, study), f"Restored and checked: {study}")


def _counted(contents: object, line: str) -> Answer:
    from dataclasses import asdict

    answer = Answer()
    counts = asdict(contents)  # type: ignore[call-overload]
    answer.more = {"study": counts.pop("study")}
    answer.stored = counts
    answer.lines = [line]
    return answer


COMMANDS = (check, backup, restore)
