"""Commands of the cases desk: pair a study, pair any two tables."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.commands.answering import Answer, answering, opened, show_progress

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("study")
@click.option("--plan", type=_FILE, help="A plan to save and use; else the newest.")
@click.option(
    "--reason",
    default="",
    help="Why the plan is changed; needed once what came later in any pair was read.",
)
@answering
def pair(study: str, plan: Path | None, reason: str) -> Answer:
    """Find matches for the cases of STUDY; pairs already accepted stay."""
    from data.problems import DataProblem
    from workbench.actions.cases import plans
    from workbench.actions.cases.pairing import find_matches, matches_in_words
    from workbench.actions.studies import person_at_the_command_line
    from workbench.commands.import_commands import read_all

    with opened(study) as store:
        asked = None
        if plan:
            [(name, content)] = read_all([plan])
            asked = plans.read_plan_file(name, content)
            # Refused before it is saved: a refusal stores nothing at all.
            plans.require_usable(plans.pool_for(store, asked), asked)
        person = person_at_the_command_line(store)
        if asked:
            plans.save_plan(store, person, asked, reason=reason)
        pairing = find_matches(store, person, show_progress("Finding matches"))
    answer = Answer()
    account = dict(pairing.account)
    answer.stored = {"pairings": 1}
    answer.warnings = [DataProblem(**one) for one in account["warnings"]]
    answer.more = {"account": account}
    answer.lines = [matches_in_words(pairing)]
    return answer


@click.command("pair-tables")
@click.argument("contemporary", type=_FILE)
@click.argument("historic", type=_FILE)
@click.option("--plan", type=_FILE, required=True, help="A PLAN.toml.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder.")
@answering
def pair_tables(contemporary: Path, historic: Path, plan: Path, out: Path) -> Answer:
    """Pair the cases of two tables; no study is needed."""
    from workbench.actions.cases import pair_tables as action

    told = show_progress("Pairing")
    result = action.pair_tables(
        contemporary,
        historic,
        plan,
        out,
        lambda words, done, of: told(done / of if of else 1.0, words),
    )
    answer = Answer()
    answer.stored = {"pairs": result.pairs, "unpaired": result.unpaired}
    answer.warnings = list(result.warnings)
    answer.more = {
        "contemporary": result.contemporary,
        "historic": result.historic,
        "candidates": result.candidates,
        "total_distance": result.total_distance,
        "seconds": result.seconds,
        "files": [str(path) for path in result.files],
    }
    answer.lines = [f"Total distance: {result.total_distance:.4f}", f"Written to {out}"]
    return answer


COMMANDS = (pair, pair_tables)
