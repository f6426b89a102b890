"""A codebook kept as a table."""

import pytest

from data.importers.interviews.codebook_import import CodebookEntry, read_codebook
from data.problems import DataRefused


def refusal_of(content, **choices):
    with pytest.raises(DataRefused) as caught:
        read_codebook("codes.csv", content, **choices)
    return [(p.where, p.found) for p in caught.value.problems]


def test_codes_come_in_their_order_with_what_they_mean():
    content = (
        "Name,Parent,Definition,Include,Exclude,Cues,Examples,Near_miss\n"
        'Asking first,trust,"To ask,\nthen act",when asked,when told,'
        "ask|asked first|ask,,Told politely\n"
        "Trust,,To rely on,,,,I rely | on her,\n"
    )
    assert read_codebook("codes.csv", content.encode()) == (
        CodebookEntry(
            "Asking first",
            "Trust",
            "To ask,\nthen act",
            "when asked",
            "when told",
            ("ask", "asked first"),
            (),
            "Told politely",
            2,
        ),
        CodebookEntry("Trust", "", "To rely on", examples=("I rely", "on her"), row=3),
    )


def test_name_and_definition_are_enough():
    (entry,) = read_codebook("codes.csv", b"name,definition\n  Two   words ,x\n")
    assert entry.name == "Two words"


def test_a_parent_may_be_a_code_already_known():
    content = b"name,parent,definition\nAsking,TRUST,x\n"
    (entry,) = read_codebook("codes.csv", content, known_names=["Trust"])
    assert entry.parent == "Trust"
    assert refusal_of(content)


def test_every_problem_is_told_in_order_of_rows():
    content = (
        b"name,parent,definition\n"
        b"A,C,\nB,A,\nC,B,\n,,x\na,,\nTrust,,\nAsking,Trsut,\nOther,Nowhere,\n"
        + b"n" * 201
        + b",,\nSelf,Self,\n"
    )
    assert refusal_of(content) == [
        (
            "codes.csv, row 2, column parent",
            "codes stand under each other in a ring: A under C under B under A",
        ),
        ("codes.csv, row 5, column name", "the code has no name"),
        ("codes.csv, row 6, column name", "rows 2 and 6 are both the code a"),
        ("codes.csv, row 8, column parent", "the parent Trsut is no code of the table"),
        (
            "codes.csv, row 9, column parent",
            "the parent Nowhere is no code of the table",
        ),
        (
            "codes.csv, row 10, column name",
            "the name has 201 characters and at most 200 are kept",
        ),
        (
            "codes.csv, row 11, column parent",
            "codes stand under each other in a ring: Self under Self",
        ),
    ]


def test_a_near_miss_of_a_parent_is_offered():
    with pytest.raises(DataRefused) as caught:
        read_codebook("c.csv", b"name,parent,definition\nTrust,,\nAsking,Trsut,\n")
    assert caught.value.problems[0].do_next.startswith("Did you mean Trust?")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"title,text\na,b\n", "no column is called name"),
        (b"name,definition\n", "no row"),
        (b"name,code,definition\na,b,c\n", "name and code would both be name"),
    ],
)
def test_tables_that_are_no_codebook_are_refused(content, words):
    assert words in refusal_of(content)[0][1]


@pytest.mark.shared_data
def test_a_published_codebook_is_read(shared_data):
    path = shared_data / "trial" / "coded" / "serdif-codebook.csv"
    entries = read_codebook(path.name, path.read_bytes())
    assert len(entries) == 22
    assert entries[0].name == "Additional explanation"
    assert entries[0].cues[:2] == ("explanation", "explain")
