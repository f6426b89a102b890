"""What pages say in one voice: headings, problems, confirmations, empty places."""

from __future__ import annotations

import csv
import io
import logging
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from coding.problems import CodingRefused
from data.exporters.safe_cells import safe_cell
from data.problems import DataRefused
from matching.problems import MatchingRefused
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import (
    Problem,
    place_of_fault,
    problem_in_words,
    with_names_marked,
)

_SHOWN = 10
_REFUSALS = (DataRefused, MatchingRefused, CodingRefused)
_LOG = logging.getLogger("workbench")


_STYLE = """<style>
a:focus-visible {outline: 3px solid light-dark(#0B5D66, #7CCBD1) !important;
  outline-offset: 2px; border-radius: 4px}
[data-testid="stMainBlockContainer"] {padding: 3.5rem 3rem 4rem}
.st-key-pages-beside {margin: 0.375rem 0 0 -0.5rem; gap: 0.25rem}
[data-testid="stButtonGroup"] [aria-checked="true"] {color: inherit !important}
[data-testid="stButtonGroup"] [aria-checked="true"] p {font-weight: 600}
.wb-lead {color: light-dark(#55606A, #A9B2B9); font-size: 1rem; line-height: 1.5;
  max-width: 46rem; margin: 0}
.wb-small {color: light-dark(#55606A, #A9B2B9); font-size: 0.9375rem; margin: 0}
.wb-under {margin: -12px 0 4px 32px}
.wb-mark {display: inline-block; border: 1px solid light-dark(#8A5300, #F0C070);
  color: light-dark(#8A5300, #F0C070); border-radius: 4px; padding: 0 8px;
  font-size: 0.8125rem; line-height: 1.375rem; margin: 0 0 4px}
.wb-problems {border: 3px solid light-dark(#A4262C, #FF9C94); border-radius: 8px;
  padding: 16px 20px; margin: 8px 0 16px}
.wb-problems h2 {font-size: 1.125rem; margin: 0 0 8px; padding: 0}
.wb-problems li {margin: 0 0 8px}
.wb-where {font-weight: 600; color: light-dark(#A4262C, #FF9C94)}
.wb-saved {color: light-dark(#1B6B3A, #86D3A0); font-weight: 600; margin: 0 0 8px}
/* A table wider than the window: an edge in shade where there is more of it. */
.wb-scroll, .wb-themes, .wb-outcomes, .wb-glance, .wb-survey, .wb-plain {
  --page: light-dark(#FFFFFF, #15191D);
  --shade: light-dark(rgb(31 36 40 / .3), rgb(0 0 0 / .85));
  background:
    linear-gradient(to right, var(--page) 50%, transparent) 0 0 / 3rem 100% local,
    linear-gradient(to left, var(--page) 50%, transparent) 100% 0 / 3rem 100% local,
    linear-gradient(to right, var(--shade), transparent) 0 0 / .75rem 100% scroll,
    linear-gradient(to left, var(--shade), transparent) 100% 0 / .75rem 100% scroll;
  background-repeat: no-repeat}
.wb-empty {border: 1px dashed light-dark(#7D8790, #76828C); border-radius: 8px;
  padding: 24px; max-width: 46rem; margin: 8px 0}
@media (min-width: 768px) and (max-width: 1000px) {
  [data-testid="stMainBlockContainer"] {padding-inline: 1.5rem}
  [data-testid="stSidebar"][data-collapsed="false"] {width: 12.5rem !important;
    min-width: 12.5rem !important}
  [data-testid="stSidebarContent"] {padding-inline: .5rem}
}
@media (max-width: 767px) {
  [data-testid="stMainBlockContainer"] {padding-inline: 1rem}
}
</style>"""


# A link to a thing of the page one is on would look like where one is; the row of pages
# at the head does say that.
_THING = ".stPageLink:not(.st-key-pages-beside *) [data-testid='stPageLink-NavLink']"
LINKS_TO_THINGS = f"""<style>
[data-testid="stMain"] {_THING} {{background: transparent}}
[data-testid="stMain"] {_THING} * {{font-weight: 400}}
</style>"""


def draw(markup: str) -> None:
    """Draw our own markup with the house style; words in it must be escaped first."""
    scheme = "dark" if is_dark() else "light"
    st.html(f'{_STYLE}<div style="color-scheme:{scheme}">{markup}</div>')


def is_dark() -> bool:
    """Whether the page is shown in the dark theme."""
    return st.context.theme.type == "dark"


def page_head(title: str, lead: str = "", *, internal: bool = True) -> None:
    """The page's one heading, a sentence on where one is, and the internal mark."""
    mark = '<p class="wb-mark">Internal: identifies people</p>' if internal else ""
    st.title(as_label(title), anchor=False)
    line = f'<p class="wb-lead">{as_html(lead)}</p>' if lead else ""
    draw(f"{mark}{line}")
    show_saved()


def show_problems(problems: Exception | Sequence[Problem]) -> None:
    """The box "There is a problem": up to ten lines, the rest as a file."""
    listed: Sequence[Problem] = (
        problems.problems if isinstance(problems, _REFUSALS) else ()
    )
    if not isinstance(problems, Exception):
        listed = problems
    rows = "".join(
        f'<li><span class="wb-where">{_marked(one.where)}</span>: '
        f"{_marked(problem_in_words(one))}</li>"
        for one in listed[:_SHOWN]
    )
    n = len(listed)
    head = "There is a problem" if n == 1 else f"There are {n} problems"
    more = f"<p>The first {_SHOWN} of {n} are shown.</p>" if n > _SHOWN else ""
    draw(
        f'<div class="wb-problems" role="alert"><h2>{head}</h2>'
        f"<ul>{rows}</ul>{more}</div>"
    )
    if n > _SHOWN:
        st.download_button(
            "Download all problems", _as_csv(listed), "problems.csv", "text/csv"
        )


@contextmanager
def problems_shown() -> Iterator[None]:
    """Show a refusal in the problem box instead of stopping the page."""
    try:
        yield
    except _REFUSALS as refusal:
        show_problems(refusal)


@contextmanager
def problems_shown_above() -> Iterator[None]:
    """The same, with the box above what is drawn here: a form may end out of sight."""
    above = st.container()
    try:
        yield
    except _REFUSALS as refusal:
        with above:
            show_problems(refusal)


@contextmanager
def faults_told() -> Iterator[None]:
    """Show what goes wrong on a page: refusals in words, our own faults by reference.

    Streamlit's own ways of stopping or rerunning a page pass through.
    """
    try:
        yield
    except _REFUSALS as refusal:
        show_problems(refusal)
    except Exception as fault:
        _tell_own_fault(fault)


def _tell_own_fault(fault: Exception) -> None:
    reference = uuid.uuid4().hex[:8]
    # The kind of fault and where it arose, never its words: they may be a person's.
    _LOG.error(
        "fault %s: %s at %s", reference, type(fault).__name__, place_of_fault(fault)
    )
    st.error(
        f"Something went wrong on our side. Your saved work is safe. Please pass on "
        f"the reference {reference}."
    )


def saved(words: str, *, beside: str = "") -> None:
    """Say what was saved, after the next rerun too: at the top of the page, or beside
    the thing of that name, which shows it with :func:`show_saved`."""
    st.session_state[f"saved notice {beside}"] = words


def show_saved(beside: str = "") -> None:
    """Show, once, what was saved beside the thing of that name."""
    words = st.session_state.pop(f"saved notice {beside}", "")
    # Its place stays when the words are gone: what a person folded open below would
    # move up by one otherwise, and close under their hands.
    with st.container():
        if words:
            draw(f'<p class="wb-saved" role="status">✓ {as_html(words)}</p>')


def caution(text: str) -> None:
    """One amber bar, at most one a page."""
    st.warning(as_label(text))


def empty(text: str, button: str = "", target: str = "") -> None:
    """What will be here, and the one button that begins it."""
    from workbench import session

    draw(f'<div class="wb-empty">{as_html(text)}</div>')
    if button and st.button(button, type="primary", key=f"begin {target} {button}"):
        session.go_to(target)


def _marked(words: str) -> str:
    return with_names_marked(as_html(words))


def _as_csv(problems: Sequence[Problem]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["where", "found", "what to do"])
    for one in problems:
        writer.writerow(map(safe_cell, (one.where, one.found, one.do_next)))
    # With a byte-order mark, or Excel garbles accents.
    return out.getvalue().encode("utf-8-sig")
