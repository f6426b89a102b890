"""The command that erases what a participant or a family gave."""

from __future__ import annotations

import click

from workbench.commands.answering import Answer, answering, opened, show_progress

_REASONS = {
    "person-asked": "PERSON_ASKED",
    "parent-asked": "PARENT_ASKED",
    "no-consent": "NO_CONSENT",
    "keeping-ended": "KEEPING_ENDED",
    "wrong-material": "WRONG_MATERIAL",
    "court-or-council": "COURT_OR_COUNCIL",
}


@click.command()
@click.argument("study")
@click.option("--case", "case", default="", help="The case's reference or id.")
@click.option("--participant", default="", help="The pseudonym or id.")
@click.option("--source", default="", help="The source's name or id.")
@click.option(
    "--reason",
    type=click.Choice(list(_REASONS)),
    default="person-asked",
    show_default=True,
    help="Why; kept in the audit trail.",
)
@click.option("--yes", is_flag=True, help="Erase; without it the list alone is shown.")
@answering
def erase(
    study: str, case: str, participant: str, source: str, reason: str, yes: bool
) -> Answer:
    """List what erasing touches in STUDY; with --yes, erase it for good.

    There is no way back but a backup.
    """
    from data.people_rights.withdrawal import Kind, Reason
    from workbench.actions.rights import withdrawing
    from workbench.actions.studies import person_at_the_command_line

    asked = {Kind.CASE: case, Kind.PARTICIPANT: participant, Kind.SOURCE: source}
    named = [(kind, name) for kind, name in asked.items() if name]
    if len(named) != 1:
        raise click.UsageError(
            "Name one thing to erase: --case, --participant or --source."
        )
    answer = Answer()
    with opened(study) as store:
        about = store.withdrawals.find(*named[0])
        person = person_at_the_command_line(store)
        progress = show_progress("Erasing" if yes else "Listing")
        listing = withdrawing.list_what_it_touches(
            store, person, about, progress=None if yes else progress
        )
        answer.more = {**withdrawing.listing_as_values(listing), "erased": yes}
        answer.lines = [
            f"{about.in_words}",
            *map(withdrawing.touched_in_words, listing.touched),
            *listing.overlapping,
            *listing.stays,
        ]
        if not yes:
            answer.lines += withdrawing.backups_in_words(
                listing.backups, listing.copies
            )
            answer.lines.append("Nothing was erased. Add --yes to erase it for good.")
            return answer
        erased = withdrawing.erase(
            store,
            person,
            about,
            Reason[_REASONS[reason]],
            about.label,
            progress=progress,
        )
        answer.stored = dict(erased.counts)
        answer.more["is_overwritten"] = erased.is_overwritten
        answer.lines += withdrawing.erased_in_words(erased, about)
    return answer


COMMANDS = (erase,)
