"""What a field of the design said before it was changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.storage.study_design.design_records import EarlierDesignWords
from workbench import notices
from workbench.widgets.untrusted import as_html
from workbench.wording import day_in_words

_FIELDS = {
    "name": "Name",
    "purpose": "Purpose",
    "question": "Question",
    "state": "State",
    "starts_on": "From",
    "ends_on": "Until",
    "words": "Why",
}


def draw_earlier(words: Sequence[EarlierDesignWords]) -> None:
    """Draw what was said before, the newest first; nothing where nothing was."""
    if not words:
        return
    with st.expander(f"What it said before ({len(words)})"):
        items = "".join(
            f"<li><strong>{as_html(_FIELDS.get(one.field, one.field))}:</strong> "
            f'<span style="white-space:pre-wrap">{as_html(one.words)}</span>'
            f'<br><span class="wb-small">until '
            f"{as_html(day_in_words(one.changed_at.astimezone().date().isoformat()))}, "
            f"changed by {as_html(one.changed_by)}</span></li>"
            for one in words
        )
        notices.draw(f'<ul style="margin:0;line-height:1.5">{items}</ul>')
