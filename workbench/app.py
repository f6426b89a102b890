"""The app's pages in the order of the work; nothing else."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from workbench import session
from workbench.frame import ask_who_is_here, draw_foot
from workbench.notices import faults_told

_PAGES = {
    "": [("home_page", "Home", "home", ":material/home:")],
    "Cases": [
        ("cases_page", "Cases", "cases", ":material/folder_open:"),
        ("plan_page", "What to match", "plan", ":material/tune:"),
        ("judge_page", "Judge pairs", "judge", ":material/compare:"),
        ("progress_page", "Compare progress", "progress", ":material/timeline:"),
        ("supervise_page", "Supervise", "supervise", ":material/fact_check:"),
        (
            "judges_agreement_page",
            "Agreement of judges",
            "judges_agreement",
            ":material/join_inner:",
        ),
        (
            "within_case_page",
            "Before and after",
            "before-and-after",
            ":material/compare_arrows:",
        ),
        ("balance_page", "Balance", "balance", ":material/balance:"),
    ],
    "Interviews": [
        ("transcripts_page", "Transcripts", "transcripts", ":material/forum:"),
        ("code_page", "Read and code", "code", ":material/ink_highlighter:"),
        ("suggestions_page", "Suggestions", "suggestions", ":material/lightbulb:"),
        (
            "trust_page",
            "How far to trust",
            "trust",
            ":material/verified:",
        ),
        ("codebook_page", "Codebook", "codebook", ":material/account_tree:"),
        ("find_page", "Find passages", "find", ":material/search:"),
        ("coders_page", "Two coders", "coders", ":material/group:"),
        ("matrix_page", "Themes matrix", "matrix", ":material/grid_on:"),
        ("templates_page", "Interview records", "templates", ":material/assignment:"),
        ("memos_page", "Memos", "memos", ":material/sticky_note_2:"),
        ("pseudonyms_page", "Pseudonyms", "pseudonyms", ":material/key:"),
    ],
    "Together": [
        ("themes_page", "Themes", "themes", ":material/topic:"),
        ("theme_page", "One theme", "theme", ":material/article:"),
        ("saturation_page", "Saturation", "saturation", ":material/trending_flat:"),
        ("indicators_page", "Indicators", "indicators", ":material/show_chart:"),
        ("debrief_page", "Debrief", "debrief", ":material/groups:"),
        ("hypotheses_page", "Hypotheses", "hypotheses", ":material/psychology_alt:"),
        ("minutes_page", "Minutes", "minutes", ":material/edit_note:"),
        ("findings_page", "Findings", "findings", ":material/flag:"),
        ("outcomes_page", "Outcomes", "outcomes", ":material/target:"),
        ("releases_page", "Releases", "releases", ":material/outbox:"),
    ],
    "Study": [
        ("design_page", "Study design", "design", ":material/schema:"),
        ("people_page", "People's rights", "people", ":material/verified_user:"),
        ("study_page", "Study and people", "study", ":material/settings:"),
    ],
}


# Pages that belong to another one's work are reached from a row at its head: the side
# bar stays short enough to be taken in at a glance.
_BESIDE = {
    "judge": ("progress", "supervise", "judges_agreement", "before-and-after"),
    "transcripts": ("pseudonyms",),
    "code": ("suggestions", "trust"),
    "find": ("memos",),
    "matrix": ("templates",),
    "themes": ("theme", "saturation"),
    "debrief": ("hypotheses", "minutes"),
    "findings": ("outcomes", "releases"),
    "study": ("design", "people"),
}

# Folded away on a small window, else as wide as the longest name of a page asks.
_SIDE_BAR = 248


def _shower(module: str) -> Callable[[], None]:
    # Pages are imported when they are first opened, which keeps the start quick.
    def show() -> None:
        importlib.import_module(f"workbench.{module}").show()

    return show


def _draw_row(path: str) -> None:
    """Links to the pages that belong together, where the page is one of several."""
    titles = {path: title for pages in _PAGES.values() for _, title, path, _ in pages}
    for first, beside in _BESIDE.items():
        if path in (first, *beside):
            with st.container(horizontal=True, key="pages beside"):
                for one in (first, *beside):
                    session.link_to(one, titles[one])


def main() -> None:
    """Draw the navigation, the foot of the side bar and the page asked for."""
    # Without an icon of our own the browser would ask a public server for the page's.
    icon = Path(__file__).with_name("icon.svg").read_text(encoding="utf-8")
    st.set_page_config(
        page_title="Restorative Workbench",
        page_icon=icon,
        layout="wide",
        initial_sidebar_state=_SIDE_BAR,
    )
    tucked = {path for beside in _BESIDE.values() for path in beside}
    sections: dict[str, list[Any]] = {}
    for heading, pages in _PAGES.items():
        sections[heading] = []
        for module, title, path, icon in pages:
            page = st.Page(
                _shower(module),
                title=title,
                url_path=path,
                icon=icon,
                default=path == "home",
                visibility="hidden" if path in tucked else "visible",
            )
            session.name_page(path, page)
            sections[heading].append(page)
    is_open = bool(session.study())
    chosen = st.navigation(
        sections, position="sidebar" if is_open else "hidden", expanded=True
    )
    session.tell_address(chosen.url_path)
    if is_open and ask_who_is_here():
        return
    with faults_told():
        if is_open:
            _draw_row(chosen.url_path)
        chosen.run()
    draw_foot()


main()
