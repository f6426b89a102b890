"""A pair whose files are open, the people who compare it, and verdicts on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from case_desk import a_study_with_matches, ids_of

from coding.study import Person, Role
from data.case_progress import ComparisonSettings
from data.storage import StudyStore
from matching.progress.verdicts import AreaVerdict, ProgressArea, ProgressVerdict
from workbench.actions.cases.judging import judge, open_files

READ_TO = "2025-06-30"
"""C1 was referred on 14 May 2024, 412 days before; H1 on 10 May 2023."""

LETTERS = {
    "C": ProgressVerdict.CONTEMPORARY,
    "N": ProgressVerdict.NO_DIFFERENCE,
    "H": ProgressVerdict.HISTORIC,
    "?": ProgressVerdict.CANNOT_TELL,
}


@dataclass
class OpenPair:
    """C1 beside H1, locked and opened by the lead, who is the first of two judges."""

    store: StudyStore
    lead: Person
    second: Person
    third: Person
    researcher: Person
    contemporary_id: str
    historic_id: str
    path: Path

    @property
    def ids(self) -> tuple[str, str]:
        """The contemporary and the historic case."""
        return self.contemporary_id, self.historic_id

    def say(self, person: Person, letters: str, *, finish: bool = True) -> None:
        """Save a verdict for each letter, in the order of the areas."""
        own = self.store.verdicts.pair(person.id, *self.ids).place_of(person.id)
        seen = (
            {a: one.version for a, one in (own.verdicts or {}).items()} if own else {}
        )
        self.store.verdicts.save(
            person.id, *self.ids, said(letters), seen=seen, and_finish=finish
        )


def said(letters: str) -> list[AreaVerdict]:
    """One verdict for each letter in the order of the areas; a dot leaves one out."""
    return [
        AreaVerdict(area, LETTERS[letter], f"Seen in the notes: {letter}.")
        for area, letter in zip(ProgressArea, letters, strict=False)
        if letter != "."
    ]


def a_judged_pair(
    path: Path, *, opened: bool = True, read_to: str = READ_TO
) -> OpenPair:
    """C1 judged with H1 by the lead; both files opened unless said otherwise.

    ``read_to`` is the day up to which records were read, '' for a study that does not
    say; the day that is usual lets all eight areas be seen.
    """
    store, lead, pairing = a_study_with_matches(path)
    ids = ids_of(store)
    saved = judge(
        store,
        lead,
        pairing.id,
        ids["C1"],
        decision=ids["H1"],
        suitability="good_match",
        rationale="Both seven and neglected.",
    )
    if opened:
        open_files(store, lead, saved)
    if read_to:
        settings = ComparisonSettings(records_read_to=read_to)
        store.comparison.save_settings(lead.id, settings)
    second, third, researcher = (
        store.study.add_person(lead.id, Person("", name, role))
        for name, role in (
            ("Ben", Role.PRACTITIONER_RESEARCHER),
            ("Cleo", Role.PRACTITIONER_RESEARCHER),
            ("Dina", Role.EMBEDDED_RESEARCHER),
        )
    )
    return OpenPair(
        store,
        lead,
        second,
        third,
        researcher,
        ids["C1"],
        ids["H1"],
        path / "study.sqlite",
    )
