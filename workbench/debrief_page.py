"""Debrief: one document to read together; the Word file holds the same words."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from data.exporters.debrief_html import part_as_html
from data.exporters.debrief_report import report_as_word
from data.exporters.report_document import Quotation, ReportDocument, Section
from data.rights import Right
from workbench import notices, session
from workbench.actions.templates.completeness_reading import records_in_words
from workbench.actions.together import debrief, reports
from workbench.actions.together.debrief import DebriefChoice, DebriefMaterial
from workbench.caches import forgotten_when_erased
from workbench.widgets.together.quotation import draw_quotation
from workbench.widgets.untrusted import as_html, as_label

_WIDTH = 720
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STYLE = """<style>
.wb-doc {font-size: 1rem; line-height: 1.5}
.wb-doc p {margin: 0 0 8px; white-space: pre-wrap}
.wb-doc .note, .wb-doc caption {color: light-dark(#55606A, #A9B2B9);
  font-size: 0.9375rem}
.wb-doc ul {margin: 0 0 8px; padding-left: 1.25rem}
.wb-doc div.wide {overflow-x: auto}
.wb-doc table {border-collapse: collapse; width: 100%; font-size: 0.9375rem;
  line-height: 1.35; margin: 4px 0 12px}
.wb-doc caption {text-align: left; padding: 0 0 4px}
.wb-doc th, .wb-doc td {text-align: left; vertical-align: top; padding: 6px 8px;
  border-bottom: 1px solid light-dark(#D5D9DC, #363F47); overflow-wrap: break-word}
.wb-doc thead th {border-bottom: 2px solid light-dark(#7D8790, #76828C)}
.wb-doc .number {text-align: right; font-variant-numeric: tabular-nums}
</style>"""


def show() -> None:
    """Draw the debrief as a document, with its Word file at the top and at the end."""
    place = session.place()
    with st.container(width=_WIDTH), notices.problems_shown():
        changed = str(place.store.audit.last_change())
        whole = material_of(session.study(), changed, None)
        notices.page_head(
            "Debrief",
            "One document to read together. What stands here stands in the Word file.",
        )
        session.link_to("minutes", "Minutes: the record of what the team agreed")
        if not _has_anything(whole):
            notices.empty(
                "No debrief yet. Once interviews are coded, pairs judged or indicators "
                "added, what was found will stand here as one document.",
                "Add transcripts" if session.may(Right.IMPORT_SOURCES) else "",
                "transcripts",
            )
            return
        choice = _choose(whole)
        _draw_records(changed, choice.waves)
        material = whole
        if choice.waves is not None:
            material = material_of(session.study(), changed, choice.waves)
        report = debrief.write_debrief(
            material,
            choice,
            made_by=place.person.name,
            made_at=_made_at(f"{changed} {choice}"),
        )
        file = report_as_word(report)
        _download(place, report, file, "top")
        _draw(place, report)
        _download(place, report, file, "end")


@forgotten_when_erased
@st.cache_resource(show_spinner="Reading the study", max_entries=4)
def material_of(
    study: str, changed: str, waves: tuple[str, ...] | None
) -> DebriefMaterial:
    """What the study held after its last change, for these waves or all."""
    del study, changed  # they only tell one answer from another
    return debrief.read_material(session.store(), waves)


def _draw_records(changed: str, waves: tuple[str, ...] | None) -> None:
    """How many records the researchers bring, for the waves taken in."""
    said = _records_of(session.study(), changed, waves)
    if said:
        notices.draw(f'<p class="wb-small">Interview records. {as_html(said)}</p>')
        session.link_to("templates", "Interview records: what each researcher brings")


@forgotten_when_erased
@st.cache_resource(show_spinner=False, max_entries=8)
def _records_of(study: str, changed: str, waves: tuple[str, ...] | None) -> str:
    del study, changed  # they only tell one answer from another
    return records_in_words(session.store(), waves)


def _has_anything(material: DebriefMaterial) -> bool:
    return bool(
        material.sources
        or material.values
        or material.pairs.judgements
        or material.pairs.queue
        or material.within_cases
    )


def _made_at(of_what: str) -> datetime:
    # The minute the words were made, not the minute of the last click.
    if session.recall("debrief of") != of_what:
        session.remember("debrief of", of_what)
        session.remember("debrief made", datetime.now().astimezone().isoformat())
    return datetime.fromisoformat(session.recall("debrief made"))


def _choose(whole: DebriefMaterial) -> DebriefChoice:
    """What to take in, by default what a debrief takes in at first."""
    first = DebriefChoice()
    themes = {one.code.id: one.code.name for one in whole.themes.themes}
    taken = [one.code.id for one in debrief.themes_taken_in(whole, first)]
    with st.expander("Choose what to take in"):
        waves = st.multiselect(
            "Waves", whole.waves, default=whole.waves, key="debrief waves"
        )
        chosen_themes = st.multiselect(
            "Themes",
            list(themes),
            default=taken,
            format_func=themes.__getitem__,
            key="debrief themes",
        )
        chosen_indicators = st.multiselect(
            "Indicators",
            whole.indicators,
            default=debrief.indicators_taken_in(whole, first),
            key="debrief indicators",
        )
    return DebriefChoice(
        None if len(waves) == len(whole.waves) else tuple(waves),
        tuple(chosen_themes),
        tuple(chosen_indicators),
    )


def _download(
    place: session.Place, report: ReportDocument, file: bytes, where: str
) -> None:
    st.download_button(
        "Download Word",
        file,
        f"debrief-{report.made_at:%Y-%m-%d}.docx",
        _WORD,
        key=f"debrief word {where}",
        type="primary" if where == "top" else "secondary",
        on_click=reports.note_report,
        args=(place.store, place.person, "debrief", ".docx"),
    )


def _draw(place: session.Place, report: ReportDocument) -> None:
    notices.draw(
        f'{_STYLE}<div class="wb-doc"><p><strong>{as_html(report.study_name)}</strong>'
        f'</p><p class="note">{as_html(report.made_in_words)}</p></div>'
    )
    # Nobody codes blind what they have read of others.
    place.store.others_read.note_passages(
        place.person.id,
        [
            (one.source_id, one.start, one.start + len(one.words))
            for one in report.quotations()
            if one.source_id
        ],
    )
    for section in report.sections:
        _draw_section(section)


def _draw_section(section: Section) -> None:
    if section.level == 1:
        st.header(as_label(section.heading), anchor=False)
    else:
        st.subheader(as_label(section.heading), anchor=False)
    together: list[str] = []
    for part in section.parts:
        if isinstance(part, Quotation):
            _draw_words(together)
            draw_quotation(part)
        else:
            together.append(part_as_html(part))
    _draw_words(together)


def _draw_words(together: list[str]) -> None:
    if together:
        notices.draw(f'{_STYLE}<div class="wb-doc">{"".join(together)}</div>')
        together.clear()
