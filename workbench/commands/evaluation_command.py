"""The command that says how well codes are suggested on a table people coded."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.commands.answering import Answer, answering, show_progress


def _numbers(
    _context: click.Context, _parameter: click.Parameter, given: str
) -> tuple[int, ...]:
    try:
        numbers = tuple(int(part) for part in given.split(","))
    except ValueError:
        numbers = (-1,)
    if min(numbers) < 0:
        raise click.BadParameter(
            "give whole numbers from 0 with commas between them, as in 0,1,3,10."
        )
    return numbers


_TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("evaluate-suggestions")
@click.argument("coded", type=_TABLE)
@click.option("--codebook", required=True, type=_TABLE, help="The codes of the table.")
@click.option(
    "--coded-transcripts",
    default="0,1,3,10",
    show_default=True,
    callback=_numbers,
    metavar="N,N,...",
    help="How many transcripts count as coded.",
)
@click.option("--seed", default=0, show_default=True, help="Of the draws.")
@click.option(
    "--draws", default=10, show_default=True, type=click.IntRange(1, 100), hidden=True
)
@answering
def evaluate_suggestions(
    coded: Path,
    codebook: Path,
    coded_transcripts: tuple[int, ...],
    seed: int,
    draws: int,
) -> Answer:
    """Say how well codes are suggested on the table CODED; nothing is stored.

    In each of ten draws three tenths of the transcripts are kept out, some of the
    others count as coded, and the engine suggests codes for those kept out.
    """
    from workbench.actions.interviews.evaluation import (
        evaluate_tables,
        evaluation_as_values,
        evaluation_in_lines,
    )

    found = evaluate_tables(
        (coded.name, coded.read_bytes()),
        (codebook.name, codebook.read_bytes()),
        coded_transcripts=coded_transcripts,
        seed=seed,
        draws=draws,
        progress=show_progress("Evaluating"),
    )
    answer = Answer()
    answer.lines = evaluation_in_lines(found)
    answer.more = evaluation_as_values(found)
    answer.warnings = list(found.warnings)
    return answer


COMMANDS = (evaluate_suggestions,)
