"""How the contemporary cases were chosen."""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sampling_record",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=True),
        sa.Column("drawn_on", sa.String(), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("drawn_from", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("replaced", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_sampling_record_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
            name=op.f("fk_sampling_record_recorded_by"),
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"],
            ["person.id"],
            name=op.f("fk_sampling_record_superseded_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampling_record")),
        sa.UniqueConstraint(
            "case_id", "standing", name=op.f("uq_sampling_record_case_id_standing")
        ),
    )
    with op.batch_alter_table("sampling_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sampling_record_case_id"), ["case_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("sampling_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sampling_record_case_id"))

    op.drop_table("sampling_record")
