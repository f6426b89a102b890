"""Cases compared with themselves."""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_read_alone",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("read_by", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_case_read_alone_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["read_by"], ["person.id"], name=op.f("fk_case_read_alone_read_by")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_read_alone")),
    )
    op.create_table(
        "within_case",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=True),
        sa.Column("split_date", sa.String(), nullable=False),
        sa.Column("least_days", sa.Integer(), nullable=False),
        sa.Column("most_days", sa.Integer(), nullable=False),
        sa.Column("days_each_side", sa.Integer(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("chosen_before_reading", sa.Boolean(), nullable=False),
        sa.Column("chosen_by", sa.String(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_within_case_case_id"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["person.id"], name=op.f(f"fk_within_case_{column}")
            )
            for column in ("chosen_by", "superseded_by", "withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_within_case")),
        sa.UniqueConstraint(
            "case_id", "standing", name=op.f("uq_within_case_case_id_standing")
        ),
    )
    with op.batch_alter_table("within_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_within_case_case_id"), ["case_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("within_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_within_case_case_id"))

    op.drop_table("within_case")
    op.drop_table("case_read_alone")
