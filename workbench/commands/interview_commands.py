"""Commands of the interviews desk and the table: suggest, report."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.commands.answering import Answer, answering, opened, show_progress


@click.command()
@click.argument("study")
@click.option("--transcript", default="", help="One source by its name; else all.")
@answering
def suggest(study: str, transcript: str) -> Answer:
    """Suggest codes for the sources of STUDY; people decide on them in the app."""
    from workbench.actions.interviews.file_adding import sources_named
    from workbench.actions.interviews.suggesting import make_suggestions
    from workbench.actions.studies import person_at_the_command_line

    with opened(study) as store:
        made = make_suggestions(
            store,
            person_at_the_command_line(store),
            sources_named(store, transcript) if transcript else None,
            progress=show_progress("Suggesting"),
        )
    answer = Answer()
    answer.stored = {"suggestions": made.waiting, "sources": made.sources}
    answer.lines = [made.models]
    answer.more = {"models": made.models}
    return answer


@click.command()
@click.argument("study")
@click.option(
    "--kind",
    required=True,
    type=click.Choice(
        [
            *("pairs", "progress", "themes", "matrix", "debrief", "codebook"),
            *("memos", "findings", "templates", "summaries"),
        ]
    ),
    help="What the report is about.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file; its ending says which form it takes.",
)
@answering
def report(study: str, kind: str, out: Path) -> Answer:
    """Write a report of STUDY. Reports identify people: keep them inside the team."""
    from workbench.actions.studies import person_at_the_command_line
    from workbench.actions.together.reports import write_report

    with opened(study) as store:
        write_report(store, kind, out, person=person_at_the_command_line(store))
    answer = Answer()
    answer.stored = {"reports": 1}
    answer.lines = [f"Written to {out}. Internal: identifies people."]
    answer.more = {"file": str(out)}
    return answer


COMMANDS = (suggest, report)
