"""Whether what a change of the codebook left is still so, told as problems.

Undo asks it of what the change made, redo of what there was before it. ``left`` holds
the codes as they must still be, ``put`` as they are to become, both by id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, NoReturn

from sqlalchemy import select
from sqlmodel import Session, col

from data.problems import DataProblem, DataRefused
from data.storage.codebook.kept_rows import in_parts, seals_of
from data.tables import CodedSegmentRow, CodeRow, MemoRow

States = Mapping[str, Mapping[str, Any]]


def refuse_all(problems: Sequence[DataProblem], nothing_done: str) -> NoReturn:
    """Refuse with every problem, each saying that nothing was done."""
    raise DataRefused(
        [replace(one, do_next=f"{one.do_next} {nothing_done}") for one in problems]
    )


def problems_of_codes(
    left: States, put: States, now: States, do_next: str
) -> Iterable[DataProblem]:
    """Codes that are no longer as they were left, or would have no name or place."""
    for found, code in (
        *_changed(left, now),
        *_names_taken(left, put, now),
        *_without_a_place(left, put, now),
    ):
        yield DataProblem(found, code["name"], do_next)


def problems_of_codings(
    session: Session,
    touched: Mapping[str, Any],
    at: Literal["from", "to"],
    codes: Collection[str],
) -> Iterable[DataProblem]:
    """Passages, memos and texts that are no longer as they were left, or would go to a
    code that is none of ``codes``."""
    moved = touched.get("moved", ())
    goes_to = "to" if at == "from" else "from"
    if any(one[goes_to] not in codes for one in moved):
        yield DataProblem(
            "The code they would go to is no longer in the codebook, or out of use.",
            "Its passages",
            "Change the codes by hand.",
        )
    now: dict[str, CodedSegmentRow] = {}
    ids = [one["id"] for one in moved]
    ids += [one["kept_id"] for one in touched.get("joined", ())]
    for some in in_parts(ids):
        query = select(CodedSegmentRow).where(col(CodedSegmentRow.id).in_(some))
        now |= {row.id: row for row in session.scalars(query)}
    lost = any(
        one["id"] not in now or now[one["id"]].code_id != one[at] for one in moved
    )
    lost = lost or any(_is_altered(one, now, at) for one in touched.get("joined", ()))
    memos = [one[0] for one in touched.get("memos", ())]
    there: set[str] = set()
    for some in in_parts(memos):
        there |= set(
            session.scalars(select(col(MemoRow.id)).where(col(MemoRow.id).in_(some)))
        )
    if lost or len(there) != len(memos):
        yield DataProblem(
            "Passages or memos it moved were changed or taken away since.",
            "Its passages",
            "Undo the later change first, or change the codes by hand.",
        )
    seals = touched.get("seals", {})
    if seals and seals_of(session, seals) != seals:
        yield DataProblem(
            "A transcript it touched was corrected since.",
            "Its passages",
            "Change the codes by hand.",
        )


def put_states(rows: Mapping[str, CodeRow], put: States) -> None:
    """Make the codes what they are to become, one version on."""
    for code_id, state in put.items():
        for part, value in state.items():
            setattr(rows[code_id], part, value)
        rows[code_id].version += 1


Found = tuple[str, Mapping[str, Any]]


def _changed(left: States, now: States) -> Iterable[Found]:
    for code_id, state in left.items():
        if code_id not in now:
            yield "It is no longer in the codebook.", state
        elif now[code_id] != state:
            yield f"It was {_how(state, now[code_id])} since.", state


def _how(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    if then["is_retired"] != now["is_retired"]:
        return "retired" if now["is_retired"] else "brought back"
    if then["name"] != now["name"]:
        return "renamed"
    if (then["parent_id"], then["position"]) != (now["parent_id"], now["position"]):
        return "moved"
    return "changed"


def _names_taken(left: States, put: States, now: States) -> Iterable[Found]:
    """Names that would stand twice; those of the codes that are put are free again."""
    others = {state["name"].casefold() for key, state in now.items() if key not in left}
    for state in put.values():
        if state["name"].casefold() in others:
            yield "Another code has this name now.", state


def _without_a_place(left: States, put: States, now: States) -> Iterable[Found]:
    """Codes that would stand under nothing, under one out of use, or in a ring."""
    others = {key: state for key, state in now.items() if key not in left}
    then = {**others, **put}
    for code_id, state in put.items():
        above = state["parent_id"]
        if above and above not in then:
            yield "The code it stood under is no longer in the codebook.", state
        elif above in others and others[above]["is_retired"] > state["is_retired"]:
            yield "The code it stood under was retired since.", state
        elif _is_in_a_ring(code_id, then):
            yield "It would stand under itself: codes were moved since.", state
        elif state["is_retired"] and any(
            one["parent_id"] == code_id and not one["is_retired"]
            for one in others.values()
        ):
            yield "Codes were put under it since.", state


def _is_in_a_ring(code_id: str, states: States) -> bool:
    seen: set[str] = set()
    above = code_id
    while above in states and above not in seen:
        seen.add(above)
        above = states[above]["parent_id"] or ""
    return above == code_id


def _is_altered(
    one: Mapping[str, Any], now: Mapping[str, CodedSegmentRow], at: str
) -> bool:
    """Whether the passage that takes another in is no longer as it was left."""
    kept, gone = now.get(one["kept_id"]), one["row"]
    if kept is None or (kept.start, kept.end) != (gone["start"], gone["end"]):
        return True
    suggestion = gone["suggestion_id"] if at == "to" else None
    return bool(one["took_suggestion"]) and kept.suggestion_id != suggestion
