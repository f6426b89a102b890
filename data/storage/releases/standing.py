"""Whether what a release was made from still stands as it was then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from data.problems import DataProblem
from data.storage.evidence.evidence_records import (
    EvidenceChange,
    EvidenceKind,
    StateNow,
)
from data.storage.evidence.evidence_states import became, states_now
from data.storage.evidence.evidence_storage import evidence_held_by
from data.storage.findings.finding_records import what_stops
from data.storage.findings.findings_storage import final_findings
from data.storage.outcomes.statement_storage import read_outcomes
from data.storage.releases.quoting import may_not_be_quoted

_ASK_AGAIN = "Send it back, and let it be asked for anew. Nothing was released."


def findings_changed(session: Session, versions: Mapping[str, int]) -> bool:
    """Whether a finding of these versions was changed, or does not stand any longer."""
    final = {one.id: one for one in final_findings(session)}
    if any(
        one_id not in final or final[one_id].version != version
        for one_id, version in versions.items()
    ):
        return True
    kept = [final[one_id] for one_id in versions]
    evidence = evidence_held_by(session, [one.holder for one in kept], None)
    return any(what_stops(one, evidence[one.id]) for one in kept)


def outcomes_changed(session: Session, versions: Mapping[str, int]) -> bool:
    """Whether a statement of these versions was changed, or does not stand any more."""
    found = read_outcomes(session, list(versions), None)
    return any(
        one.part.is_retired
        or not one.stands
        or one.statement.version != versions[outcome_id]
        for outcome_id, one in found.items()
    )


def evidence_changed(session: Session, rests_on: Mapping[str, Any]) -> list[str]:
    """What became of printed evidence that is not as it was, a sentence each."""
    said = []
    for kind, wanted in _by_kind(rests_on).items():
        states = states_now(session, kind, sorted(wanted), None)
        for thing, kept in wanted.items():
            change, detail = became(kind, kept, states.get(thing))
            if change is not None:
                more = f" ({detail})" if detail else ""
                said.append(f"{kind.in_words}: {change.value}{more}.")
    return said


def words_withdrawn(session: Session, rests_on: Mapping[str, Any]) -> bool:
    """Whether somebody's printed words are theirs no longer to be shown.

    A passage that is merely read otherwise since stays; one that is gone does not.
    """
    wanted = _by_kind(rests_on).get(EvidenceKind.CODED_SEGMENT, {})
    states = states_now(session, EvidenceKind.CODED_SEGMENT, sorted(wanted), None)
    gone = {EvidenceChange.WITHDRAWN, EvidenceChange.GONE}
    return any(
        states.get(one) is None or states.get(one, StateNow()).change in gone
        for one in wanted
    ) or bool(may_not_be_quoted(session) & set(rests_on.get("quoted", ())))


def what_stops_release(
    session: Session, rests_on: Mapping[str, Any], last_release: int, rule_number: int
) -> list[DataProblem]:
    """Everything that changed since the files were made and must be seen to first."""
    problems = [
        DataProblem(said, "Evidence in the files", _ASK_AGAIN)
        for said in evidence_changed(session, rests_on)
    ]
    if findings_changed(session, rests_on.get("findings", {})):
        problems.append(
            DataProblem(
                "A finding was changed since, or does not stand any longer.",
                "Findings in the files",
                _ASK_AGAIN,
            )
        )
    if outcomes_changed(session, rests_on.get("outcomes", {})):
        problems.append(
            DataProblem(
                "A statement on an outcome was changed since, or does not stand any "
                "longer.",
                "Outcomes in the files",
                _ASK_AGAIN,
            )
        )
    if may_not_be_quoted(session) & set(rests_on.get("quoted", ())):
        problems.append(
            DataProblem(
                "Somebody whose words are printed may not be quoted.",
                "Quotations in the files",
                _ASK_AGAIN,
            )
        )
    if last_release != rests_on.get("last_release", 0):
        problems.append(
            DataProblem(
                "Something else left the study since; the two could be compared.",
                "Numbers in the files",
                _ASK_AGAIN,
            )
        )
    if rule_number != rests_on.get("rule_number", 0):
        problems.append(
            DataProblem(
                "The rule for small numbers was changed since.",
                "Numbers in the files",
                _ASK_AGAIN,
            )
        )
    return problems


def _by_kind(
    rests_on: Mapping[str, Any],
) -> dict[EvidenceKind, dict[str, Mapping[str, Any]]]:
    found: dict[EvidenceKind, dict[str, Mapping[str, Any]]] = {}
    for kind, thing, kept in rests_on.get("evidence", ()):
        found.setdefault(EvidenceKind(kind), {})[thing] = kept
    return found
