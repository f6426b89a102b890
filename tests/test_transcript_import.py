"""Transcripts from .txt and .docx, survey comments and quotations from tables."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from coding.transcripts import SourceKind
from data.importers.interviews.transcript_import import (
    read_comment_table,
    read_transcript,
    source_name,
)
from data.problems import DataRefused


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add(paragraph, xml):
    paragraph._p.append(parse_xml(xml))


def a_run(words):
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def tracked(name, inner):
    return f'<w:{name} {nsdecls("w")} w:id="1" w:author="JS">{inner}</w:{name}>'


def said(transcript):
    return [(t.speaker, transcript.text[t.start : t.end]) for t in transcript.turns]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_file_is_read_in_its_encoding(encoding):
    text = "Interviewer: Café?\r\nP07: £5 – “yes”.\r\n"
    transcript = read_transcript("in/P07.txt", text.encode(encoding))
    assert transcript.name == "P07"
    assert transcript.kind is SourceKind.INTERVIEW
    assert said(transcript) == [("Interviewer", "Café?"), ("P07", "£5 – “yes”.")]
    assert [s.is_interviewer for s in transcript.speakers] == [True, False]
    assert bool(transcript.warnings) == (encoding == "cp1252")


def test_accents_are_composed_once_so_that_positions_stay():
    text = "INT: cafe\u0301 👩‍👩‍👧\nP07: ok"
    transcript = read_transcript("a.txt", text.encode())
    assert said(transcript) == [("INT", "café 👩‍👩‍👧"), ("P07", "ok")]
    assert transcript.turns[0].end == 15


def test_a_document_is_read_in_order_with_tabs_breaks_and_tables():
    document = docx.Document()
    document.add_paragraph("Interview 7")
    paragraph = document.add_paragraph("INT: How\tdid ")
    paragraph.add_run("it go?").add_break()
    paragraph.add_run("And then?")
    table = document.add_table(2, 3)
    rows = [("[00:01:00]", "INT", "Why?"), ("[00:01:09]", "P07", "Because.")]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[1].cells[2].add_paragraph("Of them.")
    document.add_paragraph("P07: Done.")
    transcript = read_transcript("a.docx", saved(document))
    assert said(transcript) == [
        ("", "Interview 7"),
        ("INT", "How\tdid it go?\nAnd then?"),
        ("INT", "Why?"),
        ("P07", "Because.\nOf them."),
        ("P07", "Done."),
    ]
    assert [t.time for t in transcript.turns][2:4] == ["00:01:00", "00:01:09"]
    assert any("tables" in w.found for w in transcript.warnings)


def test_tracked_insertions_are_read_and_deletions_are_not():
    document = docx.Document()
    document.add_paragraph("INT: Hello.")
    paragraph = document.add_paragraph("P07: I ")
    add(paragraph, tracked("ins", a_run("really 😀 ")))
    deleted = "<w:r><w:delText>never</w:delText><w:tab/></w:r>"
    add(paragraph, tracked("del", deleted))
    add(paragraph, tracked("moveFrom", a_run("gone ")))
    add(paragraph, tracked("moveTo", a_run("liked it.")))
    transcript = read_transcript("a.docx", saved(document))
    assert said(transcript)[1] == ("P07", "I really 😀 liked it.")
    assert any("tracked changes" in w.found for w in transcript.warnings)


def test_a_deleted_paragraph_mark_joins_what_it_parted():
    document = docx.Document()
    paragraph = document.add_paragraph("INT: One ")
    mark = tracked("del", "")
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f"<w:rPr {nsdecls('w')}>{mark}</w:rPr>")
    )
    document.add_paragraph("and two.")
    transcript = read_transcript("a.docx", saved(document))
    assert said(transcript) == [("INT", "One and two.")]


def test_hidden_text_and_boxes_are_left_out_and_said():
    document = docx.Document()
    paragraph = document.add_paragraph("INT: Seen. ")
    paragraph.add_run("Unseen.").font.hidden = True
    box = (
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p>{a_run('Box')}</w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    add(paragraph, box)
    transcript = read_transcript("a.docx", saved(document))
    assert transcript.text == "INT: Seen. "
    found = " ".join(w.found for w in transcript.warnings)
    assert "hidden text" in found
    assert "boxes" in found


def test_links_and_content_controls_are_read():
    document = docx.Document()
    paragraph = document.add_paragraph("INT: See ")
    add(paragraph, f"<w:hyperlink {nsdecls('w')}>{a_run('this page')}</w:hyperlink>")
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{a_run('P07: Yes.')}</w:p>"
        "</w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, parse_xml(control))
    transcript = read_transcript("a.docx", saved(document))
    assert said(transcript) == [("INT", "See this page"), ("P07", "Yes.")]


def test_what_to_check_about_speakers_is_said():
    text = "Notes\nDenise: a\nInterviewer: b\nDensie: c\nDenise: d"
    found = [w.found for w in read_transcript("a.txt", text.encode()).warnings]
    assert found == [
        "the labels Denise and Densie may be one speaker",
        "1 turn stands before the first speaker label",
    ]
    text = "INT: a\nP07: b\nBob: secret\nINT: d\nWhat Mary Said That Day: e"
    (warning,) = read_transcript("a.txt", text.encode()).warnings
    assert warning.found == "“Bob:” opens 1 line and was read as words"
    assert "If it is a speaker" in warning.do_next
    (warning,) = read_transcript("a.txt", b"Just a note.\nAnd more.").warnings
    assert "no speaker labels" in warning.found


def test_an_interview_in_which_nobody_answers_is_said():
    """Labels in bold, as some tools write them, are read as the interviewer's words."""
    text = "Interviewer: How was it?\n**Joan**: Fine.\nInterviewer: Thank you."
    (warning,) = read_transcript("a.txt", text.encode()).warnings
    assert "nobody but the interviewer speaks" in warning.found
    assert "plain letters and a colon" in warning.do_next
    text = "Interviewer: How was it?\nJoan: Fine.\nInterviewer: Thank you."
    assert read_transcript("a.txt", text.encode()).warnings == ()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"INT:\nP07:\n", "no spoken words"),
        ("a.docx", saved(docx.Document()), "no text"),
        ("a.txt", b"x " * 3_000_000, "6,000,000 characters"),
        ("a.txt", b"x " * 11_000_000, "22.0 MB"),
    ],
)
def test_files_without_a_transcript_are_refused(name, content, words):
    with pytest.raises(DataRefused) as caught:
        read_transcript(name, content)
    assert words in caught.value.problems[0].found


def test_a_source_is_named_after_its_file():
    assert source_name("C:\\in\\P07 wave 2.docx") == "P07 wave 2"
    assert source_name(".txt") == ".txt"


COMMENTS = (
    "id,Survey,Speaker role,Comment,Area\n"
    '01,wave 1,Parent,"Good 😀,\r\nreally.",North\n'
    "02,wave 1,,  ,\n03,,Carer, Cafe\u0301 ,\n"
)


def test_each_comment_of_a_table_is_a_source_with_its_attributes():
    table = read_comment_table("in/survey.csv", COMMENTS.encode())
    first, last = table.sources
    assert first.transcript.name == "survey 01"
    assert first.transcript.kind is SourceKind.SURVEY_COMMENT
    assert first.transcript.text == "Good 😀,\nreally."
    assert [(t.start, t.end) for t in first.transcript.turns] == [(0, 15)]
    assert first.attributes == {
        "survey": "wave 1",
        "role": "Parent",
        "locality": "North",
    }
    assert (last.transcript.text, last.row) == ("Café", 4)
    assert last.attributes == {"role": "Carer"}
    assert table.warnings[0].where == "in/survey.csv, row 3"


def test_comments_without_ids_are_named_by_their_row():
    table = read_comment_table("s.csv", b"comment\nGood\nBad\n")
    assert [s.transcript.name for s in table.sources] == ["s row 2", "s row 3"]


def test_columns_of_comments_may_be_named():
    content = b"ref,notes\nx1,Good\n"
    table = read_comment_table("s.csv", content, text_column="Notes", id_column="ref")
    assert table.sources[0].transcript.name == "s x1"
    with pytest.raises(DataRefused, match="no column words"):
        read_comment_table("s.csv", content, text_column="words")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"id,quote,comment\n1,a,b\n", "columns quote and comment could both"),
        (b"id,your comments please\n1,a\n", "no column is seen to hold the words"),
        (b"id,comment\n1,a\n2,b\n1,c\n", "rows 2 and 4 have the same id"),
        (b"id,comment\n1,\n", "no row holds a comment"),
    ],
)
def test_tables_of_comments_that_cannot_be_told_are_refused(content, words):
    with pytest.raises(DataRefused) as caught:
        read_comment_table("s.csv", content)
    assert words in caught.value.problems[0].found


def test_the_likely_column_of_words_is_offered():
    with pytest.raises(DataRefused) as caught:
        read_comment_table("s.csv", b"id,your comments please\n1,a\n")
    assert "your comments please" in caught.value.problems[0].do_next


@pytest.mark.shared_data
def test_published_quotations_and_comments_are_read(shared_data):
    quotes = read_comment_table(
        "report-quotes.csv", (shared_data / "report-quotes.csv").read_bytes()
    )
    assert len(quotes.sources) == 37
    assert quotes.sources[1].attributes == {
        "section": "Restorative practice training",
        "role": "Team leader",
    }
    comments = read_comment_table(
        "service-user-comments.csv",
        (shared_data / "service-user-comments.csv").read_bytes(),
    )
    assert len(comments.sources) == 57
    assert comments.sources[0].attributes == {"survey": "service users, wave 1"}
    assert all(s.transcript.word_count > 0 for s in comments.sources)
