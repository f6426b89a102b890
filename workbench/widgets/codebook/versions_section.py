"""Versions of the codebook: keeping one, comparing two, taking one away."""

from __future__ import annotations

import streamlit as st

from data.codebook_records import CodebookVersion
from workbench import notices
from workbench.actions.codebook import versions
from workbench.actions.codebook.codebooks import codes_in_words
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import day_in_words

_NOW = 0
_SHOWN = 100


def draw_versions(place: Place, may_edit: bool) -> None:
    """Draw the form that keeps one, the comparison, and those kept."""
    kept = place.store.codebook_versions.versions()
    if may_edit:
        _draw_form(place)
    if not kept:
        st.write(
            "No version was kept yet. Keep one before a debrief or before you rework "
            "the codes, and compare it with what comes after."
        )
        return
    _draw_comparison(place, kept)
    st.header("Versions kept", anchor=False)
    for one in reversed(kept):
        words, way = st.columns([6, 2], vertical_alignment="center")
        with words:
            why = f"<br>{as_html(one.reason)}" if one.reason else ""
            codes = codes_in_words(one.in_use)
            notices.draw(
                f"<p style='margin:0;overflow-wrap:anywhere'><strong>"
                f"{as_html(one.name)}</strong>: {codes}"
                f'</p><p class="wb-small">{as_html(one.kept_by)}, '
                f"{day_in_words(one.kept_at.date().isoformat())}{why}</p>"
            )
        way.download_button(
            "Download as .csv",
            versions.version_as_csv(place.store, one),
            f"codebook-version-{one.number}.csv",
            "text/csv",
            key=f"download version {one.number}",
        )


def _draw_form(place: Place) -> None:
    with st.form("keep version", clear_on_submit=True), notices.problems_shown():
        name = st.text_input("Name of this version", key="version name")
        reason = st.text_input("Why it is kept", key="version reason")
        if st.form_submit_button("Keep the codebook as it is now", type="primary"):
            place.store.codebook_versions.keep(place.person.id, name, reason)
            notices.saved(f"The codebook was kept as {name.strip()}.")
            st.rerun()


def _draw_comparison(place: Place, kept: list[CodebookVersion]) -> None:
    st.header("Compare", anchor=False)
    by_number = {one.number: one for one in kept}
    left, right = st.columns(2)
    older = left.selectbox(
        "From",
        list(by_number),
        index=len(by_number) - 1,
        format_func=lambda one: by_number[one].name,
        key="compare from",
    )
    later = [_NOW, *(number for number in by_number if number > (older or 0))]
    newer = right.selectbox(
        "To",
        later,
        format_func=lambda one: by_number[one].name if one else "The codebook now",
        key="compare to",
    )
    if not older:
        return
    found = versions.differences(
        place.store, by_number[older], by_number.get(newer or _NOW)
    )
    st.write(versions.differences_in_words(found))
    if found:
        rows = "".join(f"<li>{as_html(one.in_words)}</li>" for one in found[:_SHOWN])
        notices.draw(f'<ul style="overflow-wrap:anywhere">{rows}</ul>')
        if len(found) > _SHOWN:
            st.write(f"The first {_SHOWN} are shown; the file holds all.")
        st.download_button(
            "Download the differences as .csv",
            versions.differences_as_csv(found),
            "codebook-differences.csv",
            "text/csv",
            key="download differences",
            help=as_label(f"From {by_number[older].name}"),
        )
