"""One topic guide opened: a version as it is asked, what it changed, as a Word file."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from data.rights import Right
from data.storage.study_design.design_records import GuideVersion, TopicGuide
from workbench import notices, session
from workbench.actions.study_design.design_reading import StudyDesign
from workbench.actions.study_design.guide_documents import (
    changes_in_words,
    changes_of,
    guide_as_word,
    version_in_words,
)
from workbench.session import Place
from workbench.widgets.study_design.guide_form import draw_next
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import day_in_words

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STYLE = """<style>
.wb-guide {max-width: 46rem; line-height: 1.5; overflow-wrap: anywhere}
.wb-guide p {margin: 8px 0 0}
.wb-guide h3 {font-size: 1rem; margin: 16px 0 0; padding: 0}
.wb-guide ul {margin: 0; padding-left: 2.25rem}
.wb-guide .number {display: inline-block; min-width: 1.75rem}
</style>"""


def open_asked(place: Place, design: StudyDesign) -> bool:
    """Draw the guide that the address names; whether there was one."""
    asked = session.address("guide")
    guide = next((one for one in design.guides if one.id == asked), None)
    if guide is None:
        return False
    if st.button("All waves and guides", key="all guides", type="tertiary"):
        session.set_address(guide="", version="", part="Waves and topic guides")
        st.rerun()
    st.header(as_label(guide.name), anchor=False)
    version = _choose_version(guide)
    notices.draw(f'<p class="wb-small">{as_html(version_in_words(version))}</p>')
    if version.reason:
        notices.draw(
            f'<p style="margin:0;max-width:46rem;line-height:1.5"><strong>Why it '
            f"changed:</strong> {as_html(version.reason)}</p>"
        )
    _draw_changes(guide, version)
    _draw_questions(version)
    _offer_file(place, guide, version)
    if session.may(Right.DESIGN_STUDY):
        draw_next(place, design, guide)
        _offer_taking_out(place, guide)
    return True


def _choose_version(guide: TopicGuide) -> GuideVersion:
    by_number = {one.number: one for one in reversed(guide.versions)}
    if len(by_number) == 1:
        return guide.newest
    asked = session.address("version")
    numbers = list(by_number)
    is_known = asked.isdecimal() and int(asked) in by_number
    chosen = st.selectbox(
        "Version",
        numbers,
        index=numbers.index(int(asked)) if is_known else 0,
        format_func=lambda one: (
            f"Version {one}, {day_in_words(by_number[one].made_on)}"
        ),
        key=f"guide version {guide.id} {len(numbers)}",
        width=280,
    )
    return by_number[chosen or numbers[0]]


def _draw_changes(guide: TopicGuide, version: GuideVersion) -> None:
    changes = changes_of(guide, version.number)
    if changes is None:
        return
    said = changes_in_words(changes)
    with st.expander(f"What changed since version {version.number - 1} ({len(said)})"):
        points = "".join(f"<li>{as_html(one)}</li>" for one in said)
        notices.draw(f'<ul style="margin:0;line-height:1.5">{points}</ul>')


def _draw_questions(version: GuideVersion) -> None:
    lines = []
    for at, one in enumerate(version.questions, start=1):
        if one.heading:
            lines.append(f"<h3>{as_html(one.heading)}</h3>")
        prompts = "".join(f"<li>{as_html(prompt)}</li>" for prompt in one.prompts)
        lines.append(
            f'<p><span class="number">{at}.</span>{as_html(one.words)}</p>'
            f"{f'<ul>{prompts}</ul>' if prompts else ''}"
        )
    notices.draw(f'{_STYLE}<div class="wb-guide">{"".join(lines)}</div>')


def _offer_file(place: Place, guide: TopicGuide, version: GuideVersion) -> None:
    def make() -> bytes:
        return guide_as_word(
            guide,
            version,
            place.store.study.read().name,
            place.person.name,
            datetime.now().astimezone(),
        )

    st.download_button(
        "Download Word",
        make,
        f"topic-guide-version-{version.number}.docx",
        _WORD,
        key=f"guide word {guide.id} {version.number}",
    )


def _offer_taking_out(place: Place, guide: TopicGuide) -> None:
    if st.button("Take this guide out", key="take guide out", type="tertiary"):
        with notices.problems_shown():
            place.store.design.guides.set_removed(
                place.person.id, guide.id, is_removed=True
            )
            session.remember("guide taken out", guide.id)
            session.set_address(guide="", version="", part="Waves and topic guides")
            st.rerun()
