"""Quotations that somebody chose to show a theme's range."""

import sqlalchemy as sa
from alembic import op


revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chosen_quotation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words_sha256", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("chosen_by", sa.String(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chosen_by"], ["person.id"], name=op.f("fk_chosen_quotation_chosen_by")
        ),
        sa.ForeignKeyConstraint(
            ["code_id"],
            ["code.id"],
            name=op.f("fk_chosen_quotation_code_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_chosen_quotation_source_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chosen_quotation")),
    )
    with op.batch_alter_table("chosen_quotation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_chosen_quotation_code_id"), ["code_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("chosen_quotation")
