"""What is taken away of what was found, and that nobody finds what is hidden."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from debrief_study import a_study_to_debrief
from docx import Document
from interview_desk import a_desk, code_words
from openpyxl import load_workbook
from two_coders import as_coded_blind

from coding.finding.code_relations import Relation
from coding.finding.keyword_in_context import LineOrder
from coding.finding.search_words import folded_words
from data.exporters.report_document import INTERNAL_MARK
from data.exporters.table_file import table_as_csv, table_as_xlsx
from workbench.actions.finding import code_tables, finding_report
from workbench.actions.finding.context_table import context_table
from workbench.actions.finding.passage_ask import (
    Narrowing,
    PassageAsk,
    ask_from,
    ask_in_words,
    find,
    found_in_words,
)
from workbench.actions.finding.searching import find_quotation, look_for

AT = datetime(2025, 6, 3, 9, 30)


@pytest.fixture
def study(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    yield store, person
    store.close()


def _code(store, name: str) -> str:
    return store.codebook.codebook().named(name).id


def _cells(content: bytes, sheet: str) -> list[tuple[str, ...]]:
    page = load_workbook(io.BytesIO(content))[sheet]
    assert INTERNAL_MARK in str(page["A1"].value)
    return [
        tuple(str(v or "") for v in row)
        for row in page.iter_rows(min_row=2, values_only=True)
    ]


def test_a_spreadsheet_names_who_where_and_under_which_codes(study) -> None:
    store, person = study
    ask = PassageAsk((_code(store, "Being heard"),))
    found = find(store, person.id, ask)
    question = ask_in_words(store, ask)
    content = finding_report.quotations_as_xlsx(
        store, found.passages, question, ask.relation, "Dee", AT
    )
    head, *rows = _cells(content, "Quotations")
    assert len(rows) == 4
    row = dict(zip(head, rows[1], strict=True))
    assert row["Words"] == "Nobody asked me what I wanted, not once."
    assert (row["Source"], row["Turn"], row["Wave"]) == ("Interview 1", "3", "Wave 1")
    assert (row["Pseudonym"], row["Role"]) == ("Kestrel", "Parent")
    assert row["Codes"] == "Being heard"
    assert row["Coder"] == person.name
    about = [line for (line,) in _cells(content, "About")]
    assert "Passages coded Being heard" in about
    assert ask.relation.returned in about
    assert "Made on 3 June 2025, 09:30 by Dee." in about


def test_words_that_look_like_a_formula_stay_words(study) -> None:
    store, person = study
    ask = PassageAsk((_code(store, "Same worker"),))
    content = finding_report.quotations_as_xlsx(
        store,
        find(store, person.id, ask).passages,
        "=1+1",
        ask.relation,
        "Dee",
        AT,
    )
    cell = load_workbook(io.BytesIO(content))["About"]["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_word_file_says_the_question_and_every_quotation(study) -> None:
    store, person = study
    ask = PassageAsk((_code(store, "Same worker"),), narrowed=Narrowing(waves=("",)))
    found = find(store, person.id, ask)
    question = f"{ask_in_words(store, ask)}: {found_in_words(found)}"
    content = finding_report.quotations_as_word(
        store, found.passages, question, ask.relation, "Dee", AT
    )
    words = "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)
    assert "Passages coded Same worker, no wave: 1 passage by 1 person" in words
    assert "“She is the only one who stayed with us”" in words
    assert "Robin, Parent, no wave" in words
    assert f"Visit 1, turn 1. Same worker. Coded by {person.name}" in words
    assert "3 June 2025" in words


def test_a_table_counts_people_before_passages_and_interviewers_as_nobody(
    study,
) -> None:
    store, person = study
    codes = [_code(store, one) for one in ("Same worker", "Being heard", "Paperwork")]
    table = code_tables.by_attribute(
        store, person.id, codes, "role", under=True, narrowed=Narrowing()
    )
    assert table.headings == ("All", "Parent", "Social worker")
    assert table.under_headings == ("", "2 people took part", "2 people took part")
    assert [[cell.words for cell in cells] for _, cells in table.rows] == [
        ["3 people, 3 passages", "2 people, 2 passages", "1 person, 1 passage"],
        ["2 people, 4 passages", "1 person, 2 passages", "1 person, 1 passage"],
        ["none", "none", "none"],
    ]
    waves = code_tables.by_attribute(
        store, person.id, codes[:1], "wave", under=True, narrowed=Narrowing()
    )
    assert waves.headings == ("All", "Wave 1", "Wave 2", "No wave")
    assert [cell.words for cell in waves.rows[0][1]] == [
        "3 people, 3 passages",
        "2 people, 2 passages",
        "none",
        "1 person, 1 passage",
    ]
    for making in (finding_report.table_as_word, finding_report.table_as_sheet):
        assert len(making(store, table, "Codes by role", "Dee", AT)) > 1_000
    head, *rows = _cells(
        finding_report.table_as_sheet(store, table, "Codes by role", "Dee", AT), "Codes"
    )
    assert head[2] == "Parent (2 people took part)"
    assert rows[0][:2] == ("Same worker", "3 people, 3 passages")


@pytest.mark.parametrize("by", ["wave", "role", "locality", "team"])
def test_every_number_is_the_answer_to_its_question(study, by) -> None:
    store, person = study
    codes = [_code(store, one) for one in ("Same worker", "Being heard", "Continuity")]
    narrowed = Narrowing(roles=("Parent", "Social worker"))
    tables = [
        code_tables.by_attribute(
            store, person.id, codes, by, under=True, narrowed=narrowed
        ),
        code_tables.co_occurrence(
            store, person.id, codes, under=True, narrowed=narrowed
        ),
    ]
    cells = [c for table in tables for _, row in table.rows for c in row if c.ask]
    assert len(cells) > 6
    for cell in cells:
        asked = ask_from(cell.ask.as_address())
        assert asked == cell.ask
        people, passages = cell.words.split(", ")
        assert found_in_words(find(store, person.id, asked)) == (
            f"{passages} by {people}"
        )


def test_a_question_is_said_back_in_a_sentence(study) -> None:
    store, _ = study
    ask = PassageAsk(
        (_code(store, "Same worker"),),
        Relation.NEAR,
        (_code(store, "Being heard"), _code(store, "Continuity")),
        within=1,
        narrowed=Narrowing(
            waves=("Wave 2",), roles=("Parent", ""), attributes=(("age", ("30",)),)
        ),
    )
    assert ask_in_words(store, ask) == (
        "Passages coded Same worker within 1 word of Being heard or Continuity (with "
        "the codes under it), Wave 2, Parent or not known, age 30"
    )


def test_a_blind_coder_finds_nothing_of_the_others_by_any_of_these(
    empty_store,
) -> None:
    source, same, heard = a_desk(empty_store)
    empty_store.coding.apply("priya", source, [code_words("The same worker", same)])
    empty_store.coding.apply("tom", source, [code_words("same worker came", heard)])
    as_coded_blind(empty_store, source)

    def numbers(reader: str) -> list[str]:
        both = (same, heard)
        tables = [
            code_tables.co_occurrence(
                empty_store, reader, both, under=True, narrowed=Narrowing()
            ),
            *(
                code_tables.by_attribute(
                    empty_store, reader, both, by, under=True, narrowed=Narrowing()
                )
                for by in code_tables.FACTS
            ),
        ]
        return [
            f"{name} {c.words}" for t in tables for name, row in t.rows for c in row
        ]

    for reader, own, other in (
        ("priya", "Same worker", "Being heard"),
        ("tom", "Being heard", "Same worker"),
    ):
        seen = numbers(reader)
        assert f"{own} 1 person, 1 passage" in seen
        assert not [one for one in seen if one.startswith(other) and "passage" in one]
        code = {"Same worker": same, "Being heard": heard}[own]
        assert code_tables.most_used(empty_store, reader, 5) == [code]
        for relation in Relation:
            for first, second in ((same, heard), (heard, same)):
                ask = PassageAsk((first,), relation, (second,))
                found = find(empty_store, reader, ask).passages
                assert all(one.coder_ids == {reader} for one in found)
                for quoted in empty_store.finding.quoted(found):
                    assert quoted.codes == (own,)
    assert "Being heard 1 person, 1 passage" in numbers("lead")
    # Words alone are everybody's to read, and say nothing of codes.
    assert len(look_for(empty_store, "worker").lines) == 1
    assert len(find_quotation(empty_store, "the same worker came")) == 1


def test_lines_are_taken_away_whole_with_who_and_where(study) -> None:
    store, _ = study
    # Of an answer that is too long to be listed the table has every place.
    assert len(look_for(store, "the", most_turns=1).found.turns) == 1
    whole = look_for(store, "the", most_turns=None)
    assert len(whole.found.turns) == whole.found.total > 1
    table = context_table(store, "the", 8, LineOrder.RIGHT)
    assert table.headings == ("Source", "Turn", "Speaker", "Left", "Keyword", "Right")
    assert len(table.rows) == len(whole.lines) > 1
    assert {row[4].lower() for row in table.rows} == {"the"}
    rights = [folded_words(row[5])[0].word for row in table.rows if row[5].strip(".")]
    assert rights == sorted(rights)
    listed = list(csv.reader(io.StringIO(table_as_csv(table).decode("utf-8-sig"))))
    assert listed == [list(table.headings), *map(list, table.rows)]
    sheet = _cells(table_as_xlsx(table, table.caption, about=["Why"]), "Words")
    assert sheet == [table.headings, *table.rows]
