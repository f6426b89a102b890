"""Storing releases: asked for by one person, read and let go by another.

The bytes that were asked for are kept, read, and handed out; their hash is checked each
time. What was shown is kept, so that a later release can be compared with it.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session, col

from data.disclosure.protection import EarlierRelease
from data.problems import DataProblem, DataRefused
from data.rights import Right
from data.storage.database import StudyDatabase, Writing, names_of_people, refuse
from data.storage.numbering import next_number
from data.storage.releases.quoting import may_not_be_quoted
from data.storage.releases.release_records import (
    NewRelease,
    Release,
    ReleaseState,
    hash_of_file,
    rule_as_values,
)
from data.storage.releases.release_rows import (
    as_release,
    counts_as_values,
    earlier_of,
    rests_on_as_values,
)
from data.storage.releases.rule_storage import rule_that_stands
from data.storage.releases.standing import what_stops_release, words_withdrawn
from data.tables import ReleaseFileRow, ReleaseRow, now

_WHERE = "Release"
_LONGEST_REASON = 4_000


class ReleaseStorage:
    """Keeps requests, lets a second person decide, hands out what was read."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def ask(self, actor_id: str, new: NewRelease) -> int:
        """The number of the request; refused where what it rests on has changed."""
        _require_words(new.purpose, "What it is for")
        if not new.files:
            refuse("There is no file to release.", _WHERE, "Make the files first.")
        with self._database.writing(actor_id, Right.ASK_FOR_RELEASE) as writing:
            session = writing.session
            rests_on = rests_on_as_values(new.rests_on, new.setting.number)
            _require_standing(session, rests_on)
            row = ReleaseRow(
                number=next_number(session, col(ReleaseRow.number)),
                state=ReleaseState.ASKED.value,
                rule_number=new.setting.number,
                rule=rule_as_values(new.setting.rule),
                counts=counts_as_values(new.counts),
                choices=[
                    [one.kind, one.thing_id, one.choice.value, list(one.found)]
                    for one in new.choices
                ],
                rests_on=rests_on,
                purpose=new.purpose.strip(),
                asked_by=actor_id,
            )
            session.add(row)
            session.flush()
            for one in new.files:
                session.add(
                    ReleaseFileRow(
                        release_id=row.id,
                        ending=one.ending,
                        name=one.name,
                        content=one.content,
                        sha256=hash_of_file(one.content),
                        size=len(one.content),
                    )
                )
            _record(writing, "release asked for", row)
            return row.number

    def open_file(self, actor_id: str, release_id: str, ending: str) -> bytes:
        """The bytes that would leave, for whoever asked or may release them."""
        with self._database.writing(actor_id, Right.ASK_FOR_RELEASE) as writing:
            row = _waiting(writing.session, release_id)
            content = _content(writing.session, row, ending)
            if actor_id not in row.opened_by:
                row.opened_by = [*row.opened_by, actor_id]
            _record(writing, "release opened", row, ending=ending)
            return content

    def release(
        self, actor_id: str, release_id: str, reason: str, *, seen: int
    ) -> None:
        """Let the files of a request go, as another person than who asked for them.

        Refused with everything that changed since, and for somebody who has not opened
        the files.
        """
        _require_words(reason, "Why it may leave")
        with self._database.writing(actor_id, Right.RELEASE) as writing:
            session = writing.session
            row = _waiting(session, release_id)
            _require_second_person(writing, row)
            _require_standing(session, row.rests_on)
            for one in _files(session, row):
                _content(session, row, one.ending)
            writing.change(
                row,
                seen,
                state=ReleaseState.RELEASED.value,
                decided_by=actor_id,
                decided_at=now(),
                reason=reason.strip(),
            )
            _record(writing, "release let go", row)

    def send_back(
        self, actor_id: str, release_id: str, reason: str, *, seen: int
    ) -> None:
        """Send a request back with a reason; its files are let go of."""
        _require_words(reason, "Why it goes back")
        with self._database.writing(actor_id, Right.RELEASE) as writing:
            row = _waiting(writing.session, release_id)
            _end(writing, row, seen, ReleaseState.SENT_BACK, actor_id, reason.strip())
            _record(writing, "release sent back", row)

    def take_back(self, actor_id: str, release_id: str, *, seen: int) -> None:
        """Take back a request of one's own before anybody decided on it."""
        with self._database.writing(actor_id, Right.ASK_FOR_RELEASE) as writing:
            row = _waiting(writing.session, release_id)
            if row.asked_by != actor_id:
                refuse(
                    "Only who asked for it can take it back.",
                    f"Release {row.number}",
                    "Send it back instead. Nothing was saved.",
                )
            _end(writing, row, seen, ReleaseState.TAKEN_BACK, actor_id, "")
            _record(writing, "release taken back", row)

    def with_words_withdrawn(self) -> frozenset[str]:
        """The releases, by id, that no longer may be handed out for their words."""
        with self._database.reading() as session:
            return frozenset(
                row.id
                for row in _released(session)
                if words_withdrawn(session, row.rests_on)
            )

    def hand_out(self, actor_id: str, release_id: str, ending: str) -> bytes:
        """A released file, the very bytes that were read before they left.

        Refused once somebody's words in it are theirs no longer to be shown.
        """
        with self._database.writing(actor_id, Right.ASK_FOR_RELEASE) as writing:
            row = writing.session.get(ReleaseRow, release_id)
            if row is None or row.state != ReleaseState.RELEASED:
                refuse(
                    "This was not released.",
                    _WHERE,
                    "Let a second person read and release it first.",
                )
            if words_withdrawn(writing.session, row.rests_on):
                refuse(
                    "Words in it were withdrawn since it was released.",
                    f"Release {row.number}",
                    "Ask for a new one, and call back the copies that left.",
                )
            content = _content(writing.session, row, ending)
            _record(writing, "release handed out", row, ending=ending)
            return content

    def let_go_of_files(self, actor_id: str, release_id: str) -> None:
        """Keep a release's log and hashes, and no longer its files."""
        with self._database.writing(actor_id, Right.RELEASE) as writing:
            row = writing.session.get(ReleaseRow, release_id)
            if row is None or row.state == ReleaseState.ASKED:
                refuse(
                    "Somebody still has to decide on it.",
                    _WHERE,
                    "Release it or send it back first. Nothing was saved.",
                )
            for one in _files(writing.session, row):
                one.content = None
            _record(writing, "release files let go of", row)

    def all(self, reader_id: str) -> list[Release]:
        """Every request, the newest first, as this person may read it."""
        with self._database.reading() as session:
            names = names_of_people(session)
            rows = session.scalars(
                select(ReleaseRow).order_by(col(ReleaseRow.number).desc())
            )
            return [
                as_release(row, _files(session, row), names, reader_id) for row in rows
            ]

    def earlier(self) -> list[EarlierRelease]:
        """What was shown in each release that left, oldest first."""
        with self._database.reading() as session:
            return [earlier_of(row) for row in _released(session)]

    def waiting_asked_by(self) -> list[str]:
        """Who asked for each request that waits, by id."""
        with self._database.reading() as session:
            asked = select(col(ReleaseRow.asked_by)).where(
                col(ReleaseRow.state) == ReleaseState.ASKED.value
            )
            return list(session.scalars(asked))

    def findings_left(self) -> frozenset[tuple[str, int]]:
        """The findings that a release holds, by id and version as they left."""
        with self._database.reading() as session:
            return frozenset(
                (finding, version)
                for row in _released(session)
                for finding, version in row.rests_on.get("findings", {}).items()
            )

    def not_to_be_quoted(self) -> set[str]:
        """The participants, by id, who said that they may not be quoted."""
        with self._database.reading() as session:
            return may_not_be_quoted(session)

    def last_released(self) -> int:
        """How many releases left so far, to tell whether another has since."""
        with self._database.reading() as session:
            return len(_released(session))


def _released(session: Session) -> list[ReleaseRow]:
    return list(
        session.scalars(
            select(ReleaseRow)
            .where(col(ReleaseRow.state) == ReleaseState.RELEASED.value)
            .order_by(col(ReleaseRow.decided_at), col(ReleaseRow.number))
        )
    )


def _files(session: Session, row: ReleaseRow) -> list[ReleaseFileRow]:
    return list(
        session.scalars(
            select(ReleaseFileRow)
            .where(col(ReleaseFileRow.release_id) == row.id)
            .order_by(col(ReleaseFileRow.ending))
        )
    )


def _content(session: Session, row: ReleaseRow, ending: str) -> bytes:
    found = next((f for f in _files(session, row) if f.ending == ending), None)
    if found is None or found.content is None:
        refuse(
            "This file is no longer kept.",
            f"Release {row.number}",
            "Its hash is, to check a copy by. Ask for a new release if need be.",
        )
    if hash_of_file(found.content) != found.sha256:
        refuse(
            "The file is not the one that was asked for.",
            f"Release {row.number}",
            "Somebody changed it outside the workbench. Send it back and ask anew.",
        )
    return found.content


def _waiting(session: Session, release_id: str) -> ReleaseRow:
    row = session.get(ReleaseRow, release_id)
    if row is None or row.state != ReleaseState.ASKED:
        refuse(
            "Nobody has to decide on this any longer.",
            _WHERE,
            "Open the page again. Nothing was saved.",
        )
    return row


def _require_second_person(writing: Writing, row: ReleaseRow) -> None:
    actor = writing.actor
    assert actor is not None
    if actor.id == row.asked_by or actor.is_command_line:
        refuse(
            "Who asked for a release cannot let it go.",
            f"Release {row.number}",
            "Let a second person read it: a study lead or an embedded researcher. "
            "Nothing was released.",
        )
    if actor.id not in row.opened_by:
        refuse(
            "You have not opened the files yet.",
            f"Release {row.number}",
            "Read what would leave first. Nothing was released.",
        )


def _require_standing(session: Session, rests_on: dict[str, object]) -> None:
    problems: list[DataProblem] = what_stops_release(
        session,
        rests_on,
        len(_released(session)),
        rule_that_stands(session).number,
    )
    if problems:
        raise DataRefused(problems)


def _require_words(words: str, where: str) -> None:
    if not words.strip():
        refuse("Nothing is written here.", where, "Write a sentence. Nothing was done.")
    if len(words) > _LONGEST_REASON:
        refuse(
            f"It has {len(words):,} characters; {_LONGEST_REASON:,} can be kept.",
            where,
            "Shorten it. Nothing was done.",
        )


def _end(
    writing: Writing,
    row: ReleaseRow,
    seen: int,
    state: ReleaseState,
    actor_id: str,
    reason: str,
) -> None:
    writing.change(
        row,
        seen,
        state=state.value,
        decided_by=actor_id,
        decided_at=now(),
        reason=reason,
    )
    for one in _files(writing.session, row):
        one.content = None


def _record(writing: Writing, action: str, row: ReleaseRow, **more: object) -> None:
    hidden = sum(1 for one in row.counts if one[2] is None)
    writing.record(action, "release", str(row.number), hidden=hidden, **more)
