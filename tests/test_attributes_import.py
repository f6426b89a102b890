"""Who is who in the transcripts."""

import pytest

from data.importers.interviews.attributes_import import read_attributes
from data.problems import DataRefused

TABLE = (
    b"File,Participant,Role,Team,Locality,Wave,Years in post\n"
    b"P07 wave 2.docx,P07,Social worker,Duty,North,Wave 2,4\n"
    b"group.txt,P07,,,,,\n"
    b"group.txt,P08,Team manager,,,,\n"
)


def refusal_of(content):
    with pytest.raises(DataRefused) as caught:
        read_attributes("attributes.csv", content)
    return [(p.where, p.found) for p in caught.value.problems]


def test_each_row_says_who_a_participant_is_in_a_file():
    first, second, third = read_attributes("attributes.csv", TABLE).rows
    assert (first.participant, first.role, first.team) == (
        "P07",
        "Social worker",
        "Duty",
    )
    assert (first.locality, first.wave, first.row) == ("North", "Wave 2", 2)
    assert first.others == {"years_in_post": "4"}
    assert (second.role, second.others) == ("", {})
    assert third.participant == "P08"


def test_rows_are_found_by_file_whatever_its_folder_ending_and_letter_case():
    table = read_attributes("attributes.csv", TABLE)
    assert [r.participant for r in table.of("in\\GROUP.docx")] == ["P07", "P08"]
    assert [r.participant for r in table.of("p07 wave 2")] == ["P07"]
    assert table.of("P07 wave 3.docx") == ()


def test_a_participant_with_two_roles_is_warned_of():
    content = b"file,participant,role\na.txt,P1,SW\nb.txt,p1,TM\n"
    (warning,) = read_attributes("attributes.csv", content).warnings
    assert warning.found == "participant p1 has another role in row 2"
    assert warning.where == "attributes.csv, row 3"


def test_every_problem_is_told_in_order_of_rows():
    content = b"file,participant\na.txt,P1\n,P2\na.docx,p1\nb.txt,\n"
    assert refusal_of(content) == [
        ("attributes.csv, row 3, column file", "the cell is empty"),
        (
            "attributes.csv, row 4",
            "rows 2 and 4 are about participant p1 in the same file",
        ),
        ("attributes.csv, row 5, column participant", "the cell is empty"),
    ]


def test_a_participant_has_a_row_for_each_label_of_a_file():
    head = b"file,participant,speaker\n"
    table = read_attributes("who.csv", head + b"a,Denise,Denise\na,Denise,Densie\n")
    assert [row.speaker for row in table.of("a.txt")] == ["Denise", "Densie"]
    for second in (b"DENISE", b""):
        found = refusal_of(head + b"a,Denise,Denise\na,Denise," + second + b"\n")
        assert [where for where, _ in found] == ["attributes.csv, row 3"]


def test_file_and_participant_are_needed():
    found = [f for _, f in refusal_of(b"name,role\na,b\n")]
    assert found[0].startswith("no column is called file")
    assert found[1].startswith("no column is called participant")
    assert "no row" in refusal_of(b"file,participant\n")[0][1]
