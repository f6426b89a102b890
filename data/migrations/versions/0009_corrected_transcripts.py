"""Texts as they were before a correction, and codings without a place since."""

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "earlier_text",
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("turns", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_earlier_text_source_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["person.id"], name=op.f("fk_earlier_text_replaced_by")
        ),
        sa.PrimaryKeyConstraint("source_id", "number", name=op.f("pk_earlier_text")),
    )
    op.create_table(
        "unplaced_coding",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.String(), nullable=False),
        sa.Column("coded_at", sa.DateTime(), nullable=False),
        sa.Column("suggestion_id", sa.String(), nullable=True),
        sa.Column("layer", sa.String(), nullable=False),
        sa.Column("settled_as", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_unplaced_coding_source_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["code_id"], ["code.id"], name=op.f("fk_unplaced_coding_code_id")
        ),
        sa.ForeignKeyConstraint(
            ["coder_id"], ["person.id"], name=op.f("fk_unplaced_coding_coder_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unplaced_coding")),
    )
    with op.batch_alter_table("unplaced_coding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_unplaced_coding_source_id"), ["source_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_unplaced_coding_coder_id"), ["coder_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("unplaced_coding")
    op.drop_table("earlier_text")
