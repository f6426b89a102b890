"""Comparing progress: a locked pair, its evidence, two people's verdicts; then all."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from data.case_progress import ComparisonSettings
from data.exporters.debrief_html import part_as_html
from data.exporters.debrief_report import report_as_word
from data.exporters.table_file import table_as_csv
from workbench import notices, session
from workbench.actions.case_progress import comparing, pair_queue
from workbench.actions.case_progress.pair_queue import QueuedPair
from workbench.actions.together import progress_report, reports
from workbench.session import Place
from workbench.widgets.case_progress.comparison_form import (
    SHOW_ERA,
    ask_read_to,
    show_comparison_form,
)
from workbench.widgets.case_progress.pair_evidence import show_evidence
from workbench.widgets.case_progress.reading_answers import show_readings
from workbench.widgets.case_progress.verdict_form import show_verdicts
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.memos.memos_about import memos_about
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_ALL = "all"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CSV = "text/csv"
_STYLE = """<style>
.wb-all h2 {font-size: 1.375rem; margin: 24px 0 8px}
.wb-all caption {text-align: left; padding: 0 0 4px; color: var(--quiet)}
.wb-all ul {margin: 0 0 12px; padding-left: 1.25rem}
.wb-card.wb-all th.number {white-space: normal; vertical-align: bottom}
.wb-card.wb-all table {min-width: 34rem}
</style>"""


def show() -> None:
    """Draw the pair that is open, or what was seen over all pairs."""
    place = session.place()
    queue = pair_queue.locked_pairs(place.store, place.person)
    notices.page_head("Compare progress", _lead(queue))
    if not queue:
        notices.empty(
            "Here two people compare, apart from each other, how the two cases of a "
            "pair went on after referral. First a pair must be judged.",
            "Judge pairs",
            "judge",
        )
        show_comparison_form(place)
        return
    if session.address("view") == _ALL:
        _show_all(place)
        return
    ask_read_to(place)
    session.link_to("progress", "Over all pairs", view=_ALL)
    one = _open_pair(place, queue)
    _show_queue(place, queue, one)
    if not one.is_open:
        _show_shut(one)
    else:
        _show_pair(place, one)
    memos_about(place, "pair", one.judgement.id)
    show_comparison_form(place)


def _lead(queue: list[QueuedPair]) -> str:
    through = sum(one.pair.are_both_through for one in queue)
    where = "Which of two cases progressed more effectively, area by area."
    if not queue:
        return where
    pairs = counted(len(queue), "pair")
    return f"{where} Two people are through with {through} of {pairs}."


def _open_pair(place: Place, queue: list[QueuedPair]) -> QueuedPair:
    wanted = session.address("pair")
    found = next((one for one in queue if one.judgement.id == wanted), None)
    opened = found or pair_queue.next_to_compare(queue, place.person)
    assert opened is not None, "the queue holds a pair"
    return opened


def _show_queue(place: Place, queue: list[QueuedPair], one: QueuedPair) -> None:
    settings = place.store.comparison.settings()
    words = {
        each.judgement.id: f"{_name(place, each)} · "
        f"{pair_queue.status_in_words(each, place.person)}"
        for each in queue
    }
    ids = list(words)
    chosen = st.selectbox(
        "Pair",
        ids,
        index=ids.index(one.judgement.id),
        format_func=lambda each: words[each],
        key=f"pair {words[one.judgement.id]}",
        width=520,
    )
    if chosen != one.judgement.id:
        session.set_address(pair=chosen)
        st.rerun()
    if session.address("pair") != one.judgement.id:
        session.set_address(pair=one.judgement.id)
    draw_quietly(_era_in_words(settings, one))


def _era_in_words(settings: ComparisonSettings, one: QueuedPair) -> str:
    """The setting on the era, and what follows from it for the pair that is open."""
    if settings.is_era_shown:
        return f"{SHOW_ERA}: yes."
    if pair_queue.is_masked(settings, one.pair):
        return (
            f"{SHOW_ERA}: no. Dates are days from referral here; what notes say of the "
            "practice itself is not masked."
        )
    return f"{SHOW_ERA}: no. It is shown here because two people are through."


def _name(place: Place, one: QueuedPair) -> str:
    """A pair as the queue names it: by number alone where references are masked."""
    if pair_queue.is_masked(place.store.comparison.settings(), one.pair):
        return f"Pair {one.number}"
    said = one.judgement.judgement
    return f"{said.contemporary_id} and {said.historic_id}"


def _show_shut(one: QueuedPair) -> None:
    draw_quietly(
        "Nobody has opened the files of this pair. They are opened on the page Judge "
        "pairs, by someone who judges, once every case that could still choose the "
        "same historic one is judged."
    )
    session.link_to("judge", "Go to this pair", case=one.judgement.contemporary_id)


def _show_pair(place: Place, one: QueuedPair) -> None:
    with notices.problems_shown():
        shown = comparing.pair_to_compare(place.store, place.person, one)
        show_evidence(shown)
        show_readings(place, one.pair, shown)
        show_verdicts(place, one.pair, shown)


def _show_all(place: Place) -> None:
    # A link to the page one is on keeps what the address says.
    if st.button("Back to the pairs", key="back to pairs"):
        session.set_address(view="")
        st.rerun()
    overall = progress_report.read_progress(place.store)
    sections = progress_report.progress_sections(overall)
    if not sections:
        draw_quietly("Nobody has begun to compare a pair yet.")
        return
    body = "".join(
        f"<h2>{as_html(section.heading)}</h2>"
        + "".join(
            f'<div class="wb-scroll">{part_as_html(part)}</div>'
            for part in section.parts
        )
        for section in sections
    )
    draw_cases(f'{_STYLE}<section class="wb-card wb-all">{body}</section>')
    if overall.results:
        _offer_files(place)


def _offer_files(place: Place) -> None:
    """Offer what stands on the page as a Word file, and every reason as a table."""
    moment = datetime.now().astimezone()
    report = reports.progress_document(place.store, place.person.name, moment)
    table = progress_report.verdicts_table(place.store.verdicts.results())
    name = f"progress-{moment:%Y-%m-%d}"
    with st.container(horizontal=True):
        for label, content, ending, kind in (
            ("Download Word", report_as_word(report), ".docx", _WORD),
            ("Download every verdict as a table", table_as_csv(table), ".csv", _CSV),
        ):
            st.download_button(
                label,
                content,
                f"{name}{ending}",
                kind,
                type="primary" if ending == ".docx" else "secondary",
                on_click=reports.note_report,
                args=(place.store, place.person, "progress", ending),
            )
