"""The codebook's history, versions, decisions, and where examples were picked."""

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{table}_{column}")
    )


def upgrade() -> None:
    with op.batch_alter_table("code", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("example_places", sa.JSON(), nullable=False, server_default="[]")
        )
    op.create_table(
        "code_history",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("code_ids", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("touched", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        _person("code_history", "done_by"),
        _person("code_history", "undone_by"),
        sa.ForeignKeyConstraint(
            ["undoes"], ["code_history.number"], name=op.f("fk_code_history_undoes")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_code_history")),
    )
    op.create_table(
        "codebook_version",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("history_number", sa.Integer(), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        _person("codebook_version", "kept_by"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_codebook_version")),
    )
    op.create_table(
        "codebook_decision",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("code_ids", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        _person("codebook_decision", "decided_by"),
        _person("codebook_decision", "withdrawn_by"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_codebook_decision")),
    )
    op.create_table(
        "codes_told_apart",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("first_id", sa.String(), nullable=False),
        sa.Column("second_id", sa.String(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["code.id"],
                name=op.f(f"fk_codes_told_apart_{column}"),
                ondelete="CASCADE",
            )
            for column in ("first_id", "second_id")
        ),
        _person("codes_told_apart", "told_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes_told_apart")),
    )
    with op.batch_alter_table("codes_told_apart", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_codes_told_apart_first_id"), ["first_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("codes_told_apart")
    op.drop_table("codebook_decision")
    op.drop_table("codebook_version")
    op.drop_table("code_history")
    op.drop_column("code", "example_places")
