"""One study's database: connections, transactions, the actor's right, the audit line.

The only place that knows which database is in use. SQLite runs in WAL with
``synchronous=FULL`` and every write begins immediately, so that two people at work wait
for each other instead of failing half-way (a deferred begin that reads before it writes
fails at once under eight writers). Everything else is written for any database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from sqlalchemy import (
    Engine,
    Insert,
    bindparam,
    create_engine,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import Session, col

from coding.study import Person, Role
from data.problems import DataProblem, DataRefused
from data.rights import Right, require_right
from data.tables import AuditLineRow, PersonRow, StudyTable, now

_WAIT_SECONDS = 30
_AT_ONCE = 20_000

# Where a session that sees one state keeps what was asked of it already.
_ASKED = "asked"

Row = TypeVar("Row", bound=StudyTable)
Answer = TypeVar("Answer")


def study_url(study: str | Path) -> URL:
    """The database address of a study named by file path or by database URL.

    >>> study_url("postgresql+psycopg://server/autumn").get_backend_name()
    'postgresql'
    """
    if isinstance(study, str) and "://" in study:
        return make_url(study)
    return URL.create("sqlite", database=str(Path(study)))


def without_password(address: str) -> str:
    """The address of a study as it may be kept or shown: without its password.

    >>> without_password("postgresql+psycopg://kim:secret@server/autumn")
    'postgresql+psycopg://kim@server/autumn'
    >>> without_password("autumn.sqlite")
    'autumn.sqlite'
    """
    if "://" not in address:
        return address
    url = make_url(address)
    kept = URL.create(
        url.drivername,
        username=url.username,
        host=url.host,
        port=url.port,
        database=url.database,
    )
    return kept.render_as_string()


class StudyDatabase:
    """Connections to one study; safe to share between threads."""

    def __init__(self, study: str | Path) -> None:
        self.url = study_url(study)
        self.engine = _make_engine(self.url)
        self._writing_engine = self.engine.execution_options(begins_immediately=True)
        self._one_state: ContextVar[Session | None] = ContextVar(
            "one state", default=None
        )

    @property
    def file(self) -> Path | None:
        """The study's file, or nothing when it lies on a database server."""
        if self.url.get_backend_name() != "sqlite" or not self.url.database:
            return None
        return Path(self.url.database)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the study and changes nothing."""
        shared = self._one_state.get()
        if shared is not None:
            yield shared
            return
        with Session(self.engine, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Every reading within sees the same state of the study, over one connection.

        For what is put together from many readings: it costs less, and nothing of it
        is newer than the rest. What is written within is seen after it.
        """
        with self.reading() as session:
            session.info.setdefault(_ASKED, {})
            before = self._one_state.set(session)
            try:
                yield
            finally:
                self._one_state.reset(before)

    @contextmanager
    def writing(self, actor_id: str, right: Right) -> Iterator[Writing]:
        """A transaction of one person: right checked, audit line demanded.

        Everything is kept or nothing is. Raises DataRefused where the person is not
        of the study or their role lacks the right, and where the study cannot be
        written to: held by another program, no room left, read only.
        """
        with (
            _refused_in_words(),
            Session(self._writing_engine, expire_on_commit=False) as session,
        ):
            writing = Writing(session, _require_right(session, actor_id, right))
            yield writing
            writing.finish()
            session.commit()

    @contextmanager
    def founding(self) -> Iterator[Writing]:
        """A transaction before the study has people; it too leaves an audit line."""
        with (
            _refused_in_words(),
            Session(self._writing_engine, expire_on_commit=False) as session,
        ):
            writing = Writing(session, None)
            yield writing
            writing.finish()
            session.commit()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def once(session: Session, question: str, ask: Callable[[], Answer]) -> Answer:
    """The answer of ``ask``, kept where the session sees one state until it ends.

    Elsewhere it is asked each time: a transaction changes what it reads.
    """
    asked = session.info.get(_ASKED)
    if asked is None:
        return ask()
    if question not in asked:
        asked[question] = ask()
    answer: Answer = asked[question]
    return answer


@dataclass
class Writing:
    """A transaction under way: its session, who acts, and the lines it leaves."""

    session: Session
    actor: Person | None
    lines: int = 0

    def record(
        self, action: str, about_kind: str = "", about_id: str = "", **detail: Any
    ) -> None:
        """Leave an audit line: ids, counts and settings only, never a file's words."""
        self.lines += 1
        insert_row(
            self.session,
            AuditLineRow,
            at=now(),
            person_id=self.actor.id if self.actor else None,
            action=action,
            about_kind=about_kind,
            about_id=about_id,
            detail=detail,
        )

    def require(self, right: Right) -> None:
        """Refuse where the actor lacks a further right this change needs."""
        if self.actor is not None:
            require_right(self.actor, right)

    def change(self, row: Row, seen_version: int, **changes: Any) -> None:
        """Change a row unless someone else changed it since it was seen.

        Raises DataRefused when the version moved on; nothing is then saved.
        """
        table: Any = type(row)
        done: Any = self.session.execute(
            update(table)
            .where(table.id == row.id, table.version == seen_version)  # type: ignore[attr-defined]
            .values(**changes, version=seen_version + 1)
        )
        if done.rowcount != 1:
            refuse(
                "Someone else changed this while you were working on it.",
                table.__tablename__.replace("_", " ").capitalize(),
                "Open it again, compare, and make your change once more. "
                "Nothing was saved.",
            )
        self.session.refresh(row)

    def finish(self) -> None:
        """Check, before the commit, that the change left its audit line."""
        if not self.lines:
            raise AssertionError("a change was about to be saved without audit line")


def refuse(found: str, where: str, do_next: str) -> NoReturn:
    """Raise DataRefused with a single problem."""
    raise DataRefused([DataProblem(found, where, do_next)])


# What SQLite says of a file that cannot be written to now, and what to do about it.
_CANNOT_WRITE = {
    "locked": (
        "Another program or person holds the study at this moment.",
        "Wait a little and do it again. Nothing was saved.",
    ),
    "full": (
        "There is no room left on the disk.",
        "Make room and do it again. Nothing was saved.",
    ),
    "readonly": (
        "The study's file can be read and not written to.",
        "Check who may write to its folder, then do it again. Nothing was saved.",
    ),
}


@contextmanager
def _refused_in_words() -> Iterator[None]:
    try:
        yield
    except OperationalError as fault:
        said = str(fault.orig)
        for sign, (found, do_next) in _CANNOT_WRITE.items():
            if sign in said:
                raise DataRefused([DataProblem(found, "The study", do_next)]) from fault
        raise


def insert_rows(
    session: Session, table: type[StudyTable], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Write rows straight to their table: building objects first takes five times as
    long."""
    statement = insert(table.__table__)  # type: ignore[attr-defined]
    for start in range(0, len(rows), _AT_ONCE):
        session.connection().execute(statement, list(rows[start : start + _AT_ONCE]))


def insert_row(session: Session, table: type[StudyTable], **values: Any) -> None:
    """Write one row straight to its table, now; what waits to be flushed is not.

    For what every coding writes: by way of an object it takes three times as long.
    """
    statement = _INSERTS.get(table)
    if statement is None:
        statement = _INSERTS[table] = insert(table.__table__)  # type: ignore[attr-defined]
    session.connection().execute(statement, values)


_INSERTS: dict[type[StudyTable], Insert] = {}
_PERSON = select(
    col(PersonRow.id),
    col(PersonRow.name),
    col(PersonRow.role),
    col(PersonRow.is_command_line),
).where(col(PersonRow.id) == bindparam("person"))


def require_person(session: Session, actor_id: str) -> Person:
    """The person of that id; refuses one who is not of the study."""
    row = session.connection().execute(_PERSON, {"person": actor_id}).first()
    if row is None:
        refuse(
            "This person is not in the study.",
            "Study people",
            "Choose who you are at the foot of the side bar. Nothing was saved.",
        )
    return Person(row.id, row.name, Role(row.role), row.is_command_line)


def names_of_people(session: Session) -> dict[str, str]:
    """What everybody who works on the study is called, by id."""
    return dict(session.execute(select(col(PersonRow.id), col(PersonRow.name))).all())


def _require_right(session: Session, actor_id: str, right: Right) -> Person:
    person = require_person(session, actor_id)
    require_right(person, right)
    return person


def _make_engine(url: URL) -> Engine:
    # A database's own complaint otherwise repeats the values: a participant's words.
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(
        url,
        connect_args={"timeout": _WAIT_SECONDS, "check_same_thread": False},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    # Deleted words are overwritten in the file, not only unlinked.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("begins_immediately")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def use_write_ahead_log(engine: Engine) -> None:
    """Put a SQLite file into WAL where it is not: new, or just back from a backup.

    Changing it needs the file alone. Where others have it open, or it cannot be
    written to, it stays as it is, which is slower for several people and as safe.
    """
    if engine.url.get_backend_name() == "sqlite" and engine.url.database:
        raw = engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("PRAGMA journal_mode")
            if cursor.fetchone() != ("wal",):
                cursor.execute("PRAGMA busy_timeout=0")
                with suppress(sqlite3.OperationalError):
                    cursor.execute("PRAGMA journal_mode=WAL")
                cursor.execute(f"PRAGMA busy_timeout={_WAIT_SECONDS * 1000}")
        finally:
            raw.close()


def empty_write_ahead_log(engine: Engine) -> bool:
    """Work the journal into the file and empty it, so that no earlier words lie there.

    False where another connection keeps it from being emptied just now.
    """
    if engine.url.get_backend_name() != "sqlite":
        return True
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        found = cursor.fetchone()
        return found is None or found[0] == 0
    finally:
        raw.close()


def integrity_problems(engine: Engine) -> list[str]:
    """What the database itself finds damaged, as lines; nothing when it is sound.

    A file too damaged to be read gives one line.
    """
    if engine.url.get_backend_name() != "sqlite":
        return []
    try:
        with engine.connect() as connection:
            lines = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            keys = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    except DatabaseError:
        return ["The file cannot be read as a study."]
    found = [str(line) for line in lines if line != "ok"]
    return found + [f"{row[0]}: a reference leads nowhere" for row in keys]
