"""Debriefs as they are read: who met, what was agreed and not, what was taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coding.study import Wave
from data.storage.debriefs.hypothesis_records import HypothesisStatus


class DebriefForm(StrEnum):
    """What kind of meeting it was; the value is how it is stored and shown."""

    DEBRIEF = "debrief"
    LEARNING_CIRCLE = "learning circle"

    @property
    def in_words(self) -> str:
        """The form as a heading names it.

        >>> DebriefForm.LEARNING_CIRCLE.in_words
        'Learning circle'
        """
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Attender:
    """Somebody who took part, by the name they had then.

    ``person_id`` is empty for a guest, and for who has left the study since.
    """

    name: str
    role: str = ""
    person_id: str = ""

    @property
    def in_words(self) -> str:
        """Name and role.

        >>> Attender("Kim", "Team manager").in_words
        'Kim (team manager)'
        """
        role = f"{self.role[:1].lower()}{self.role[1:]}"
        return f"{self.name} ({role})" if role else self.name


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a record; a debrief has notes, a learning circle the other four."""

    notes: str = ""
    heard: str = ""
    means: str = ""
    will_try: str = ""
    who_tries: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which meeting a record is of: form, day (ISO), waves by id, who took part."""

    form: DebriefForm
    held_on: str
    wave_ids: tuple[str, ...] = ()
    person_ids: tuple[str, ...] = ()
    guests: tuple[Attender, ...] = ()


@dataclass(frozen=True, slots=True)
class Discussed:
    """A hypothesis on the table of a debrief, and what was agreed on it.

    ``statement`` and ``status`` are those of now in a draft, those of the day it was
    closed in closed minutes.
    """

    id: str
    hypothesis_id: str
    number: int
    statement: str
    status: HypothesisStatus
    agreed: str
    version: int

    @property
    def label(self) -> str:
        """How the hypothesis is cited: H1, H2 and so on."""
        return f"H{self.number}"


@dataclass(frozen=True, slots=True)
class Dissent:
    """What somebody did not agree with and why, as they said it.

    ``hypothesis_id`` is empty where it is about something else in the minutes.
    ``written_by`` is another where it was written down for them. ``is_later`` marks
    one added after the minutes were closed.
    """

    id: str
    hypothesis_id: str
    name: str
    role: str
    what: str
    why: str
    written_by: str
    written_at: datetime
    is_later: bool
    version: int
    person_id: str = ""
    written_by_id: str = ""

    @property
    def whose(self) -> str:
        """Who dissents, with their role, and who wrote it down if somebody else did."""
        said = Attender(self.name, self.role).in_words
        if self.written_by == self.name:
            return said
        return f"{said}, written down by {self.written_by}"


@dataclass(frozen=True, slots=True)
class DebriefNote:
    """A note to the minutes; ``is_later`` marks an addition after they were closed."""

    text: str
    written_by: str
    written_at: datetime
    is_later: bool


@dataclass(frozen=True, slots=True)
class DebriefAction:
    """What somebody will do; ``due_on`` and ``done_on`` are ISO dates or empty."""

    id: str
    what: str
    owner: str
    due_on: str
    done_on: str
    debrief_id: str
    debrief_number: int
    version: int
    owner_id: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return not self.done_on


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action about to be recorded; an owner without id is one by name alone."""

    what: str
    owner_id: str = ""
    owner: str = ""
    due_on: str = ""


@dataclass(frozen=True, slots=True)
class Debrief:
    """The record of one meeting; closed minutes are sealed and only added to.

    ``decisions`` are numbers of the codebook's decision log, ``carried`` the actions of
    earlier meetings that were open on the day.
    """

    id: str
    number: int
    form: DebriefForm
    held_on: str
    texts: Texts
    begun_by: str
    closed_by: str
    closed_at: datetime | None
    version: int
    waves: tuple[Wave, ...] = ()
    attended: tuple[Attender, ...] = ()
    discussed: tuple[Discussed, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    notes: tuple[DebriefNote, ...] = ()
    decisions: tuple[int, ...] = ()
    actions: tuple[DebriefAction, ...] = ()
    carried: tuple[DebriefAction, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether the minutes are sealed."""
        return self.closed_at is not None

    def was_there(self, person_id: str) -> bool:
        """Whether a person of the study took part."""
        return any(one.person_id == person_id for one in self.attended)

    def dissents_on(self, hypothesis_id: str) -> tuple[Dissent, ...]:
        """Dissent about a hypothesis, or with '' about everything else."""
        return tuple(one for one in self.dissents if one.hypothesis_id == hypothesis_id)
