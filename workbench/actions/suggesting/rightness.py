"""How often the machine was right: counted by code, coder and month, as tables."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from coding.study import Person
from coding.suggestions.suggestion import Strength
from coding.trusting.rates import Decided, Outcome, Tally, tallies, tally
from data.coding_records import RejectedBecause, StoredSuggestion
from data.exporters.report_document import ReportTable
from data.exporters.table_file import table_as_csv, table_as_xlsx
from data.storage import StudyStore
from data.storage.suggesting.decision_records import ListedSuggestion
from workbench.actions.together.reports import note_report
from workbench.wording import counted

ABOUT = (
    "A suggestion counts as right where its code was taken over, on its own words or "
    "on others.",
    "Rates rest on what people decided on. Where the likely ones were looked at first, "
    "those that wait may be right less often.",
    "Transcripts that you code blind, or that were drawn to be coded without "
    "suggestions, are left out.",
)
_COUNTS = ("Proposed", "As they were", "Other edges", "Another code", "Rejected")
NOBODY_YET = "Nobody yet"


@dataclass(frozen=True, slots=True)
class Rightness:
    """What became of all suggestions a person may see, in groups by name."""

    overall: Tally
    by_code: dict[str, Tally]
    by_coder: dict[str, Tally]
    by_month: dict[str, Tally]
    by_strength: dict[str, Tally]
    listed: tuple[ListedSuggestion, ...]

    @property
    def in_words(self) -> str:
        """How many there were and how often they were right."""
        if not self.overall.proposed:
            return "No suggestions have been made yet."
        waiting = self.overall.counts[Outcome.WAITING]
        return (
            f"{counted(self.overall.proposed, 'suggestion')} so far, "
            f"{self.overall.decided:,} decided and {waiting:,} waiting. "
            f"{self.overall.in_words}"
        )


def rightness(store: StudyStore, person: Person) -> Rightness:
    """What became of the study's suggestions, as far as this person may see."""
    listed = store.deciding.listed(reader_id=person.id)

    def by(name: Callable[[ListedSuggestion], str]) -> dict[str, Tally]:
        pairs: list[tuple[Hashable, Decided]] = [
            (name(one), decided_of(one.stored)) for one in listed
        ]
        return {str(group): found for group, found in tallies(pairs).items()}

    by_month = by(_month)
    in_order = [one.in_words for one in Strength]
    by_strength = by(lambda one: one.stored.suggestion.strength.in_words)
    return Rightness(
        tally(decided_of(one.stored) for one in listed),
        dict(sorted(by(lambda one: one.code_name).items(), key=_most_decided)),
        dict(sorted(by(lambda one: one.decider or NOBODY_YET).items())),
        {month: by_month[month] for month in sorted(by_month, reverse=True)},
        {one: by_strength[one] for one in in_order if one in by_strength},
        tuple(listed),
    )


def decided_of(stored: StoredSuggestion) -> Decided:
    """What became of a suggestion, for counting."""
    if stored.status == "accepted":
        return Decided(
            Outcome.OTHER_EDGES if stored.has_other_edges else Outcome.AS_IT_WAS
        )
    if stored.status == "replaced":
        return Decided(Outcome.ANOTHER_CODE)
    if stored.status == "rejected":
        return Decided(Outcome.REJECTED, stored.because)
    return Decided(Outcome.WAITING)


def table_by(heading: str, groups: dict[str, Tally]) -> ReportTable:
    """One row a group: what became of its suggestions, how often they were right."""
    rows = []
    for name, found in groups.items():
        counts = found.counts
        numbers = [
            found.proposed,
            counts[Outcome.AS_IT_WAS],
            counts[Outcome.OTHER_EDGES],
            counts[Outcome.ANOTHER_CODE],
            counts[Outcome.REJECTED],
            counts[Outcome.WAITING],
        ]
        rows.append((name, *map(str, numbers), found.in_words))
    return ReportTable(
        f"Suggestions by {heading.lower()}",
        (heading, *_COUNTS, "Waiting", "How often right"),
        tuple(rows),
        number_columns=tuple(range(1, 7)),
    )


def reasons_table(found: Rightness) -> ReportTable:
    """Why suggestions were rejected, by code; those without a reason too."""
    rows = []
    for code, one in found.by_code.items():
        for reason, number in one.reasons.most_common():
            rows.append((code, reason_in_words(reason), str(number)))
    return ReportTable(
        "Why they were rejected", ("Code", "Reason", "Rejected"), tuple(rows), (2,)
    )


def reason_in_words(reason: str) -> str:
    """A set reason as a person reads it."""
    return RejectedBecause(reason).in_words if reason else "No reason given"


def decisions_table(listed: Sequence[ListedSuggestion]) -> ReportTable:
    """Every decision: who, when, as what, how it was shown, by which engine."""
    rows = []
    for one in listed:
        stored, proposed = one.stored, one.stored.suggestion
        decided = decided_of(stored)
        if decided.outcome is Outcome.WAITING:
            continue
        other = one.instead_name if decided.outcome is Outcome.ANOTHER_CODE else ""
        rows.append(
            (
                stored.decided_at.date().isoformat() if stored.decided_at else "",
                one.decider,
                one.source_name,
                str(proposed.turn_number),
                one.code_name,
                decided.outcome.value,
                other,
                reason_in_words(decided.because) if decided.because else "",
                stored.because_words,
                proposed.strength.in_words,
                "" if stored.probability is None else f"{stored.probability:.3f}",
                str(proposed.rank),
                stored.shown,
                stored.engine,
            )
        )
    return ReportTable(
        "Decisions on suggestions",
        (
            *("Day", "Coder", "Transcript", "Turn", "Code suggested", "Decision"),
            *("Code given instead", "Reason", "In their words", "Strength shown"),
            *("Probability", "Rank in its passage", "How it was shown", "Engine"),
        ),
        tuple(rows),
        number_columns=(3, 10, 11),
    )


def rightness_file(
    store: StudyStore, person: Person, found: Rightness, ending: str
) -> bytes:
    """The tables as ``.xlsx``, or that by code as ``.csv``; leaves an audit line."""
    by_code = table_by("Code", found.by_code)
    if ending == ".csv":
        content = table_as_csv(by_code)
    else:
        content = table_as_xlsx(
            by_code,
            "By code",
            (
                ("By coder", table_by("Coder", found.by_coder)),
                ("By month", table_by("Month", found.by_month)),
                ("By strength", table_by("Strength", found.by_strength)),
                ("Why rejected", reasons_table(found)),
                ("Decisions", decisions_table(found.listed)),
            ),
            about=(found.in_words, *ABOUT),
        )
    note_report(store, person, "how often suggestions were right", ending)
    return content


def _month(one: ListedSuggestion) -> str:
    at = one.stored.decided_at
    return f"{at:%Y-%m}" if at else NOBODY_YET


def _most_decided(group: tuple[str, Tally]) -> tuple[int, str]:
    return (-group[1].decided, group[0].casefold())
