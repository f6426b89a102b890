"""Codes that say the opposite of others, and searches for contrary cases of a theme."""

import sqlalchemy as sa
from alembic import op


revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contrary_search",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code_id", sa.String(), nullable=False),
        sa.Column("where_looked", sa.Text(), nullable=False),
        sa.Column("looked_by", sa.String(), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"],
            ["code.id"],
            name=op.f("fk_contrary_search_code_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["looked_by"], ["person.id"], name=op.f("fk_contrary_search_looked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contrary_search")),
    )
    with op.batch_alter_table("contrary_search", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contrary_search_code_id"), ["code_id"], unique=False
        )
    op.create_table(
        "opposite_code",
        sa.Column("code_id", sa.String(), nullable=False),
        sa.Column("opposite_id", sa.String(), nullable=False),
        sa.Column("marked_by", sa.String(), nullable=False),
        sa.Column("marked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"],
            ["code.id"],
            name=op.f("fk_opposite_code_code_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["marked_by"], ["person.id"], name=op.f("fk_opposite_code_marked_by")
        ),
        sa.ForeignKeyConstraint(
            ["opposite_id"],
            ["code.id"],
            name=op.f("fk_opposite_code_opposite_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "code_id", "opposite_id", name=op.f("pk_opposite_code")
        ),
    )


def downgrade() -> None:
    op.drop_table("opposite_code")
    op.drop_table("contrary_search")
