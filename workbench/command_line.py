"""The command line: a thin layer over the actions, and the door that opens the app."""

from __future__ import annotations

import sys

import click

from workbench import commands
from workbench.commands.answering import (
    REFUSALS,
    REFUSED,
    Answer,
    answering,
    show_progress,
    tell_refused,
)


@click.group(invoke_without_command=True)
@click.version_option(package_name="workbench")
@click.pass_context
def main(context: click.Context) -> None:
    """Restorative Workbench: pair cases, code interviews, debrief together."""
    if context.invoked_subcommand is None:
        from workbench import preferences
        from workbench.launch import open_app

        open_app(preferences.last_study())


def _require_free(
    _context: click.Context, _parameter: click.Parameter, port: int | None
) -> int | None:
    from workbench.launch import is_free

    if port is not None and not is_free(port):
        raise click.BadParameter(
            f"something else uses port {port}. Name another, or leave --port out."
        )
    return port


_PORT = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    callback=_require_free,
    help="Port to use.",
)
_NO_BROWSER = click.option("--no-browser", is_flag=True, help="Do not open a browser.")


@main.command()
@_PORT
@_NO_BROWSER
@click.option("--fresh", is_flag=True, help="Make the sample study anew.")
def demo(port: int | None, no_browser: bool, fresh: bool) -> None:
    """Make the sample study, if absent, and open the app on it."""
    from workbench.actions.sample import ensure_sample_study
    from workbench.launch import open_app

    try:
        path = ensure_sample_study(fresh=fresh, progress=show_progress("Sample study"))
    except REFUSALS as refusal:
        tell_refused(refusal.problems, as_json=False)
        sys.exit(REFUSED)
    open_app(str(path), port=port, show_browser=not no_browser)


@main.command("open")
@click.argument("study")
@_PORT
@_NO_BROWSER
def open_study(study: str, port: int | None, no_browser: bool) -> None:
    """Open the app on STUDY, a file path or a database URL."""
    from workbench.actions.studies import open_existing
    from workbench.launch import open_app

    try:
        open_existing(study).close()
    except REFUSALS as refusal:
        tell_refused(refusal.problems, as_json=False)
        sys.exit(REFUSED)
    open_app(study, port=port, show_browser=not no_browser)


@main.command()
@click.argument("study")
@click.option("--name", required=True, help="What the study is called.")
@answering
def new(study: str, name: str) -> Answer:
    """Make an empty study at STUDY."""
    from workbench.actions.studies import new_study

    new_study(study, name).close()
    answer = Answer()
    answer.stored = {"studies": 1}
    answer.lines = [f"Made the study {name}."]
    return answer


for _command in commands.ALL:
    main.add_command(_command)

if __name__ == "__main__":
    main()
