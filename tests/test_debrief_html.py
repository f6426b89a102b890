"""The report as a web page that stands alone."""

from datetime import UTC, datetime
from html.parser import HTMLParser

from data.exporters.debrief_html import part_as_html, report_as_html
from data.exporters.report_document import (
    Paragraph,
    Quotation,
    ReportDocument,
    ReportTable,
    Section,
)


class _Seen(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, words):
        self.text.append(words)


def _seen(markup):
    seen = _Seen()
    seen.feed(markup)
    return seen


def _report(*parts):
    made = datetime(2026, 3, 5, 14, 2, tzinfo=UTC)
    return ReportDocument("Debrief", "Study", "Ada", made, (Section("Found", parts),))


def test_words_of_participants_never_become_markup():
    nasty = '<img src="https://elsewhere.example/x.png"><script>1</script>'
    table = ReportTable(nasty, (nasty,), ((nasty,),))
    report = _report(Paragraph(nasty), Quotation(nasty, nasty, nasty), table)
    seen = _seen(report_as_html(report))
    assert not {"img", "script", "link", "iframe"} & {tag for tag, _ in seen.tags}
    assert "".join(seen.text).count(nasty) == 7


def test_the_page_has_one_main_heading_a_language_and_the_mark():
    seen = _seen(report_as_html(_report(Paragraph("x"))))
    assert [tag for tag, _ in seen.tags].count("h1") == 1
    assert ("html", {"lang": "en-GB"}) in seen.tags
    assert "Internal: identifies people" in seen.text


def test_a_table_names_its_columns_and_rows_for_screen_readers():
    table = ReportTable("People", ("Role", "Number"), (("Parent", "3"),), (1,))
    markup = part_as_html(table)
    assert '<th scope="col">Role</th>' in markup
    assert '<th scope="row">Parent</th>' in markup
    assert '<td class="number">3</td>' in markup
