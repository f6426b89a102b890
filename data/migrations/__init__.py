"""Bringing a study's database to the present tables, step by numbered step.

On SQLite foreign keys are off while tables are rebuilt (with them on, a rebuild deletes
every coding that hangs on the rebuilt row), a copy of the file is made first, and
references and row counts are checked before the result is kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from data.problems import DataProblem, DataRefused

if TYPE_CHECKING:
    from data.storage.database import StudyDatabase

_FOLDER = Path(__file__).parent
SEARCH_INDEX = "turn_search"
"""How the tables of the search index begin: made by steps, in no table of ours."""


def newest_revision() -> str:
    """The revision that the present tables have."""
    return str(ScriptDirectory.from_config(_configuration()).get_current_head())


def bring_up_to_date(database: StudyDatabase) -> None:
    """Create or upgrade the tables of a study's database.

    Raises DataRefused for a file that is no study, for one written by a newer
    workbench, and for a place that cannot be written to; nothing is changed then.
    """
    try:
        with database.engine.connect() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
            tables = set(inspect(connection).get_table_names())
            rows = _row_counts(connection, tables)
    except OperationalError as cause:
        raise _refused(
            "The study cannot be opened here.",
            "Check that the folder exists and can be written to, or that the "
            "database server answers.",
        ) from cause
    except DatabaseError as cause:
        raise _refused(
            "This file is not a study, or it is damaged.",
            "Choose the study's file, or restore its newest backup. Nothing was "
            "changed.",
        ) from cause
    if present == newest_revision():
        _use_write_ahead_log(database)
        return
    if present is None and tables:
        raise _refused(
            "This database holds something other than a study.",
            "Choose the study's file, or an empty database. Nothing was changed.",
        )
    if present is not None and not _knows(present):
        raise _refused(
            "This study was saved by a newer version of the workbench.",
            "Update the workbench and open it again. Nothing was changed.",
        )
    if present is not None and database.file is not None:
        _copy_before_upgrade(database, present)
    _upgrade(database, rows)
    _use_write_ahead_log(database)


def _use_write_ahead_log(database: StudyDatabase) -> None:
    from data.storage.database import use_write_ahead_log

    use_write_ahead_log(database.engine)


def _upgrade(database: StudyDatabase, rows_before: dict[str, int]) -> None:
    with database.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Outside any transaction, or SQLite takes no notice.
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            configuration = _configuration()
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, "head")
            if sqlite and connection.execute(text("PRAGMA foreign_key_check")).first():
                raise AssertionError("an upgrade left references that lead nowhere")
            tables = set(inspect(connection).get_table_names())
            kept = _row_counts(connection, tables & set(rows_before))
            lost = {name for name, n in kept.items() if n < rows_before[name]}
            if lost:
                raise AssertionError(f"an upgrade lost rows of {sorted(lost)}")
    database.engine.dispose()


def _copy_before_upgrade(database: StudyDatabase, revision: str) -> None:
    from data.backup import copy_database

    assert database.file is not None
    target = database.file.with_name(
        f"{database.file.stem}-before-upgrade-from-{revision}.sqlite"
    )
    copy_database(database.engine, target)


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return configuration


def _knows(revision: str) -> bool:
    script = ScriptDirectory.from_config(_configuration())
    return any(one.revision == revision for one in script.walk_revisions())


def _row_counts(connection: Connection, tables: set[str]) -> dict[str, int]:
    quoted = connection.dialect.identifier_preparer.quote
    return {
        name: connection.execute(
            text(f"SELECT count(*) FROM {quoted(name)}")  # noqa: S608 - names of our tables
        ).scalar_one()
        for name in tables - {"alembic_version"}
        # Kept by the database itself, which merges their rows as it likes.
        if not name.startswith(SEARCH_INDEX)
    }


def _refused(found: str, do_next: str) -> DataRefused:
    return DataRefused([DataProblem(found, "The study", do_next)])
