"""An interview that two people code, given to them by the study lead."""

from __future__ import annotations

from interview_desk import a_desk, code_words

from data.storage import StudyStore

PRIYAS, TOMS = ("The same worker", "came every week"), ("same worker", "she asked")


def given_blind(store: StudyStore) -> tuple[str, str, str]:
    """Source, Same worker, Being heard; given blind to priya and tom, nothing coded."""
    source, same, heard = a_desk(store)
    for coder in ("priya", "tom"):
        store.coders.give("lead", [source], coder, blind=True)
    return source, same, heard


def both_through(store: StudyStore) -> tuple[str, str, str]:
    """Both have coded it blind and are done.

    Alike: "came every week" as Same worker. Other edges: "The same worker". Different
    codes: "she asked" as Being heard by priya, as Same worker by tom.
    """
    source, same, heard = given_blind(store)
    for coder, words, code in (
        ("priya", "The same worker", same),
        ("tom", "same worker", same),
        ("priya", "came every week", same),
        ("tom", "came every week,", same),
        ("priya", "she asked", heard),
        ("tom", "and she asked", same),
    ):
        store.coding.apply(coder, source, [code_words(words, code)])
    for coder in ("priya", "tom"):
        store.coders.finish(coder, source)
    return source, same, heard
