"""Case files as they are stored and read back, at referral or whole.

Two views that never mix: :class:`CaseAtReferral` holds what was known on the day of
referral and is open to everyone who judges; :class:`CaseFile` holds all that came after
and is given out only once a judgement stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.sampling_records import SamplingSaved
from matching.case_records import CaseEvent, CaseField, CaseNote
from matching.cases import Era, KnownAt


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases, events and notes a study holds."""

    contemporary: int = 0
    historic: int = 0
    events: int = 0
    notes: int = 0

    @property
    def cases(self) -> int:
        """The cases of both eras together."""
        return self.contemporary + self.historic


@dataclass(frozen=True, slots=True)
class CasesSaved:
    """What one import added, and what of it the study held already."""

    cases: int
    events: int
    notes: int
    contemporary: int = 0
    historic: int = 0
    already_there: int = 0
    unmarked_fields: tuple[CaseField, ...] = ()
    sampling: SamplingSaved = SamplingSaved()


@dataclass(frozen=True, slots=True)
class FieldInUse:
    """A field of the stored cases, and for how many of them a value is known."""

    field: CaseField
    filled: int

    @property
    def may_be_marked(self) -> bool:
        """Whether a person may change when the field is known."""
        return self.field.name not in ALWAYS_OUTCOMES


_MOMENTS = (KnownAt.AT_REFERRAL, KnownAt.DURING)


def shows_earlier(was: KnownAt, known: KnownAt) -> bool:
    """Whether a new mark lets a field be seen or used before it could be until now.

    A field that is not marked is used nowhere before a judgement, as an outcome is.

    >>> shows_earlier(KnownAt.UNMARKED, KnownAt.DURING)
    True
    >>> shows_earlier(KnownAt.AT_REFERRAL, KnownAt.OUTCOME)
    False
    """
    return known in _MOMENTS and (
        was not in _MOMENTS or _MOMENTS.index(known) < _MOMENTS.index(was)
    )


ALWAYS_OUTCOMES = ("closed_date", "closure_reason")
"""Fields that say how a case ended, whatever a study would like them to be."""


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One field of one case and its value as recorded, '' for a gap."""

    field: CaseField
    value: str


@dataclass(frozen=True, slots=True)
class CaseAtReferral:
    """A case as it was known on the day of referral, and nothing of later.

    ``facts`` follow the order of the fields and include gaps and the derived age;
    ``notes`` are those dated up to the referral.
    """

    id: str
    reference: str
    era: Era
    referral_date: str
    facts: tuple[CaseFact, ...]
    notes: tuple[CaseNote, ...]

    def value(self, field_name: str) -> str:
        """The value of a field, '' where it is not known or not there."""
        return next(
            (fact.value for fact in self.facts if fact.field.name == field_name), ""
        )


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything recorded about a case: facts of every mark, events, notes."""

    id: str
    reference: str
    era: Era
    referral_date: str
    facts: tuple[CaseFact, ...]
    events: tuple[CaseEvent, ...]
    notes: tuple[CaseNote, ...]

    def facts_known(self, known: KnownAt) -> tuple[CaseFact, ...]:
        """The facts that came to be known at one stage, gaps included."""
        return tuple(fact for fact in self.facts if fact.field.known == known)

    @property
    def later_notes(self) -> tuple[CaseNote, ...]:
        """The notes dated after the referral; all of them where it is undated."""
        return tuple(n for n in self.notes if n.date > self.referral_date)


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case in a list: reference, era, and values known at referral by field."""

    id: str
    reference: str
    era: Era
    values: Mapping[str, str] = field(default_factory=dict)
