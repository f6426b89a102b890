"""Releases between their rows and the values others read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from data.disclosure.protection import EarlierRelease
from data.storage.releases.release_records import (
    ChoiceMade,
    KeptFile,
    LeavingCount,
    Release,
    ReleaseState,
    RestsOn,
    WordChoice,
    rule_from_values,
)
from data.tables import ReleaseFileRow, ReleaseRow


def counts_as_values(counts: Sequence[LeavingCount]) -> list[list[Any]]:
    """Counts as they are stored: key, number behind, shown, why."""
    return [[list(one.key), one.true, one.shown, one.why] for one in counts]


def rests_on_as_values(rests_on: RestsOn, rule_number: int) -> dict[str, Any]:
    """What a release rests on, as it is stored."""
    return {
        "findings": dict(rests_on.findings),
        "evidence": [[kind, one, dict(kept)] for kind, one, kept in rests_on.evidence],
        "quoted": sorted(set(rests_on.quoted)),
        "last_release": rests_on.last_release,
        "outcomes": dict(rests_on.outcomes),
        "rule_number": rule_number,
    }


def earlier_of(row: ReleaseRow) -> EarlierRelease:
    """A release that left, as later counts are compared with it."""
    counts = _counts(row)
    return EarlierRelease(
        f"Release {row.number}",
        {one.key: one.shown for one in counts},
        {one.key: one.true for one in counts},
        rule_from_values(row.rule),
    )


def as_release(
    row: ReleaseRow,
    files: Sequence[ReleaseFileRow],
    names: Mapping[str, str],
    reader_id: str,
) -> Release:
    """A release as this person may read it: what is hidden is its requester's alone."""
    counts = _counts(row)
    is_own = row.asked_by == reader_id
    return Release(
        row.id,
        row.number,
        ReleaseState(row.state),
        rule_from_values(row.rule),
        row.purpose,
        tuple(
            KeptFile(f.name, f.ending, f.sha256, f.size, f.content is not None)
            for f in files
        ),
        sum(one.shown is None for one in counts),
        row.asked_by,
        names.get(row.asked_by, ""),
        row.asked_at,
        names.get(row.decided_by or "", ""),
        row.decided_at,
        row.reason,
        tuple(row.opened_by),
        tuple(counts) if is_own else (),
        tuple(_choices(row)) if is_own else (),
        row.version,
    )


def _counts(row: ReleaseRow) -> list[LeavingCount]:
    return [
        LeavingCount(tuple(key), true, shown, why)
        for key, true, shown, why in row.counts
    ]


def _choices(row: ReleaseRow) -> list[ChoiceMade]:
    return [
        ChoiceMade(kind, thing, WordChoice(choice), tuple(found))
        for kind, thing, choice, found in row.choices
    ]
