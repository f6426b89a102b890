"""A page with nothing but the transcript pane, over the toy store of the tests."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
from pane_store import PaneStore

from workbench.widgets.transcript_pane import show_transcript_pane

st.set_page_config(page_title="Transcript", layout="wide")
store = PaneStore(Path(os.environ["PANE_STORE"]))
source = st.query_params.get("source", "interview")
may_code = st.query_params.get("may_code", "yes") == "yes"
if st.query_params.get("sidebar"):
    st.sidebar.write("Study")

show_transcript_pane(
    lambda: store.content(source, may_code=may_code),
    store.apply,
    key=f"transcript-{source}",
)
