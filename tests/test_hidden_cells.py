"""Summaries over a whole row or column stay hidden from who codes of it blind."""

from __future__ import annotations

import pytest
from framework_desk import MatrixDesk
from interview_desk import a_source

from coding.framework_matrix.rows import RowsAre
from coding.transcripts import SourceKind
from data.problems import DataRefused
from data.storage.framework.framework_records import WHOLE, CellPlace


@pytest.mark.parametrize(
    ("rows_are", "by"),
    [(RowsAre.PARTICIPANTS, ""), (RowsAre.SOURCES, ""), (RowsAre.GROUPS, "wave")],
)
def test_a_summary_over_all_rows_hides_without_a_link(
    empty_store, rows_are, by
) -> None:
    desk = MatrixDesk(empty_store, rows_are, by)
    framework = empty_store.framework
    places = [
        CellPlace(desk.matrix.id, key, code)
        for key, code in (
            (WHOLE, desk.same),
            (desk.row.key, WHOLE),
            (WHOLE, WHOLE),
        )
    ]
    for one in places:
        framework.write("di", one, "All had one worker.", seen_version=0)

    def hidden(reader: str | None) -> list[bool]:
        return [framework.cell(one, reader_id=reader).is_hidden for one in places]

    empty_store.coders.give("lead", [desk.source], "tom", blind=True)
    assert hidden("tom") == hidden(None) == [True] * 3
    assert hidden("lead") == [False] * 3
    with pytest.raises(DataRefused, match="blind"):
        framework.write("tom", places[0], "Mine.", seen_version=1)
    empty_store.coders.finish("tom", desk.source)
    assert hidden("tom") == hidden(None) == [False] * 3


def test_a_matrix_that_does_not_take_the_source_in_stays_to_be_read(
    empty_store,
) -> None:
    desk = MatrixDesk(empty_store)
    (comment,) = desk.store.sources.save(
        "priya", [a_source("Comment 1", kind=SourceKind.SURVEY_COMMENT, mappings=())]
    )
    over = CellPlace(desk.matrix.id, WHOLE, desk.same)
    desk.store.framework.write("di", over, "All had one.", seen_version=0)
    desk.store.coders.give("lead", [comment], "tom", blind=True)
    assert not desk.store.framework.cell(over, reader_id="tom").is_hidden
