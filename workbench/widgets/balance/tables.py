"""A table of a report as the page shows it: the same words in both."""

from __future__ import annotations

from data.exporters.report_document import ReportTable
from workbench.widgets.untrusted import as_html


def table_markup(table: ReportTable) -> str:
    """The markup of a report's table, numbers to the right, scrolling where wide."""
    head = "".join(
        f'<th scope="col"{_side(table, at)}>{as_html(words)}</th>'
        for at, words in enumerate(table.headings)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_side(table, at)}>{as_html(words)}</td>"
            for at, words in enumerate(row)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="wb-card wb-scroll"><table aria-label="{as_html(table.caption)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _side(table: ReportTable, at: int) -> str:
    return ' class="number"' if at in table.number_columns else ""
