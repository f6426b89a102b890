"""A page with nothing but the transcript pane, over the toy store of the tests.

``?study=`` names a file in the folder PANE_STORES; ``?source=`` a transcript in it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.pane_store import PaneStore  # noqa: E402

from workbench.widgets.transcript_pane import show_transcript_pane  # noqa: E402

st.set_page_config(page_title="Transcript", layout="wide")
asked = st.query_params
store = PaneStore(Path(os.environ["PANE_STORES"]) / f"{asked['study']}.sqlite")
source = asked.get("source", "interview")
if asked.get("sidebar"):
    # A click here moves to another transcript within the same page.
    source = st.sidebar.radio("Transcript", store.sources())
    st.session_state.runs = st.session_state.get("runs", 0) + 1
    st.sidebar.write(f"Runs of the page: {st.session_state.runs}")

show_transcript_pane(
    lambda: store.content(
        source,
        may_code=asked.get("may_code") != "no",
        may_write_memos=asked.get("may_memo") != "no",
        is_blind=asked.get("blind") == "yes",
        coder=asked.get("coder", "me"),
    ),
    store.apply,
    key=f"transcript-{source}",
)
