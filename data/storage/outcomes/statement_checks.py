"""What keeps a statement on an outcome from being, or staying, final."""

from __future__ import annotations

from data.problems import DataProblem
from data.storage.evidence.evidence_records import Stance
from data.storage.outcomes.statement_records import (
    Level,
    OutcomeRead,
    reference_of,
    rests_on,
)

_NOT_FINAL = "It stays a draft until then."


def what_stops(read: OutcomeRead) -> list[DataProblem]:
    """Everything that must be answered first, all at once."""
    return [
        *_not_written(read),
        *_level_and_evidence(read),
        *_missing(read),
        *_one_sided(read),
        *_not_mentioned(read),
        *_changed_since(read),
    ]


def _stop(found: str, where: str, do_next: str) -> DataProblem:
    return DataProblem(found, where, f"{do_next} {_NOT_FINAL}")


def _not_written(read: OutcomeRead) -> list[DataProblem]:
    problems = []
    if read.statement.words.level is None:
        problems.append(
            _stop("Nobody chose a level.", "Level", "Choose one of the scale.")
        )
    if not read.statement.words.statement:
        problems.append(
            _stop(
                "Nobody wrote what the evidence says.",
                "Statement",
                "Write it in your own words.",
            )
        )
    return problems


def _level_and_evidence(read: OutcomeRead) -> list[DataProblem]:
    level = read.statement.words.level
    if level is None:
        return []
    stances = {one.stance for one in read.evidence} - {Stance.CONTEXT}
    if level is Level.NONE_YET:
        if not stances:
            return []
        return [
            _stop(
                "It says none yet, and evidence is linked.",
                "Level",
                "Choose the level that fits what is linked.",
            )
        ]
    if not stances & {Stance.SUPPORTS, Stance.MIXED}:
        found = (
            "all evidence linked speaks against it"
            if stances
            else "no evidence is linked"
        )
        return [
            _stop(
                f"It says {level.value}, and {found}.",
                "Level",
                "Link what it rests on, or choose another level.",
            )
        ]
    if level is Level.MIXED and not (
        Stance.MIXED in stances or {Stance.SUPPORTS, Stance.AGAINST} <= stances
    ):
        return [
            _stop(
                "It says mixed, and nothing linked speaks against it.",
                "Level",
                "Link what speaks against it, or choose another level.",
            )
        ]
    alone = [one for one in read.one_sided() if one.startswith("one strand")]
    if level is Level.STRONG and alone:
        return [
            _stop(
                f"It says strong, and rests on {alone[0]}.",
                "Level",
                "Link another strand, or choose another level.",
            )
        ]
    return []


def _missing(read: OutcomeRead) -> list[DataProblem]:
    said = read.statement.missing_told if read.statement.words.missing else frozenset()
    left = [one.value for one in read.missing() if one.value not in said]
    if not left:
        return []
    return [
        _stop(
            f"No evidence from: {', '.join(left)}.",
            "What is missing",
            "Say there what to make of that: not looked at, nothing found, or not "
            "gathered.",
        )
    ]


def _one_sided(read: OutcomeRead) -> list[DataProblem]:
    has_words = bool(read.statement.words.limitations)
    said = read.statement.limits_told if has_words else frozenset()
    left = [one for one in read.one_sided() if one not in said]
    if not left:
        return []
    return [
        _stop(
            f"The evidence is from {'; '.join(left)}.",
            "Limitations",
            "Say there what that means for the statement.",
        )
    ]


def _not_mentioned(read: OutcomeRead) -> list[DataProblem]:
    return [
        _stop(
            f"{reference_of(one)} speaks "
            f"{'partly ' if one.stance is Stance.MIXED else ''}against it and is not "
            "mentioned.",
            f"Evidence against, {one.now.name}" if one.now.name else "Evidence against",
            "Answer it where it stands, or cite its reference in the statement.",
        )
        for one in read.not_mentioned()
    ]


def _changed_since(read: OutcomeRead) -> list[DataProblem]:
    problems = [
        _stop(
            one.warning,
            f"Evidence, {one.now.name}" if one.now.name else "Evidence",
            "Read it again and keep it as it stands now, or take the link away.",
        )
        for one in read.evidence
        if not one.stands
    ]
    statement = read.statement
    if statement.is_final and rests_on(read.evidence) != statement.rested_on:
        problems.append(
            DataProblem(
                "Evidence was linked or taken away since it was made final.",
                "Evidence",
                "Take it back to draft, read it again, and make it final anew.",
            )
        )
    return problems
