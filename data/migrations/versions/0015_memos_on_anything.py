"""Memos with a title, links and what they said before; a deleted one is kept."""

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("memo", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("title", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "is_deleted", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
    op.execute(
        "UPDATE memo SET source_id = about_id WHERE about_kind = 'source' "
        "AND about_id IN (SELECT id FROM source)"
    )
    op.create_table(
        "memo_link",
        sa.Column("memo_id", sa.String(), nullable=False),
        sa.Column("about_kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["memo_id"],
            ["memo.id"],
            name=op.f("fk_memo_link_memo_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "memo_id", "about_kind", "about_id", name=op.f("pk_memo_link")
        ),
    )
    with op.batch_alter_table("memo_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_memo_link_about_id"), ["about_id"], unique=False
        )
    op.create_table(
        "memo_words",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("memo_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("said_until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["memo_id"],
            ["memo.id"],
            name=op.f("fk_memo_words_memo_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memo_words")),
        sa.UniqueConstraint(
            "memo_id", "number", name=op.f("uq_memo_words_memo_id_number")
        ),
    )
    with op.batch_alter_table("memo_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_memo_words_memo_id"), ["memo_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("memo_words")
    op.drop_table("memo_link")
    with op.batch_alter_table("memo", schema=None) as batch_op:
        for column in ("is_deleted", "changed_at", "title"):
            batch_op.drop_column(column)
