"""The report as a web page that stands alone: axe finds nothing, in either theme."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from debrief_study import a_study_to_debrief

from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence
from data.storage.findings.finding_records import FindingWords
from workbench.actions.findings.findings_report import write_findings_report
from workbench.actions.findings.report_material import made_now, read_material


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    store, person = a_study_to_debrief(folder)
    one = store.findings.add(person.id, FindingWords("Families meet fewer workers."))
    quotation = NewEvidence(EvidenceKind.CODED_SEGMENT, "Interview 1-1")
    store.evidence.link(person.id, one.holder, [quotation])
    report = write_findings_report(
        read_material(store), made_by="Dee", made_at=made_now()
    )
    file = folder / "findings.html"
    file.write_bytes(report.as_file(".html"))
    store.close()
    return file


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 400])
def test_axe_finds_no_fault(open_page, page_file, theme: str, width: int) -> None:
    page = open_page(page_file.as_uri(), width=width, color_scheme=theme)
    page.get_by_role("heading", level=1).wait_for()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    page.get_by_role("navigation", name="Contents").get_by_role("link").last.click()
    assert page.url.endswith("#part-" + page.url.rsplit("-", 1)[1])
    page.get_by_role("img", name="Bar chart. People:").wait_for()
