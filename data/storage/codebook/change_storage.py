"""Storing changes of the codebook as a whole: merge, split, move, history and undo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from coding.codebook import Codebook
from coding.codebook_changes.merging import merge_passages, with_words_of
from coding.codebook_changes.moving import (
    Beside,
    NewPlace,
    Step,
    place_beside,
    step_of,
)
from data.codebook_records import (
    ChangeOffer,
    CodeAction,
    CodeChange,
    SplitPart,
    Touch,
)
from data.rights import Right
from data.storage.codebook.carried_along import how_many_to_carry
from data.storage.codebook.code_examples import example_from, with_example
from data.storage.codebook.code_history import (
    keep_change,
    last_taken_back,
    read_changes,
)
from data.storage.codebook.code_joining import join_codes, require_joinable
from data.storage.codebook.code_rows import (
    as_code,
    as_row,
    known_row,
    read_rows,
    recolour,
    states_of,
)
from data.storage.codebook.code_splitting import new_codes, require_parts
from data.storage.codebook.moving_codings import divide_codings, marked_passages
from data.storage.codebook.taking_back.code_redo import redo_change, why_not_redone
from data.storage.codebook.taking_back.code_undo import undo_change, why_not_undone
from data.storage.coders.blind_passes import (
    hidden_sources,
    readable_codings,
    readable_suggestions,
)
from data.storage.database import StudyDatabase, Writing
from data.tables import CodedSegmentRow, CodeHistoryRow, CodeRow, SuggestionRow


class CodeChangeStorage:
    """Carries out changes that touch passages or several codes, and takes them back."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    # What a change would touch

    def use_of(self, code_id: str, *, reader_id: str | None = None) -> Touch:
        """What carries a code, as far as the reader may see it: retiring keeps the
        passages and withdraws the suggestions."""
        with self._database.reading() as session:
            return _use_of(session, code_id, reader_id)

    def foresee_merge(
        self, gone_id: str, into_id: str, *, reader_id: str | None = None
    ) -> Touch:
        """What merging one code into another would touch; nothing is changed."""
        with self._database.reading() as session:
            rows = read_rows(session)
            require_joinable(rows, gone_id, into_id)
            readable = readable_codings(session, reader_id)
            moving = marked_passages(session, gone_id, readable)
            staying = marked_passages(session, into_id, readable)
            _, joined = merge_passages(moving, staying)
            return replace(
                _use_of(session, gone_id, reader_id),
                joined=len(joined),
                contrary=how_many_to_carry(session, gone_id),
            )

    # Changes

    def merge(
        self,
        actor_id: str,
        gone_id: str,
        into_id: str,
        *,
        carry_words: bool = True,
        reason: str = "",
    ) -> int:
        """The number of the change: one code merged into another, which stays.

        Every passage of every coder goes along, blind passes too; open suggestions of
        the code that goes are withdrawn; codes under it stand under the one that stays,
        which with ``carry_words`` takes over its cues and examples.
        """
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            rows = read_rows(writing.session)
            require_joinable(rows, gone_id, into_id)
            before = states_of(rows)
            gone, into = known_row(rows, gone_id), known_row(rows, into_id)
            words = with_words_of(as_code(into), as_code(gone)) if carry_words else None
            touched = join_codes(writing.session, rows, gone, into, words)
            writing.record(
                "codes merged",
                "code",
                into_id,
                gone=gone_id,
                passages=len(touched["moved"]) + len(touched["joined"]),
                suggestions_withdrawn=len(touched["suggestions"]),
            )
            return _kept(
                writing,
                CodeAction.MERGED,
                before,
                [gone_id, into_id],
                touched=touched,
                reason=reason,
            )

    def split(
        self,
        actor_id: str,
        code_id: str,
        parts: Sequence[SplitPart],
        *,
        reason: str = "",
    ) -> int:
        """The number of the change: new codes beside one, with the passages named.

        All other passages stay. Raises DataRefused for a part without name or passage,
        a name that is taken, and a passage that is given twice or that the actor may
        not see.
        """
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            session = writing.session
            rows = read_rows(session)
            row = known_row(rows, code_id)
            readable = readable_codings(session, actor_id)
            seen = {one.id for one in marked_passages(session, code_id, readable)}
            require_parts(row, rows, parts, seen)
            before = states_of(rows)
            made = new_codes(row, rows, parts)
            session.add_all(as_row(code, actor_id) for code in made)
            session.flush()
            touched = divide_codings(
                session,
                code_id,
                {
                    code.id: part.passage_ids
                    for code, part in zip(made, parts, strict=True)
                },
            )
            writing.record(
                "code split",
                "code",
                code_id,
                into=[code.id for code in made],
                passages=len(touched["moved"]),
            )
            about = [code_id, *(code.id for code in made)]
            return _kept(
                writing,
                CodeAction.SPLIT,
                before,
                about,
                touched=touched,
                reason=reason,
            )

    def step(self, actor_id: str, code_id: str, step: Step) -> int:
        """The number of the change: a code moved one step in the tree."""
        return self._move(actor_id, code_id, lambda book: step_of(book, code_id, step))

    def place(self, actor_id: str, code_id: str, target_id: str, where: Beside) -> int:
        """The number of the change: a code put before, after or inside another."""
        return self._move(
            actor_id,
            code_id,
            lambda book: place_beside(book, code_id, target_id, where),
        )

    def _move(self, actor_id: str, code_id: str, places: Any) -> int:
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            rows = read_rows(writing.session)
            before = states_of(rows)
            book = Codebook(tuple(as_code(row) for row in rows if not row.is_retired))
            new_places: Sequence[NewPlace] = places(book)
            _carry_out(rows, new_places)
            writing.record("code moved", "code", code_id, places=len(new_places))
            return _kept(writing, CodeAction.MOVED, before, [code_id])

    def pick_example(
        self, actor_id: str, code_id: str, seen_version: int, passage_id: str
    ) -> None:
        """Add one of a code's passages to its examples, with where it stands.

        The codebook is read by everybody: a passage of a source that is being coded
        blind is refused, whoever picks it.
        """
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            session = writing.session
            rows = read_rows(session)
            row = known_row(rows, code_id)
            before = states_of(rows)
            example = example_from(session, as_code(row), passage_id)
            writing.change(row, seen_version, **with_example(as_code(row), example))
            writing.record("example picked", "code", code_id, passage=passage_id)
            keep_change(writing, CodeAction.CHANGED, before, about=[code_id])

    # The past

    def changes(
        self,
        *,
        reader_id: str | None = None,
        code_id: str = "",
        most: int | None = None,
    ) -> list[CodeChange]:
        """The changes of the codebook or of one code, newest first.

        What each touched is counted as far as the reader may see it.
        """
        with self._database.reading() as session:
            return read_changes(session, reader_id, code_id=code_id, most=most)

    def last_to_undo(self, person_id: str) -> ChangeOffer | None:
        """The newest change this person made and did not take back, or nothing."""
        with self._database.reading() as session:
            found = read_changes(session, person_id, open_of=person_id, most=1)
            return next(_offers(session, found), None)

    def last_to_redo(self, person_id: str) -> ChangeOffer | None:
        """The change this person took back last, unless they made a new one since."""
        with self._database.reading() as session:
            number = last_taken_back(session, person_id)
            if number is None:
                return None
            found = read_changes(session, person_id, number=number)
            return next(_offers(session, found), None)

    def offers(self, changes: Sequence[CodeChange]) -> dict[int, ChangeOffer]:
        """By number those of the changes that may be asked to be taken back or done
        again, each with what is in the way as things stand."""
        with self._database.reading() as session:
            return {one.change.number: one for one in _offers(session, changes)}

    def undo(self, actor_id: str, number: int, *, reason: str = "") -> None:
        """Take one change back: codes, passages, memos and suggestions as they were.

        Raises DataRefused, naming what, where something it altered or moved has changed
        since; nothing is then taken back.
        """
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            undo_change(writing, number, reason)

    def redo(self, actor_id: str, number: int, *, reason: str = "") -> int:
        """The number of the change that does again one that was taken back.

        Raises DataRefused, naming what, where something it altered or moved is no
        longer as it was before, or came since; nothing is then done.
        """
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            return redo_change(writing, number, reason)


def _offers(session: Session, changes: Sequence[CodeChange]) -> Iterator[ChangeOffer]:
    codes = states_of(read_rows(session))
    for one in changes:
        if not (one.can_be_undone or one.can_be_redone):
            continue
        why_not = why_not_undone if one.can_be_undone else why_not_redone
        entry = session.get_one(CodeHistoryRow, one.number)
        yield ChangeOffer(one, tuple(why_not(session, entry, codes)))


def _use_of(session: Session, code_id: str, reader_id: str | None) -> Touch:
    passages, sources, coders = session.execute(
        select(
            func.count(),
            func.count(func.distinct(col(CodedSegmentRow.source_id))),
            func.count(func.distinct(col(CodedSegmentRow.coder_id))),
        ).where(
            col(CodedSegmentRow.code_id) == code_id,
            readable_codings(session, reader_id),
        )
    ).one()
    suggestions = session.scalar(
        select(func.count()).where(
            col(SuggestionRow.code_id) == code_id,
            col(SuggestionRow.status) == "open",
            readable_suggestions(session, reader_id),
        )
    )
    under = session.scalar(
        select(func.count()).where(
            col(CodeRow.parent_id) == code_id, col(CodeRow.is_retired).is_(False)
        )
    )
    return Touch(
        passages=passages,
        coders=coders,
        sources=sources,
        suggestions=suggestions or 0,
        codes_under=under or 0,
        is_partly_hidden=bool(hidden_sources(session, reader_id)),
    )


def _carry_out(rows: Sequence[CodeRow], places: Sequence[NewPlace]) -> None:
    by_id = {row.id: row for row in rows}
    for one in places:
        row = by_id[one.code_id]
        is_moved = (row.parent_id or "") != one.parent_id
        row.position = one.position
        if is_moved:
            row.parent_id = one.parent_id or None
            row.version += 1
            recolour(rows, row)


def _kept(
    writing: Writing,
    action: CodeAction,
    before: dict[str, dict[str, Any]],
    about: Sequence[str],
    *,
    touched: dict[str, Any] | None = None,
    reason: str = "",
) -> int:
    entry = keep_change(
        writing, action, before, about=about, touched=touched, reason=reason
    )
    return entry.number or 0 if entry else 0
