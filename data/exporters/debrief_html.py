"""A report as one web page that stands alone: no script, nothing fetched."""

from __future__ import annotations

import base64
from html import escape

from data.exporters.report_document import (
    Paragraph,
    Part,
    Picture,
    Points,
    Quotation,
    ReportDocument,
    ReportTable,
)

_STYLE = """
:root {color-scheme: light dark}
body {font: 1rem/1.5 "Source Sans 3", "Segoe UI", Arial, sans-serif; max-width: 45rem;
  margin: 2rem auto; padding: 0 1rem; color: light-dark(#1F2428, #E7E5E0);
  background: light-dark(#FFFFFF, #15191D)}
.mark {display: inline-block; border: 1px solid; border-radius: 4px; padding: 0 8px;
  color: light-dark(#8A5300, #F0C070)}
.note, figcaption, caption {color: light-dark(#55606A, #A9B2B9);
  font-size: 0.9375rem}
h2 {margin-top: 2rem; padding-top: 1rem;
  border-top: 1px solid light-dark(#C9CED2, #3A434B)}
table {border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem;
  font-size: 0.9375rem}
caption {text-align: left; padding: 4px 0}
th, td {text-align: left; vertical-align: top; padding: 4px 8px;
  border: 1px solid light-dark(#7D8790, #76828C)}
.number {text-align: right; font-variant-numeric: tabular-nums}
figure {margin: 0.75rem 0 1rem; padding-left: 1rem;
  border-left: 3px solid light-dark(#0B5D66, #7CCBD1)}
blockquote {margin: 0; white-space: pre-wrap}
p {white-space: pre-wrap}
figure.picture {border: 0; padding: 0}
figure.picture img {max-width: 100%; height: auto; border: 1px solid #7D8790}
footer {margin-top: 2rem}
@media print {body {max-width: none} thead {display: table-header-group}}
"""


def report_as_html(report: ReportDocument) -> str:
    """The report as one accessible web page; every word of it is escaped."""
    body = "\n".join(
        f'<h{section.level + 1} id="part-{number}">{escape(section.heading)}'
        f"</h{section.level + 1}>\n"
        + "\n".join(part_as_html(part) for part in section.parts)
        for number, section in enumerate(report.sections, start=1)
    )
    mark = escape(report.mark)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)} ({mark})</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n"
        f'<body>\n<header><p class="mark">{mark}</p></header>\n<main>\n'
        f"<h1>{escape(report.title)}</h1>\n<p>{escape(report.study_name)}</p>\n"
        f'<p class="note">{escape(report.made_in_words)}</p>\n'
        f"{_contents(report)}{body}\n</main>\n"
        f'<footer><p class="mark">{mark}</p></footer>\n</body>\n</html>\n'
    )


def _contents(report: ReportDocument) -> str:
    if not report.has_contents:
        return ""
    lines = "".join(
        f'<li><a href="#part-{number}">{escape(section.heading)}</a></li>'
        for number, section in enumerate(report.sections, start=1)
    )
    return f'<nav aria-label="Contents"><h2>Contents</h2><ul>{lines}</ul></nav>\n'


def part_as_html(part: Part) -> str:
    """One part of a report as markup, every word of it escaped."""
    match part:
        case Paragraph():
            kind = ' class="note"' if part.is_note else ""
            return f"<p{kind}>{escape(part.text)}</p>"
        case Points():
            points = "".join(f"<li>{escape(point)}</li>" for point in part.points)
            return f"<ul>{points}</ul>"
        case ReportTable():
            return _table_as_html(part)
        case Picture():
            picture = base64.b64encode(part.png).decode("ascii")
            return (
                f'<figure class="picture"><img src="data:image/png;base64,{picture}" '
                f'alt="{escape(part.alternative)}"><figcaption>{escape(part.caption)}'
                "</figcaption></figure>"
            )
        case Quotation():
            return (
                f"<figure><blockquote>“{escape(part.words)}”</blockquote><figcaption>"
                f"<strong>{escape(part.said_by)}</strong> {escape(part.reference)}"
                "</figcaption></figure>"
            )


def _table_as_html(table: ReportTable) -> str:
    head = "".join(
        f'<th scope="col"{_side(table, at)}>{escape(heading)}</th>'
        for at, heading in enumerate(table.headings)
    )
    rows = "".join(
        "<tr>"
        + "".join(_cell(table, at, cell) for at, cell in enumerate(row))
        + "</tr>"
        for row in table.rows
    )
    return (
        f"<table><caption>{escape(table.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(table: ReportTable, at: int, words: str) -> str:
    if at == 0:
        return f'<th scope="row">{escape(words)}</th>'
    return f"<td{_side(table, at)}>{escape(words)}</td>"


def _side(table: ReportTable, at: int) -> str:
    return ' class="number"' if at in table.number_columns else ""
