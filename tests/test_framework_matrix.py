"""The framework matrix: whose words a cell counts, and what is thin or empty."""

from __future__ import annotations

from coding.codebook import Code, Codebook
from coding.framework_matrix.columns import (
    NO_LONGER_A_CODE,
    columns_of,
    theme_ids,
)
from coding.framework_matrix.counting import (
    CellCount,
    MatrixCounts,
    count_cells,
)
from coding.framework_matrix.rows import (
    GroupedBy,
    RowsAre,
    RowSource,
    arranged,
    rows_of,
)
from coding.framework_matrix.states import (
    CellState,
    CellWork,
    Gaps,
    count_gaps,
    is_thin,
    state_of,
)
from coding.mentions import NO_WAVE
from coding.study import Participant
from coding.theme_summaries.said import (
    NOT_NAMED_ONE,
    HeardSource,
    Marks,
    SaidInStudy,
    SpokenTurns,
    numbers,
)

AMIRA = Participant("amira", "Amira", "Parent", locality="Ormwick")
DENISE = Participant("denise", "Denise", "Social worker", locality="Ormwick")
BEV = Participant("bev", "Bev", "Parent", attributes={"family": "F2"})
SILENT = Participant("silent", "Silent", "Parent")
PEOPLE = (AMIRA, DENISE, BEV, SILENT)
FIRST = RowSource("first", "Interview 1", "Wave 1", ("amira",))
GROUP = RowSource("group", "Group", "Wave 2", ("denise", "bev"))
LATER = RowSource("later", "Interview 3", "", ("amira",))
SOURCES = (FIRST, GROUP, LATER)

BOOK = Codebook(
    (
        Code("help", "Help", position=1),
        Code("late", "Too late", parent_id="help", position=2),
        Code("early", "Early", parent_id="help", position=3),
        Code("heard", "Being heard", position=4),
    )
)
SPOKEN = {
    "first": [(20, 60, "amira"), (80, 120, "amira")],
    "group": [(0, 40, "denise"), (50, 90, "bev"), (95, 120, "")],
    "later": [(0, 30, "amira")],
}


def _said(passages: dict[str, dict[str, list[tuple[int, int]]]]) -> SaidInStudy:
    """A study of these sources and turns, in which the passages are coded."""
    ids = [one.id for one in PEOPLE]
    turns = [
        (at, start, end, ids.index(person) if person else NOT_NAMED_ONE)
        for at, source in enumerate(SOURCES)
        for start, end, person in SPOKEN[source.id]
    ]
    place = {one.id: at for at, one in enumerate(SOURCES)}
    marks = [
        (code, place[source], *passage)
        for code in passages
        for source, marked in passages[code].items()
        if source in place
        for passage in marked
    ]
    codes = tuple(passages)
    return SaidInStudy(
        tuple(HeardSource(one.id, one.name, one.wave or NO_WAVE) for one in SOURCES),
        PEOPLE,
        ("Wave 1", "Wave 2", NO_WAVE),
        codes,
        Marks(
            numbers([codes.index(one[0]) for one in marks]),
            *(numbers([one[at] for one in marks]) for at in (1, 2, 3)),
        ),
        SpokenTurns(*(numbers([one[at] for one in turns]) for at in range(4))),
    )


def _rows(rows_are=RowsAre.PARTICIPANTS, by="", **more):
    return rows_of(rows_are, by, PEOPLE, SOURCES, **more)


def test_rows_are_those_who_speak_in_the_order_given() -> None:
    assert [row.name for row in _rows()] == ["Amira", "Denise", "Bev"]
    assert _rows()[0].waves == ("Wave 1", "")
    assert [row.key for row in _rows(RowsAre.SOURCES)] == ["first", "group", "later"]


def test_groups_are_by_any_fact_and_the_unknown_last() -> None:
    roles = _rows(RowsAre.GROUPS, "role")
    assert [(row.name, len(row.person_ids)) for row in roles] == [
        ("Parent", 2),
        ("Social worker", 1),
    ]
    families = _rows(RowsAre.GROUPS, "family")
    assert [row.key for row in families] == ["=F2", "="]
    assert families[1].name == "Not known"
    waves = _rows(RowsAre.GROUPS, "wave", waves=("Wave 2", "Wave 1"))
    assert [row.name for row in waves] == ["Wave 2", "Wave 1", "No wave"]


def test_rows_are_gathered_and_each_stands_once() -> None:
    by_wave = arranged(_rows(), GroupedBy.WAVE, ("Wave 1", "Wave 2"))
    assert [(one.group, one.name) for one in by_wave] == [
        ("Wave 1", "Amira"),
        ("Wave 2", "Denise"),
        ("Wave 2", "Bev"),
    ]
    by_place = arranged(_rows(), GroupedBy.LOCALITY)
    assert [(one.group, one.name) for one in by_place] == [
        ("Ormwick", "Amira"),
        ("Ormwick", "Denise"),
        ("Not known", "Bev"),
    ]
    by_role = arranged(_rows(RowsAre.SOURCES), GroupedBy.ROLE)
    assert [one.group for one in by_role] == [
        "Parent",
        "Parent",
        "Parent and Social worker",
    ]


def test_a_heading_takes_in_the_codes_under_it_and_columns_keep_their_order() -> None:
    assert theme_ids(BOOK) == ("help", "heard")
    heard, helped, gone = columns_of(
        ["heard", "help", "heard", "lost"], BOOK, Codebook()
    )
    assert helped.code_ids == {"help", "late", "early"}
    assert heard.code_ids == {"heard"}
    assert (gone.name, gone.is_out_of_use) == (NO_LONGER_A_CODE, True)


def test_only_the_rows_own_words_count_and_overlaps_are_one_quotation() -> None:
    columns = columns_of(["help", "heard"], BOOK)
    passages = {
        # Two codes of one heading on overlapping words, then an interviewer's words.
        "late": {"first": [(25, 40), (62, 75)]},
        "early": {"first": [(35, 50)], "group": [(30, 60)]},
        "heard": {"group": [(96, 110)], "later": [(0, 10), (10, 20)]},
    }
    counts = count_cells(_rows(), columns, _said(passages))
    assert counts.of("amira", "help") == CellCount(1, 1, ("first",))
    # One passage of two people is a quotation of each.
    assert counts.of("denise", "help") == CellCount(1, 1, ("group",))
    assert counts.of("bev", "help") == CellCount(1, 1, ("group",))
    # Passages that touch stay two; one not named is in no participant's row.
    assert counts.of("amira", "heard") == CellCount(2, 1, ("later",))
    assert counts.aside == {"heard": 1}
    assert len(counts.cells) == 4


def test_rows_of_sources_waves_and_groups_count_alike() -> None:
    columns = columns_of(["heard"], BOOK)
    passages = {"heard": {"group": [(0, 60), (96, 110)], "later": [(0, 10)]}}
    by_source = count_cells(_rows(RowsAre.SOURCES), columns, _said(passages))
    assert by_source.of("group", "heard") == CellCount(2, 2, ("group",))
    assert by_source.aside == {}
    by_role = count_cells(_rows(RowsAre.GROUPS, "role"), columns, _said(passages))
    assert by_role.of("=Parent", "heard") == CellCount(2, 2, ("group", "later"))
    by_wave = count_cells(_rows(RowsAre.GROUPS, "wave"), columns, _said(passages))
    assert by_wave.of("=", "heard") == CellCount(1, 1, ("later",))
    assert by_wave.of("=Wave 2", "heard").quotations == 2


def test_a_source_that_is_not_taken_in_counts_for_nothing() -> None:
    columns = columns_of(["heard"], BOOK)
    said = _said({"heard": {"first": [(20, 30)], "group": [(0, 10), (96, 110)]}})
    counts = count_cells(_rows(), columns, said, {"first"})
    assert list(counts.cells) == [("amira", "heard")]
    assert counts.aside == {}
    assert count_cells(_rows(), columns, said).aside == {"heard": 1}


def test_each_state_is_told_apart() -> None:
    (amira, *_) = _rows()
    parents, _ = _rows(RowsAre.GROUPS, "role")
    nothing, one, many = (CellCount(n, min(n, 1), ("first",)) for n in (0, 1, 3))
    assert state_of(nothing, amira, CellWork()) is CellState.NOTHING_CODED
    assert state_of(one, amira, CellWork()) is CellState.THIN
    assert state_of(many, amira, CellWork()) is CellState.CODED
    assert state_of(many, parents, CellWork()) is CellState.THIN
    assert state_of(one, amira, CellWork(has_words=True)) is CellState.WRITTEN
    changed = CellWork(has_words=True, changed=1)
    assert state_of(many, amira, changed) is CellState.CHANGED
    absent = CellWork(is_absent=True)
    assert state_of(nothing, amira, absent) is CellState.NOT_IN_INTERVIEW
    assert state_of(one, amira, absent) is CellState.CHANGED
    assert not is_thin(nothing, amira)


def test_thin_and_empty_cells_are_counted_by_row_and_column() -> None:
    rows = _rows()
    columns = columns_of(["help", "heard"], BOOK)
    counts = MatrixCounts(
        {
            ("amira", "help"): CellCount(1, 1, ("first",)),
            ("denise", "help"): CellCount(4, 1, ("group",)),
            ("gone", "help"): CellCount(1, 1, ("group",)),
        },
        {},
    )
    work = {
        ("amira", "help"): CellWork(has_words=True),
        ("bev", "heard"): CellWork(is_absent=True),
        ("", "help"): CellWork(has_words=True),
    }
    by_row, by_column = count_gaps(rows, columns, counts, work)
    assert by_row == {
        "amira": Gaps(2, written=1, thin=1, empty=1),
        "denise": Gaps(2, written=0, thin=0, empty=1),
        "bev": Gaps(2, written=0, thin=0, empty=1),
    }
    assert by_column == {
        "help": Gaps(3, written=1, thin=1, empty=1),
        "heard": Gaps(3, written=0, thin=0, empty=2),
    }
