"""Deciding on many suggestions that one has seen; decisions over a whole study."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from data.coding_records import CodingOperation, OperationKind, Shown
from data.problems import DataRefused
from data.rights import Right
from data.storage.coders.blind_passes import readable_suggestions
from data.storage.coders.coding_checks import require_may_code_here
from data.storage.coding_desk.operations import answer, count_change
from data.storage.coding_desk.suggestion_storage import stored_suggestion
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.suggesting.decision_records import ListedSuggestion, SeenDecided
from data.tables import (
    CodeRow,
    CodingChangeRow,
    PersonRow,
    SourceRow,
    SuggestionRow,
    new_id,
)

# A page of a list holds far fewer; more at once was not read by anybody.
MOST_AT_ONCE = 100


class DecidingStorage:
    """Decides on lists of suggestions, and tells what was decided."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def decide_seen(
        self, actor_id: str, seen_ids: Sequence[str], kind: OperationKind
    ) -> SeenDecided:
        """What came of accepting or rejecting the suggestions that a list showed.

        Each is decided as if it were pressed in its transcript: it can be taken back
        there one by one, or all of the ``batch`` at once. One that cannot be (somebody
        was quicker, its source is closed to the person) stays as it is, with words, and
        keeps none of the others back. Raises DataRefused for an empty list, and for
        more than anybody can have read on one page.
        """
        if kind not in (OperationKind.ACCEPT, OperationKind.REJECT):
            raise ValueError("a list is accepted or rejected")
        seen = list(dict.fromkeys(seen_ids))
        if not seen:
            refuse(
                "No suggestion was on the list.",
                "Suggestions",
                "Choose another code or strength. Nothing was saved.",
            )
        if len(seen) > MOST_AT_ONCE:
            refuse(
                f"More than {MOST_AT_ONCE} suggestions were sent at once.",
                "Suggestions",
                "Decide page by page. Nothing was saved.",
            )
        batch = new_id().replace("-", "")
        refused: list[str] = []
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            by_source, gone = _by_source(writing.session, seen)
            refused += ["It was made again or withdrawn meanwhile."] * gone
            sequence = done = 0
            for source_id, ids in by_source.items():
                try:
                    _open_source(writing, source_id)
                except DataRefused as closed:
                    refused += [closed.problems[0].found] * len(ids)
                    continue
                for one in ids:
                    sequence += 1
                    refusal = answer(
                        writing, source_id, _operation(batch, sequence, kind, one)
                    )
                    found, _, _ = refusal.partition("\n")
                    done += not found
                    refused += [found] if found else []
            writing.record(
                f"list of suggestions {kind.value}ed",
                "suggestion",
                batch,
                count=done,
                refused=len(refused),
            )
        return SeenDecided(batch, done, tuple(refused))

    def take_back(self, actor_id: str, batch: str) -> SeenDecided:
        """What came of taking back all that was decided on one list.

        A suggestion whose coding has changed since stays decided, with words.
        """
        refused: list[str] = []
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            session = writing.session
            changes = session.scalars(
                select(CodingChangeRow)
                .where(
                    col(CodingChangeRow.id).startswith(f"{batch}:", autoescape=True),
                    col(CodingChangeRow.person_id) == actor_id,
                    col(CodingChangeRow.undone_at).is_(None),
                )
                .order_by(col(CodingChangeRow.number).desc())
            ).all()
            undoing = new_id().replace("-", "")
            named = [(one.source_id, one.id) for one in changes]
            for sequence, (source_id, change_id) in enumerate(named, start=1):
                try:
                    _open_source(writing, source_id)
                except DataRefused as refusal:
                    refused.append(refusal.problems[0].found)
                    continue
                operation = CodingOperation(
                    undoing, sequence, OperationKind.UNDO, change_id=change_id
                )
                found, _, _ = answer(writing, source_id, operation).partition("\n")
                refused += [found] if found else []
            writing.record(
                "list of suggestions taken back",
                "suggestion",
                batch,
                count=len(named) - len(refused),
                refused=len(refused),
            )
        return SeenDecided(batch, len(named) - len(refused), tuple(refused))

    def listed(
        self, *, reader_id: str | None = None, waiting: bool | None = None
    ) -> list[ListedSuggestion]:
        """Suggestions the reader may see with their names, by source and place.

        All of them, or those that wait or were decided. Waiting ones of a retired code
        are left out.
        """
        decider, instead = aliased(PersonRow), aliased(CodeRow)
        query = (
            select(
                SuggestionRow,
                col(SourceRow.name),
                CodeRow,
                col(decider.name),
                col(instead.name),
            )
            .join(SourceRow, col(SourceRow.id) == col(SuggestionRow.source_id))
            .join(CodeRow, col(CodeRow.id) == col(SuggestionRow.code_id))
            .join(
                decider,
                col(decider.id) == col(SuggestionRow.decided_by),
                isouter=True,
            )
            .join(
                instead,
                col(instead.id) == col(SuggestionRow.decided_code_id),
                isouter=True,
            )
            .order_by(
                col(SourceRow.name),
                col(SuggestionRow.start),
                col(SuggestionRow.rank),
                col(SuggestionRow.id),
            )
        )
        if waiting is not None:
            is_open = col(SuggestionRow.status) == "open"
            query = query.where(is_open if waiting else ~is_open)
        with self._database.reading() as session:
            query = query.where(readable_suggestions(session, reader_id))
            return [
                ListedSuggestion(
                    stored_suggestion(row), source, code.name, who or "", other or ""
                )
                for row, source, code, who, other in session.execute(query)
                if row.status != "open" or not code.is_retired
            ]


def _by_source(
    session: Session, seen: Sequence[str]
) -> tuple[dict[str, list[str]], int]:
    """The suggestions by source as they were seen, and how many are gone."""
    sources = dict(
        session.execute(
            select(col(SuggestionRow.id), col(SuggestionRow.source_id)).where(
                col(SuggestionRow.id).in_(seen)
            )
        ).all()
    )
    found: dict[str, list[str]] = {}
    for one in seen:
        if one in sources:
            found.setdefault(sources[one], []).append(one)
    return found, len(seen) - len(sources)


def _open_source(writing: Writing, source_id: str) -> None:
    assert writing.actor is not None, "a right was checked for a person"
    require_may_code_here(writing.session, writing.actor, source_id)
    count_change(writing.session, source_id)


def _operation(
    batch: str, sequence: int, kind: OperationKind, suggestion_id: str
) -> CodingOperation:
    return CodingOperation(
        batch,
        sequence,
        kind,
        segment_id=new_id() if kind is OperationKind.ACCEPT else "",
        suggestion_id=suggestion_id,
        shown=Shown.IN_LIST.value,
    )
