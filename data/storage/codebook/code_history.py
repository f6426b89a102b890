"""Keeping what each change of the codebook altered, and reading it back.

Counts of what a change touched are made for the reader: what others marked in a source
the reader codes blind is neither shown nor counted, and no example picked from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from coding.codebook import Code
from data.codebook_records import CodeAction, CodeChange, Touch
from data.storage.codebook.carried_along import how_many_carried
from data.storage.codebook.code_rows import code_of, read_rows, states_of
from data.storage.codebook.hidden_examples import HiddenExamples, hidden_examples
from data.storage.coders.blind_passes import CODERS, hidden_sources
from data.storage.database import Writing, names_of_people
from data.tables import CodeHistoryRow, CodeRow

States = Mapping[str, Mapping[str, Any]]


def keep_change(
    writing: Writing,
    action: CodeAction,
    before: States,
    *,
    about: Iterable[str] = (),
    touched: Mapping[str, Any] | None = None,
    reason: str = "",
    undoes: int | None = None,
    redoes: int | None = None,
) -> CodeHistoryRow | None:
    """The entry kept for a change, told from how the codes were before it.

    Nothing is kept where no code was altered and nothing was touched.
    """
    session = writing.session
    session.flush()
    after = states_of(read_rows(session))
    altered = [
        code_id
        for code_id in before.keys() | after.keys()
        if before.get(code_id) != after.get(code_id)
    ]
    if not altered and not touched:
        return None
    named = list(dict.fromkeys(about))
    row = CodeHistoryRow(
        action=action.value,
        # The codes it is about first; then others it altered in more than their order.
        code_ids=named
        + [
            one
            for one in sorted(altered)
            if one not in named and _is_more_than_order(before.get(one), after.get(one))
        ],
        before={one: before[one] for one in altered if one in before},
        after={one: after[one] for one in altered if one in after},
        touched=dict(touched or {}),
        reason=" ".join(reason.split()),
        done_by=writing.actor.id if writing.actor else "",
        undoes=undoes,
        redoes=redoes,
    )
    session.add(row)
    session.flush()
    return row


def _is_more_than_order(
    was: Mapping[str, Any] | None, is_now: Mapping[str, Any] | None
) -> bool:
    if was is None or is_now is None:
        return True
    return any(was[part] != is_now[part] for part in was if part != "position")


def read_changes(
    session: Session,
    reader_id: str | None,
    *,
    code_id: str = "",
    open_of: str = "",
    number: int | None = None,
    most: int | None = None,
) -> list[CodeChange]:
    """The changes of the codebook, of one code, or the one of a number, newest first.

    ``open_of`` names a person: only changes of theirs that were not taken back.
    """
    query = select(CodeHistoryRow).order_by(col(CodeHistoryRow.number).desc())
    if number is not None:
        query = query.where(col(CodeHistoryRow.number) == number)
    if open_of:
        query = query.where(
            col(CodeHistoryRow.done_by) == open_of,
            col(CodeHistoryRow.action) != CodeAction.UNDONE.value,
            col(CodeHistoryRow.undone_at).is_(None),
        )
    if most is not None and not code_id:
        query = query.limit(most)
    hidden = hidden_sources(session, reader_id)
    people = names_of_people(session)
    names = {row.id: row.name for row in read_rows(session)}
    redone = redone_changes(session)
    examples = hidden_examples(session, reader_id)
    found = []
    for row in session.scalars(query):
        if code_id and code_id not in row.code_ids:
            continue
        found.append(_change(row, reader_id, hidden, people, names, redone, examples))
        if most is not None and len(found) == most:
            break
    return found


def redone_changes(session: Session) -> set[int]:
    """The numbers of changes that were taken back and done again."""
    redoes = col(CodeHistoryRow.redoes)
    return set(session.scalars(select(redoes).where(redoes.is_not(None))))


def last_taken_back(session: Session, person_id: str) -> int | None:
    """The change this person took back last and could do again, or nothing.

    A new change of theirs ends what they took back before it.
    """
    redone = redone_changes(session)
    rows = session.execute(
        select(col(CodeHistoryRow.undoes), col(CodeHistoryRow.redoes))
        .where(col(CodeHistoryRow.done_by) == person_id)
        .order_by(col(CodeHistoryRow.number).desc())
    )
    for undoes, redoes in rows:
        if undoes is not None and undoes not in redone:
            return int(undoes)
        if undoes is None and redoes is None:
            break
    return None


def merged_into(session: Session, code_id: str) -> str:
    """The code that one was merged into, at the end of several merges; '' for none."""
    return _ends_of_merges(session).get(code_id, "")


def merged_away(session: Session) -> dict[str, str]:
    """The code in use that each code out of use was merged into, in the end."""
    ends = _ends_of_merges(session)
    if not ends:
        return {}
    out = select(col(CodeRow.id)).where(col(CodeRow.is_retired))
    gone = set(session.scalars(out))
    return {one: end for one, end in ends.items() if one in gone and end not in gone}


def _ends_of_merges(session: Session) -> dict[str, str]:
    query = (
        select(col(CodeHistoryRow.code_ids))
        .where(
            col(CodeHistoryRow.action) == CodeAction.MERGED.value,
            col(CodeHistoryRow.undone_at).is_(None),
        )
        .order_by(col(CodeHistoryRow.number))
    )
    into = {ids[0]: ids[1] for ids in session.scalars(query)}
    return {one: _end_of(into, one) for one in into}


def _end_of(into: Mapping[str, str], code_id: str) -> str:
    found, seen = "", {code_id}
    while (code_id := into.get(code_id, "")) and code_id not in seen:
        seen.add(code_id)
        found = code_id
    return found


def touch_of(
    touched: Mapping[str, Any], reader_id: str | None, hidden: set[str]
) -> Touch:
    """How much was touched, of what the reader may see."""
    moved = _readable(touched.get("moved", ()), reader_id, hidden)
    gone = [one["row"] for one in touched.get("joined", ())]
    joined = _readable(gone, reader_id, hidden)
    suggestions = [
        one for one in touched.get("suggestions", ()) if one["source_id"] not in hidden
    ]
    passages = [*moved, *joined]
    return Touch(
        passages=len(passages),
        coders=len({one["coder_id"] for one in passages}),
        sources=len({one["source_id"] for one in passages}),
        joined=len(joined),
        memos=len(touched.get("memos", ())) if not hidden else 0,
        contrary=how_many_carried(touched.get("contrary", {})),
        suggestions=len(suggestions),
        is_partly_hidden=bool(hidden),
    )


def _readable(
    codings: Iterable[Mapping[str, Any]], reader_id: str | None, hidden: set[str]
) -> Sequence[Mapping[str, Any]]:
    return [
        one
        for one in codings
        if one["layer"] == CODERS
        and (one["source_id"] not in hidden or one["coder_id"] == reader_id)
    ]


def _change(
    row: CodeHistoryRow,
    reader_id: str | None,
    hidden: set[str],
    people: Mapping[str, str],
    names: Mapping[str, str],
    redone: set[int],
    examples: HiddenExamples,
) -> CodeChange:
    return CodeChange(
        row.number or 0,
        CodeAction(row.action),
        tuple(row.code_ids),
        _codes(row.before, examples),
        _codes(row.after, examples),
        touch_of(row.touched, reader_id, hidden),
        people.get(row.done_by, ""),
        row.done_at,
        row.reason,
        row.undoes,
        people.get(row.undone_by or "", ""),
        row.undone_at,
        names,
        row.redoes,
        row.number in redone,
    )


def _codes(states: States, examples: HiddenExamples) -> dict[str, Code]:
    return {
        code_id: examples.to_read(code_of(code_id, state))
        for code_id, state in states.items()
    }
