"""A study whose cases are read by two judges, and the people who do it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from case_desk import a_study_with_matches, ids_of

from coding.study import Person, Role
from data.judging import GivenAs
from data.pairings import SavedJudgement, SavedPairing
from data.storage import StudyStore
from matching.judging.judgement import Suitability

GOOD, CARE = Suitability.GOOD_MATCH, Suitability.USABLE_WITH_CARE
NOT, UNSURE = Suitability.NOT_COMPARABLE, Suitability.CANNOT_TELL
LETTERS = {"g": GOOD, "c": CARE, "n": NOT, "?": UNSURE}

# C1 lists H1, H4, H2 by closeness; C2 lists H3, H2; C3 nobody.
LISTED = {"C1": ("H1", "H4", "H2"), "C2": ("H3", "H2")}


@dataclass
class Desk:
    """The store, its people by name, the pairing, the ids of the cases."""

    store: StudyStore
    people: dict[str, Person]
    pairing: SavedPairing
    ids: dict[str, str]
    path: Path

    def begin(self, who: str, case: str = "C1") -> None:
        """Open a case as its first judge."""
        self.store.judging.begin(self.people[who].id, self.ids[case])

    def reads(
        self,
        who: str,
        case: str = "C1",
        words: str = "gnn",
        choice: str = "",
        part: GivenAs = GivenAs.FIRST,
        rationale: str = "Same worries, same age, same estate.",
    ) -> SavedJudgement:
        """A judgement from a word, a letter for each listed case: g, c, n or ?."""
        verdicts = {
            self.ids[reference]: LETTERS[letter]
            for reference, letter in zip(LISTED[case], words, strict=True)
        }
        chosen = self.ids[choice] if choice else ""
        return self.store.judgements.save(
            self.people[who].id,
            pairing_id=self.pairing.id,
            contemporary_id=self.ids[case],
            historic_id=chosen,
            suitability=verdicts[chosen] if chosen else NOT,
            rationale=rationale,
            seconds_taken=60,
            given_as=part,
            verdicts=verdicts,
            shown=list(verdicts),
        )

    def first(self, who: str = "Ama", case: str = "C1", **said: str) -> SavedJudgement:
        """Begin a case and judge it as the first."""
        self.begin(who, case)
        return self.reads(who, case, **said)

    def second(self, who: str = "Pat", case: str = "C1", **said: str) -> SavedJudgement:
        """Judge a case as the blind second."""
        return self.reads(who, case, part=GivenAs.SECOND, **said)

    def stage(self, who: str, case: str = "C1") -> str:
        """Where a case stands for a person."""
        (found,) = [
            one
            for one in self.store.judging.queue(self.people[who].id)
            if one.reference == case
        ]
        return found.stage.value


def read_by_two(path: Path, judges: int = 2) -> Desk:
    """The seven cases with matches, two judges set; Ama leads, Pat and Bo are
    practitioner researchers, Eve is an embedded researcher, Dee of the debrief team."""
    store, lead, pairing = a_study_with_matches(path)
    people = {"Ama": lead}
    for name, role in (
        ("Pat", Role.PRACTITIONER_RESEARCHER),
        ("Bo", Role.PRACTITIONER_RESEARCHER),
        ("Eve", Role.EMBEDDED_RESEARCHER),
        ("Dee", Role.DEBRIEF_TEAM),
    ):
        people[name] = store.study.add_person(lead.id, Person("", name, role))
    if judges != 1:
        store.judging.set_judges(lead.id, judges, seen=0)
    return Desk(store, people, pairing, ids_of(store), path / "study.sqlite")
