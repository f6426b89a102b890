"""Sources given to coders, blind first passes, and a layer for what coders settle."""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "coded_segment",
        sa.Column("layer", sa.String(), nullable=False, server_default=""),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("coder_id", sa.String(), nullable=False),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_assignment_source_id"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["person.id"], name=op.f(f"fk_assignment_{column}")
            )
            for column in ("coder_id", "given_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "source_id", "coder_id", name=op.f("uq_assignment_source_id_coder_id")
        ),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_source_id"), ["source_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assignment_coder_id"), ["coder_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("assignment")
    op.drop_column("coded_segment", "layer")
