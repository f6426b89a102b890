"""Names put on the list by hand, one or many at once."""

from __future__ import annotations

from coding.pseudonyms.names import ListedName, NameKind
from coding.study import Person
from data.problems import DataProblem, DataRefused
from data.storage import StudyStore
from workbench.actions.pseudonyms.reviewing import BY_HAND, NOTHING_CHANGED, confirm


def add_by_hand(
    store: StudyStore, person: Person, lines: str, kind: NameKind
) -> list[ListedName]:
    """The names added: one a line, each as ``name``, ``name = pseudonym``.

    Commas after the name part nicknames from it: ``Name, Nickname = Pseudonym``. Names
    before one that is refused stay added; the refusal says how many they are.
    """
    wanted = [line for line in lines.splitlines() if line.strip()]
    if not wanted:
        raise DataRefused(
            [
                DataProblem(
                    "No name is written.",
                    "Names, one a line",
                    f"Write at least one. {NOTHING_CHANGED}",
                )
            ]
        )
    added: list[ListedName] = []
    for number, line in enumerate(wanted, start=1):
        names, _, pseudonym = line.partition("=")
        name, *nicknames = [part.strip() for part in names.split(",")]
        try:
            added.append(
                confirm(
                    store,
                    person,
                    ListedName("", kind, name, pseudonym, tuple(nicknames)),
                    came_from=BY_HAND,
                )
            )
        except DataRefused as refusal:
            raise DataRefused(
                DataProblem(
                    one.found,
                    f"Line {number}",
                    one.do_next.replace(NOTHING_CHANGED, "").strip()
                    + f" {_kept(len(added))}",
                )
                for one in refusal.problems
            ) from refusal
    return added


def _kept(added: int) -> str:
    if not added:
        return NOTHING_CHANGED
    return f"The {added} before it {'is' if added == 1 else 'are'} on the list."
