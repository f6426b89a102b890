"""An interview that two people code, given to them by the study lead."""

from __future__ import annotations

from interview_desk import a_desk, code_words

from data.rights import Right
from data.storage import StudyStore
from data.tables import AssignmentRow

PRIYAS, TOMS = ("The same worker", "came every week"), ("same worker", "she asked")


def given_blind(store: StudyStore) -> tuple[str, str, str]:
    """Source, Same worker, Being heard; given blind to priya and tom, nothing coded."""
    source, same, heard = a_desk(store)
    for coder in ("priya", "tom"):
        store.coders.give("lead", [source], coder, blind=True)
    return source, same, heard


def as_coded_blind(store: StudyStore, source_id: str) -> None:
    """Makes a source one that priya and tom are coding blind, whatever they coded.

    Written as rows: whoever coded openly before is never given a blind pass.
    """
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        for coder in ("priya", "tom"):
            writing.session.add(
                AssignmentRow(
                    source_id=source_id, coder_id=coder, is_blind=True, given_by="lead"
                )
            )
        writing.record("source given", "source", source_id)


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
