"""What withdrawing or erasing touches, counted and told before anything is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlmodel import Session, col, select

from coding.coded_segments import Segment
from data.people_rights.erasure import ReportMade, Touched
from data.people_rights.withdrawal import Kind
from data.storage.coders.blind_passes import readable_codings
from data.storage.database import names_of_people
from data.storage.evidence.evidence_records import HolderKind
from data.storage.people_rights.erasure_scope import Scope
from data.storage.people_rights.table_words import in_words
from data.tables import (
    AuditLineRow,
    CodedSegmentRow,
    CodeRow,
    EvidenceRow,
    MemoRow,
    SourceRow,
)

REPORT_MADE = "report made"
"""What the audit trail calls a report that somebody took away."""

# What is looked at in analysis; the rest hangs on these.
_IN_ANALYSIS = ("source", "case_file", "pair", "judgement", "compared_pair")
_HOLDERS = {
    HolderKind.CELL: ("cell of a themes matrix", "cells of themes matrices"),
    HolderKind.SUMMARY: ("summary of a themes matrix", "summaries of themes matrices"),
    HolderKind.TEMPLATE_ANSWER: (
        "answer in an interview record",
        "answers in interview records",
    ),
    HolderKind.HYPOTHESIS: ("hypothesis", "hypotheses"),
    HolderKind.OUTCOME: ("outcome", "outcomes"),
    HolderKind.FINDING: ("finding", "findings"),
    HolderKind.THEME: ("theme's contrary cases", "themes' contrary cases"),
    HolderKind.MINUTES: ("record of a debrief", "records of debriefs"),
}


def touched(
    session: Session, scope: Scope, quoting: Mapping[str, int]
) -> list[Touched]:
    """Everything that erasing touches; ``quoting`` counts what is cleared of words."""
    listed = _among_others(scope, "blanked; everything around them stays in its place")
    for name in sorted(scope.goes.removed, key=lambda one: in_words(one, 2)):
        keys = scope.goes.removed[name]
        if not keys:
            continue
        named: tuple[str, ...] = ()
        if name == "coded_segment":
            named = _by(session, CodedSegmentRow, "coder_id", [k[0] for k in keys])
        elif name == "memo":
            named = _by(session, MemoRow, "author_id", [k[0] for k in keys])
        elif name == "source":
            named = tuple(
                session.get_one(SourceRow, one).name for one in scope.whole_sources
            )
        listed.append(Touched(in_words(name, len(keys)), len(keys), named=named))
    listed += _rested_on(session, scope, "kept, and told as no longer in the study")
    if chosen := len(scope.goes.let_go["chosen_quotation", "source_id"]):
        told = in_words("chosen_quotation", chosen)
        listed.append(Touched(told, chosen, "kept, and told as erased"))
    return [
        *listed,
        *(
            Touched(in_words(name, n), n, "cleared of their words or name")
            for name, n in sorted(quoting.items())
        ),
    ]


def _by(
    session: Session,
    table: type[CodedSegmentRow | MemoRow],
    column: str,
    ids: list[str],
) -> tuple[str, ...]:
    names = names_of_people(session)
    counted: Counter[str] = Counter()
    for one in ids:
        counted[names[getattr(session.get_one(table, one), column)]] += 1
    return tuple(f"{name} {n}" for name, n in sorted(counted.items()))


def overlapping(session: Session, scope: Scope) -> list[str]:
    """Others' codings that reach into the blanked words, told by where they stand."""
    if not scope.overlapping:
        return []
    codes = dict(session.exec(select(CodeRow.id, CodeRow.name)).all())
    people = names_of_people(session)
    told = []
    for shared in scope.shared:
        name = session.get_one(SourceRow, shared.id).name
        for source_id, row in scope.overlapping:
            if source_id != shared.id:
                continue
            at = Segment(row.start, row.end)
            within = sum(at.overlaps(one) for one in shared.places)
            turns = "turn" if within == 1 else "turns"
            told.append(
                f"{name}: {codes[row.code_id]} by {people[row.coder_id]} reaches into "
                f"{within} {turns} of theirs"
            )
    return told


def leaves_analysis(session: Session, scope: Scope, reader_id: str) -> list[Touched]:
    """Everything that leaves analysis by withdrawing, nothing of which is deleted."""
    kept = "out of analysis, and kept"
    listed = _among_others(scope, kept)
    for name in _IN_ANALYSIS:
        if keys := scope.goes.removed.get(name):
            listed.append(Touched(in_words(name, len(keys)), len(keys), kept))
    may_be_read = session.exec(
        select(CodedSegmentRow.id).where(
            col(CodedSegmentRow.source_id).in_(scope.source_ids),
            readable_codings(session, reader_id),
        )
    )
    goes = {key[0] for key in scope.goes.removed.get("coded_segment", ())}
    readable = len(goes & set(may_be_read))
    if readable:
        listed.append(Touched(in_words("coded_segment", readable), readable, kept))
    return [
        *listed,
        *_rested_on(session, scope, "kept, and told as withdrawn"),
    ]


def reports_made(session: Session, scope: Scope) -> tuple[ReportMade, ...]:
    """The reports taken away since the first of what goes came in, newest first.

    The audit trail knows who made which and when, not what stood in it.
    """
    came = [session.get_one(SourceRow, one).imported_at for one in scope.source_ids]
    query = select(AuditLineRow).where(AuditLineRow.action == REPORT_MADE)
    if scope.about.kind is not Kind.CASE and came:
        query = query.where(AuditLineRow.at >= min(came))
    names = names_of_people(session)
    return tuple(
        ReportMade(
            row.about_id,
            str(row.detail.get("ending", "")),
            names.get(row.person_id or "", ""),
            row.at,
        )
        for row in session.exec(query.order_by(col(AuditLineRow.number).desc()))
    )


def _among_others(scope: Scope, becomes: str) -> list[Touched]:
    if not scope.shared:
        return []
    turns = sum(len(one.turns) for one in scope.shared)
    sources = len(scope.shared)
    return [
        Touched(
            "turn among others' words" if turns == 1 else "turns among others' words",
            turns,
            becomes,
            (f"in {sources} {in_words('source', sources)} with others",),
        )
    ]


def _rested_on(session: Session, scope: Scope, becomes: str) -> list[Touched]:
    """Links of evidence to what goes, with how many cells, findings and others hold
    them."""
    gone = {key[0] for keys in scope.goes.removed.values() for key in keys}
    rows = session.exec(
        select(EvidenceRow.thing_id, EvidenceRow.holder_kind, EvidenceRow.holder_id)
    )
    held = [(kind, holder) for thing, kind, holder in rows if thing in gone]
    if not held:
        return []
    holders = Counter(HolderKind(kind) for kind, _ in set(held))
    named = tuple(
        f"{number} {_HOLDERS[kind][number != 1]}"
        for kind in HolderKind
        if (number := holders[kind])
    )
    return [Touched(in_words("evidence", len(held)), len(held), becomes, named)]
