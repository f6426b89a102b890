"""The words of every turn, ready to be searched, and passages found by code and place.

On SQLite the index is an FTS5 table beside ``turn_words``, kept in step by triggers;
on PostgreSQL it is a GIN index over the same words.
"""

import sqlite3

import sqlalchemy as sa
from alembic import op

from coding.finding.search_words import words_to_index

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Older ones do not know the option; there the index is made anew after words are erased.
_SECURE_DELETE_FROM = (3, 42, 0)


def upgrade() -> None:
    op.create_table(
        "turn_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_turn_words_source_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn_words")),
        sa.UniqueConstraint(
            "source_id", "number", name=op.f("uq_turn_words_source_id_number")
        ),
    )
    op.create_index(
        "ix_turn_place", "turn", ["source_id", "start", "end", "number", "speaker"]
    )
    op.create_index(
        "ix_coded_segment_of_code",
        "coded_segment",
        ["code_id", "source_id", "start", "end", "coder_id", "layer"],
    )
    if op.get_context().dialect.name == "sqlite":
        _index_of_sqlite()
    else:
        op.execute(
            "CREATE INDEX ix_turn_words_search ON turn_words "
            "USING gin (to_tsvector('simple', words))"
        )
    _fill()


def _index_of_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE turn_search USING fts5(words, content='turn_words', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
    )
    if sqlite3.sqlite_version_info >= _SECURE_DELETE_FROM:
        op.execute(
            "INSERT INTO turn_search(turn_search, rank) VALUES ('secure-delete', 1)"
        )
    # How many turns hold a word: the rare ones lead to where a quotation comes from.
    op.execute(
        "CREATE VIRTUAL TABLE turn_search_words USING fts5vocab(turn_search, 'row')"
    )
    put = "INSERT INTO turn_search(rowid, words) VALUES (new.id, new.words);"
    take = (
        "INSERT INTO turn_search(turn_search, rowid, words) "
        "VALUES ('delete', old.id, old.words);"
    )
    for name, when, what in (
        ("added", "INSERT", put),
        ("removed", "DELETE", take),
        ("changed", "UPDATE", take + put),
    ):
        op.execute(
            f"CREATE TRIGGER turn_words_{name} AFTER {when} ON turn_words "
            f"BEGIN {what} END"
        )


def _fill() -> None:
    connection = op.get_bind()
    ids = connection.scalars(sa.text("SELECT id FROM source ORDER BY id")).all()
    add = sa.text(
        "INSERT INTO turn_words (source_id, number, words) "
        "VALUES (:source_id, :number, :words)"
    )
    # One text at a time: those of a study together may not fit into memory.
    for source_id in ids:
        text = connection.scalar(
            sa.text("SELECT text FROM source WHERE id = :id"), {"id": source_id}
        )
        turns = connection.execute(
            sa.text(
                'SELECT number, start, "end" FROM turn WHERE source_id = :id '
                "ORDER BY number"
            ),
            {"id": source_id},
        )
        rows = [
            {
                "source_id": source_id,
                "number": number,
                "words": words_to_index(text[start:end]),
            }
            for number, start, end in turns
        ]
        if rows:
            connection.execute(add, rows)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE turn_search_words")
        op.execute("DROP TABLE turn_search")
    op.drop_index("ix_coded_segment_of_code", table_name="coded_segment")
    op.drop_index("ix_turn_place", table_name="turn")
    op.drop_table("turn_words")
