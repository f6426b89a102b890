"""Why a plan was changed after outcomes were seen, and runs of other settings."""

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reason", sa.Text(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("pairs_opened", sa.Integer(), nullable=False, server_default="0")
        )
    op.create_table(
        "sensitivity_run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pairing_id", sa.String(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("cases_version", sa.Integer(), nullable=False),
        sa.Column("run_by", sa.String(), nullable=False),
        sa.Column("run_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pairing_id"],
            ["pairing.id"],
            name=op.f("fk_sensitivity_run_pairing_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_by"], ["person.id"], name=op.f("fk_sensitivity_run_run_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sensitivity_run")),
    )
    with op.batch_alter_table("sensitivity_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sensitivity_run_pairing_id"), ["pairing_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("sensitivity_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sensitivity_run_pairing_id"))

    op.drop_table("sensitivity_run")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("pairs_opened")
        batch_op.drop_column("reason")
