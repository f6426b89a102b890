"""Changes that can be taken back over reloads, and memos on passages of a source."""

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coding_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_coding_change_source_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_coding_change_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_change")),
        sa.UniqueConstraint(
            "source_id",
            "person_id",
            "number",
            name=op.f("uq_coding_change_source_id_person_id_number"),
        ),
    )
    with op.batch_alter_table("coding_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_coding_change_source_id_person_id_undone_at"),
            ["source_id", "person_id", "undone_at"],
            unique=False,
        )
    with op.batch_alter_table("memo", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("start", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("end", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_memo_source_id"),
            "source",
            ["source_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_index(
            batch_op.f("ix_memo_source_id"), ["source_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("memo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memo_source_id"))
        batch_op.drop_constraint(batch_op.f("fk_memo_source_id"), type_="foreignkey")
        for column in ("end", "start", "source_id"):
            batch_op.drop_column(column)
    op.drop_table("coding_change")
