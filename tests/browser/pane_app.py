"""A page with nothing but the transcript pane, over the toy store of the tests.

``?study=`` names a file in the folder PANE_STORES; ``?source=`` a transcript in it.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.pane_store import PaneStore  # noqa: E402

from workbench.desk_line.open_lines import LINES, LinePlace  # noqa: E402
from workbench.widgets.transcript_pane import (  # noqa: E402
    PaneContent,
    show_transcript_pane,
)

st.set_page_config(page_title="Transcript", layout="wide")
# Copied, for the desk line answers where no page of Streamlit's is being drawn.
asked = st.query_params.to_dict()
store = PaneStore(Path(os.environ["PANE_STORES"]) / f"{asked['study']}.sqlite")
source = asked.get("source", "interview")
if asked.get("sidebar"):
    # A click here moves to another transcript within the same page.
    source = st.sidebar.radio("Transcript", store.sources())
    st.session_state.runs = st.session_state.get("runs", 0) + 1
    st.sidebar.write(f"Runs of the page: {st.session_state.runs}")

window = st.session_state.setdefault("window", secrets.token_hex(8))
place = LinePlace(asked["study"], asked.get("coder", "me"), source)


def load() -> PaneContent:
    return store.content(
        source,
        may_code=asked.get("may_code") != "no",
        may_write_memos=asked.get("may_memo") != "no",
        is_blind=asked.get("blind") == "yes",
        coder=asked.get("coder", "me"),
    )


show_transcript_pane(
    load,
    store.apply,
    key=f"transcript-{source}",
    open_line=lambda desk: LINES.open(
        window, place, lambda sent: desk.answer_in_parts(sent, load, store.apply)
    ),
)
