"""Framework matrices: what each shows, its written cells, and what they said before."""

import sqlalchemy as sa
from alembic import op


revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "framework_matrix",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rows_are", sa.String(), nullable=False),
        sa.Column("rows_by", sa.String(), nullable=False),
        sa.Column("grouped_by", sa.String(), nullable=False),
        sa.Column("column_ids", sa.JSON(), nullable=False),
        sa.Column("takes_comments", sa.Boolean(), nullable=False),
        sa.Column("is_put_away", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_framework_matrix_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_matrix")),
        sa.UniqueConstraint("name", name=op.f("uq_framework_matrix_name")),
    )
    op.create_table(
        "framework_cell",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("matrix_id", sa.String(), nullable=False),
        sa.Column("about_kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.String(), nullable=False),
        sa.Column("column_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_absent", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matrix_id"],
            ["framework_matrix.id"],
            name=op.f("fk_framework_cell_matrix_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_framework_cell_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_cell")),
        sa.UniqueConstraint(
            "matrix_id",
            "about_id",
            "column_id",
            name=op.f("uq_framework_cell_matrix_id_about_id_column_id"),
        ),
    )
    op.create_table(
        "framework_words",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cell_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_absent", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=True),
        sa.Column("said_until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cell_id"],
            ["framework_cell.id"],
            name=op.f("fk_framework_words_cell_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_framework_words_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_words")),
        sa.UniqueConstraint(
            "cell_id", "number", name=op.f("uq_framework_words_cell_id_number")
        ),
    )


def downgrade() -> None:
    op.drop_table("framework_words")
    op.drop_table("framework_cell")
    op.drop_table("framework_matrix")
