"""Decisions on suggestions kept whole; settings, draws, transcripts read, reports."""

import sqlalchemy as sa
from alembic import op


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_NEW = ("suggestion_settings", "code_precision", "suggestion_draw", "drawn_source")


def upgrade() -> None:
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("probability", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("decided_start", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("decided_end", sa.Integer(), nullable=True))
        for name, kind in (
            ("decided_code_id", sa.String()),
            ("shown", sa.String()),
            ("because", sa.String()),
            ("because_words", sa.Text()),
        ):
            batch_op.add_column(
                sa.Column(name, kind, nullable=False, server_default="")
            )
    # What was accepted before kept the words of the suggestion, as its coding still
    # says where it is there.
    op.execute(
        "UPDATE suggestion SET decided_code_id = coalesce((SELECT code_id FROM "
        "coded_segment WHERE suggestion_id = suggestion.id LIMIT 1), code_id), "
        'decided_start = (SELECT start FROM coded_segment WHERE suggestion_id = '
        'suggestion.id LIMIT 1), decided_end = (SELECT "end" FROM coded_segment '
        "WHERE suggestion_id = suggestion.id LIMIT 1) "
        "WHERE status IN ('accepted', 'replaced')"
    )
    op.create_table(
        "suggestion_settings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("include_interviewers", sa.Boolean(), nullable=False),
        sa.Column("most_per_passage", sa.Integer(), nullable=False),
        sa.Column("precision", sa.Float(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _person("suggestion_settings", "changed_by"),
        _key("suggestion_settings", "id"),
    )
    op.create_table(
        "code_precision",
        sa.Column("code_id", sa.String(), nullable=False),
        sa.Column("precision", sa.Float(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        _goes_with("code_precision", "code_id", "code"),
        _person("code_precision", "changed_by"),
        _key("code_precision", "code_id"),
    )
    op.create_table(
        "suggestion_draw",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        _person("suggestion_draw", "drawn_by"),
        _person("suggestion_draw", "ended_by"),
        _key("suggestion_draw", "id"),
    )
    op.create_table(
        "drawn_source",
        sa.Column("draw_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("with_suggestions", sa.Boolean(), nullable=False),
        _goes_with("drawn_source", "draw_id", "suggestion_draw"),
        _goes_with("drawn_source", "source_id", "source"),
        _key("drawn_source", "draw_id", "source_id"),
    )
    op.create_index(
        op.f("ix_drawn_source_source_id"), "drawn_source", ["source_id"], unique=False
    )
    op.create_table(
        "read_through",
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _goes_with("read_through", "source_id", "source"),
        _person("read_through", "person_id"),
        _key("read_through", "source_id", "person_id"),
    )
    op.create_table(
        "trust_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        _person("trust_report", "made_by"),
        _key("trust_report", "id"),
    )
    op.create_table(
        "learning",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("learned_by", sa.String(), nullable=False),
        sa.Column("learned_at", sa.DateTime(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("lessons", sa.String(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("turned_down", sa.Integer(), nullable=False),
        sa.Column("read_through", sa.Integer(), nullable=False),
        sa.Column("has_learned", sa.Boolean(), nullable=False),
        sa.Column("in_words", sa.String(), nullable=False),
        sa.Column("strengths", sa.JSON(), nullable=False),
        _person("learning", "learned_by"),
        _key("learning", "id"),
    )


def downgrade() -> None:
    for table in ("learning", "trust_report", "read_through", *reversed(_NEW)):
        op.drop_table(table)
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        for column in (
            "because_words",
            "because",
            "shown",
            "decided_code_id",
            "decided_end",
            "decided_start",
            "probability",
        ):
            batch_op.drop_column(column)


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{table}_{column}")
    )


def _goes_with(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=op.f(f"fk_{table}_{column}"),
        ondelete="CASCADE",
    )


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))
