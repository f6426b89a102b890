"""Carrying an erasure out: words blanked among others', rows removed, files clean."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from coding.coded_segments import Segment
from coding.transcripts import text_hash
from coding.withdrawing.withdrawn_words import blanked
from data.storage.database import StudyDatabase
from data.storage.finding.turn_index import forget_turns
from data.storage.people_rights.erasure_scope import (
    Scope,
    SharedSource,
    label_places,
)
from data.storage.people_rights.words_aside import refresh_index, replace_words
from data.tables import (
    CaseReadAloneRow,
    EarlierTextRow,
    JudgementRow,
    SourceRow,
    TurnRow,
)

_SHORT_WAIT = 5_000


def carry_out(session: Session, scope: Scope) -> None:
    """Take everything in the scope out of the tables and the search index."""
    for source_id in scope.whole_sources:
        forget_turns(session, source_id)
    for shared in scope.shared:
        _blank(session, shared, scope)
    _keep_that_files_were_read(session, scope)
    scope.goes.carry_out()
    for shared in scope.shared:
        # First out of the index, or the words stay in its file.
        forget_turns(session, shared.id)
    refresh_index(session, [shared.id for shared in scope.shared])


def judged_pairs(session: Session, scope: Scope) -> int:
    """How many judged pairs go with a case, as reports count them."""
    ids = [key[0] for key in scope.goes.removed.get("judgement", ())]
    rows = session.scalars(select(JudgementRow).where(col(JudgementRow.id).in_(ids)))
    return sum(
        row.locked_at is not None
        and row.judge_number is not None
        and row.historic_id is not None
        for row in rows
    )


def _blank(session: Session, shared: SharedSource, scope: Scope) -> None:
    text = session.get_one(SourceRow, shared.id).text
    places = [*shared.places, *_labels_in(session, shared, text)]
    replace_words(session, shared.id, blanked(text, places))
    session.execute(
        update(TurnRow)
        .where(
            col(TurnRow.source_id) == shared.id, col(TurnRow.number).in_(shared.turns)
        )
        .values(speaker="")
    )
    taken = scope.taken_back()
    for row in session.scalars(
        select(EarlierTextRow).where(col(EarlierTextRow.source_id) == shared.id)
    ):
        marks = [*shared.earlier[row.number]]
        end = 0
        turns: list[list[Any]] = []
        for number, start, stop, speaker, time in row.turns:
            is_theirs = speaker in shared.labels
            if is_theirs:
                label = label_places(row.text, start, end, shared.labels)
                marks += [label] if label else []
            turns.append([number, start, stop, "" if is_theirs else speaker, time])
            end = stop
        row.text = taken.blanked_in(blanked(row.text, marks))
        row.text_sha256 = text_hash(row.text)
        row.turns = turns
        session.add(row)
    session.flush()


def _labels_in(session: Session, shared: SharedSource, text: str) -> list[Segment]:
    found, before = [], 0
    rows = session.execute(
        select(col(TurnRow.number), col(TurnRow.start), col(TurnRow.end))
        .where(col(TurnRow.source_id) == shared.id)
        .order_by(col(TurnRow.start))
    )
    for number, start, end in rows:
        if number in shared.turns:
            label = label_places(text, start, before, shared.labels)
            found += [label] if label else []
        before = end
    return found


def _keep_that_files_were_read(session: Session, scope: Scope) -> None:
    """Keep of the other case of an opened pair that what came later was read.

    Else it could be judged anew, or chosen, by somebody who knows how it ended.
    """
    ids = [key[0] for key in scope.goes.removed.get("judgement", ())]
    for row in session.scalars(
        select(JudgementRow).where(col(JudgementRow.id).in_(ids))
    ).all():
        if row.opened_at is None:
            continue
        for case_id in (row.contemporary_id, row.historic_id):
            if (
                case_id
                and not scope.goes.is_removed("case_file", (case_id,))
                and session.get(CaseReadAloneRow, case_id) is None
            ):
                session.add(
                    CaseReadAloneRow(
                        case_id=case_id,
                        read_by=row.opened_by or row.judge_id,
                        read_at=row.opened_at,
                    )
                )
    session.flush()


def overwrite_what_was_freed(database: StudyDatabase) -> bool:
    """Whether the study's files hold nothing of what was removed from its tables.

    The file is written anew and the log cut to nothing. Where somebody else holds the
    study this waits a little and then leaves it for later. A database server looks
    after its own files.
    """
    if database.file is None:
        return True
    raw = database.engine.raw_connection()
    try:
        connection = raw.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        connection.rollback()
        waited = connection.execute("PRAGMA busy_timeout").fetchone()[0]
        connection.execute(f"PRAGMA busy_timeout={_SHORT_WAIT}")
        try:
            with suppress(sqlite3.OperationalError):
                connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError:
            return False
        finally:
            connection.execute(f"PRAGMA busy_timeout={waited}")
        return not busy
    finally:
        raw.close()
