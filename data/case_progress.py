"""Comparing progress as a study keeps it: settings, forms, readings, verdicts.

``matching.progress`` says what they are; this adds who saved them, when, under which
version, and what one person may read of another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from matching.problems import MatchingProblem, MatchingRefused
from matching.progress.milestones import ProgressLimits
from matching.progress.reading_form import ReadingForm
from matching.progress.verdicts import (
    AreaVerdict,
    PairKind,
    PairVerdicts,
    ProgressArea,
    ProgressVerdict,
)


@dataclass(frozen=True, slots=True)
class ComparisonSettings:
    """How progress is compared in a study.

    ``is_era_shown`` is whether judges are told which case is contemporary; masked, the
    order of the two follows ``seed``. ``records_read_to`` (ISO date, '' where not said)
    is the day up to which the case files were taken from the records. ``version`` is 0
    until somebody changed them. Raises MatchingRefused for a day that is none.
    """

    is_era_shown: bool = True
    seed: int = 1
    records_read_to: str = ""
    limits: ProgressLimits = field(default_factory=ProgressLimits)
    version: int = 0

    def __post_init__(self) -> None:
        if self.records_read_to:
            try:
                date.fromisoformat(self.records_read_to)
            except ValueError:
                raise MatchingRefused(
                    [
                        MatchingProblem(
                            "the day up to which records were read is no date",
                            "Records were read up to",
                            "Choose a day, or leave it empty. Nothing was saved.",
                        )
                    ]
                ) from None

    @property
    def read_to(self) -> date | None:
        """The day up to which records were read, nothing where it is not said."""
        return (
            date.fromisoformat(self.records_read_to) if self.records_read_to else None
        )


@dataclass(frozen=True, slots=True)
class SavedForm:
    """A case-reading form under its number; 0 is the one that ships, not yet used."""

    id: str
    number: int
    form: ReadingForm
    saved_by: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CitedNote:
    """A dated note of a case file under its id, so that an answer can cite it."""

    id: str
    case_id: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadingAnswer:
    """An answer to one question and the ids of the notes it rests on.

    ``version`` is 0 for an answer that was never saved.
    """

    question_key: str
    answer: str
    note_ids: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class CaseReading:
    """One reader's reading of one file of a pair, with the form it was made with."""

    case_id: str
    reader_id: str
    reader: str
    form: SavedForm
    answers: Mapping[str, ReadingAnswer]

    @property
    def answered(self) -> int:
        """How many of the form's questions have an answer."""
        return sum(
            bool(self.answers[one.key].answer)
            for one in self.form.form.questions
            if one.key in self.answers
        )


@dataclass(frozen=True, slots=True)
class SavedVerdict:
    """A verdict on one area as kept: by whom, when, under which version."""

    said: AreaVerdict
    saved_by: str
    saved_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class JudgesPlace:
    """A place at a pair: who has it and whether they are through.

    ``verdicts`` are nothing where the person who asks may not read them yet, which is
    not the same as empty.
    """

    number: int
    judge_id: str
    judge: str
    was_era_shown: bool
    begun_at: datetime
    finished_at: datetime | None
    verdicts: Mapping[ProgressArea, SavedVerdict] | None


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """How far the comparison of one pair is, as one person may read it.

    ``places`` are those of the two judges, ``together`` what they settled afterwards.
    """

    contemporary_id: str
    historic_id: str
    kind: PairKind = PairKind.BETWEEN_CASES
    places: tuple[JudgesPlace, ...] = ()
    together: JudgesPlace | None = None

    @property
    def are_both_through(self) -> bool:
        """Whether two people have judged every area, apart from each other."""
        return len([one for one in self.places if one.finished_at]) == 2

    def place_of(self, person_id: str) -> JudgesPlace | None:
        """The place a person has at this pair, or nothing."""
        return next((one for one in self.places if one.judge_id == person_id), None)

    @property
    def has_free_place(self) -> bool:
        """Whether one more person can judge it."""
        return len(self.places) < 2


@dataclass(frozen=True, slots=True)
class ComparedResult:
    """A pair both judges are through with, by reference, with everything said of it."""

    contemporary: str
    historic: str
    pair: ComparedPair

    @property
    def verdicts(self) -> PairVerdicts:
        """The bare verdicts, for counting."""
        first, second = (_bare(place) for place in self.pair.places)
        settled = _bare(self.pair.together) if self.pair.together else {}
        return PairVerdicts(
            f"{self.contemporary} and {self.historic}",
            self.pair.kind,
            first,
            second,
            settled,
        )


def _bare(place: JudgesPlace) -> dict[ProgressArea, ProgressVerdict]:
    return {area: one.said.verdict for area, one in (place.verdicts or {}).items()}
