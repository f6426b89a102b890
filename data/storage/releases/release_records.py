"""Releases as they are asked for and read: files, counts, choices, who, when, why."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from data.disclosure.counts import CellKey
from data.disclosure.rules import DisclosureRule, Totals


class ReleaseState(StrEnum):
    """Where a request stands; the value is also how it is stored and said."""

    ASKED = "asked for"
    SENT_BACK = "sent back"
    TAKEN_BACK = "taken back"
    RELEASED = "released"


class WordChoice(StrEnum):
    """What is done with words that may leave; the value is also how it is stored."""

    ACCEPT = "as they are"
    COARSEN = "made coarser"
    LEAVE_OUT = "left out"


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """The study's rule for small numbers, since when and by whom.

    ``number`` is 0 where nobody set one; then a rule of the workbench's own stands.
    """

    number: int
    rule: DisclosureRule
    reason: str = ""
    set_by: str = ""
    set_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeavingCount:
    """A count of a release: the number behind it, what is shown, why it is hidden."""

    key: CellKey
    true: int
    shown: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceMade:
    """What the requester decided on a piece of words, and what had been found in it.

    ``kind`` and ``thing_id`` name a quotation's evidence, a finding, a code.
    """

    kind: str
    thing_id: str
    choice: WordChoice
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is to leave, byte for byte."""

    name: str
    content: bytes

    @property
    def ending(self) -> str:
        """The ending of its name, with the dot."""
        return f".{self.name.rpartition('.')[2]}"


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What the files were made from, to tell whether it still stands.

    ``findings`` gives versions by id; ``evidence`` kind, id and what was kept of it;
    ``quoted`` the participants whose words are printed; ``last_release`` the number
    of the last release then; ``outcomes`` versions of statements on outcomes, by id.
    """

    findings: Mapping[str, int]
    evidence: tuple[tuple[str, str, Mapping[str, Any]], ...] = ()
    quoted: tuple[str, ...] = ()
    last_release: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewRelease:
    """A request that something may leave: files, and all that was decided on them."""

    purpose: str
    setting: RuleSetting
    files: tuple[NewFile, ...]
    counts: tuple[LeavingCount, ...]
    choices: tuple[ChoiceMade, ...]
    rests_on: RestsOn


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a release; ``is_kept`` says whether its content still lies here."""

    name: str
    ending: str
    sha256: str
    size: int
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class Release:
    """One request and what became of it.

    ``counts`` and ``choices`` are given to its requester alone; ``hidden`` says to
    everybody how many counts are hidden.
    """

    id: str
    number: int
    state: ReleaseState
    rule: DisclosureRule
    purpose: str
    files: tuple[KeptFile, ...]
    hidden: int
    asked_by_id: str
    asked_by: str
    asked_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    opened_by: tuple[str, ...] = ()
    counts: tuple[LeavingCount, ...] = field(default=())
    choices: tuple[ChoiceMade, ...] = field(default=())
    version: int = 1

    @property
    def waits(self) -> bool:
        """Whether somebody still has to decide on it."""
        return self.state is ReleaseState.ASKED


def hash_of_file(content: bytes) -> str:
    """What is kept of a file to tell later that it is the same, byte for byte."""
    return hashlib.sha256(content).hexdigest()


def rule_as_values(rule: DisclosureRule) -> dict[str, Any]:
    """The rule as it is stored."""
    return {
        "name": rule.name,
        "threshold": rule.threshold,
        "shows_zero": rule.shows_zero,
        "rounded_to": rule.rounded_to,
        "totals": rule.totals.value,
        "small_group": rule.small_group,
        "hidden_as": rule.hidden_as,
        "source": rule.source,
    }


def rule_from_values(values: Mapping[str, Any]) -> DisclosureRule:
    """The rule as it was stored."""
    return DisclosureRule(**{**values, "totals": Totals(values["totals"])})
