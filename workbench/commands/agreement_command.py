"""The command that says how far two coders of a study agree."""

from __future__ import annotations

import click

from workbench.commands.answering import Answer, answering, opened


@click.command()
@click.argument("study")
@click.option("--code", default="", metavar="NAME", help="One code; else all in use.")
@click.option(
    "--unit",
    default="sentence",
    show_default=True,
    type=click.Choice(["turn", "sentence", "character"]),
    help="What counts as one decision.",
)
@click.option(
    "--coders",
    nargs=2,
    metavar="A B",
    help="Two coders by name; else those with the most transcripts in common.",
)
@answering
def agreement(study: str, code: str, unit: str, coders: tuple[str, ...]) -> Answer:
    """Say how far two coders of STUDY agree; nothing is stored."""
    from coding.agreement.units import UnitKind
    from coding.agreement.words import bearing_in_words, overall_in_words
    from workbench.actions.coders.agreement import (
        agreement_as_values,
        alpha_of_all_in_words,
        coders_named,
        read_agreement,
    )
    from workbench.actions.coders.agreement_report import (
        code_table,
        transcript_table,
    )

    with opened(study) as store:
        pair = coders_named(store, coders or ())
        found = read_agreement(store, pair, UnitKind(unit), code=code)
    answer = Answer()
    answer.lines = [
        f"{found.names[0]} and {found.names[1]}, by {unit}.",
        overall_in_words(found.report),
        bearing_in_words(found.report),
        *filter(None, [alpha_of_all_in_words(found)]),
    ]
    for table in (code_table(found), transcript_table(found)):
        answer.lines += ["", table.caption, " | ".join(table.headings)]
        answer.lines += [" | ".join(row) for row in table.rows]
    answer.more = agreement_as_values(found)
    return answer


COMMANDS = (agreement,)
