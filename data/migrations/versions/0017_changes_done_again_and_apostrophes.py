"""Changes of the codebook done again, and an apostrophe that belongs to its word.

The words that turns are found by are folded anew wherever a text holds an apostrophe or
a soft hyphen within a word.
"""

import sqlalchemy as sa
from alembic import op

from coding.finding.search_words import APOSTROPHE, words_to_index

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("code_history", schema=None) as batch_op:
        batch_op.add_column(sa.Column("redoes", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_code_history_redoes"),
            "code_history",
            ["redoes"],
            ["number"],
        )
    _fold_anew(words_to_index)


def _fold_anew(fold) -> None:
    connection = op.get_bind()
    change = sa.text("UPDATE turn_words SET words = :words WHERE id = :id")
    # One text at a time: those of a study together may not fit into memory.
    for source_id in connection.scalars(sa.text("SELECT id FROM source")).all():
        text = connection.scalar(
            sa.text("SELECT text FROM source WHERE id = :id"), {"id": source_id}
        )
        turns = connection.execute(
            sa.text(
                'SELECT turn_words.id, words, start, "end" FROM turn_words JOIN turn '
                "ON turn.source_id = turn_words.source_id "
                "AND turn.number = turn_words.number "
                "WHERE turn_words.source_id = :id"
            ),
            {"id": source_id},
        ).all()
        for row_id, words, start, end in turns:
            folded = fold(text[start:end])
            if folded != words:
                connection.execute(change, {"words": folded, "id": row_id})


def downgrade() -> None:
    _fold_anew(lambda text: words_to_index(text).replace(APOSTROPHE, " "))
    with op.batch_alter_table("code_history", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_code_history_redoes"), type_="foreignkey"
        )
        batch_op.drop_column("redoes")
