"""Opening one page of the app, without a browser, as a person of a study."""

from __future__ import annotations

import html
import json
import os
from pathlib import Path

from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

_SCRIPT = """
import importlib
import streamlit as st
from workbench import session
for name in ("home cases plan judge progress supervise judges_agreement "
             "before-and-after balance transcripts code codebook find coders "
             "memos pseudonyms matrix templates themes theme saturation "
             "suggestions trust "
             "indicators debrief hypotheses minutes findings outcomes releases people "
             "study design").split():
    session.name_page(name, st.Page(lambda: None, title=name, url_path=name))
importlib.import_module("workbench.{page}").show()
"""


def open_page(
    page: str, study: Path | str, person_id: str = "lead", **address: str
) -> AppTest:
    """The page as that person sees it, already run once."""
    os.environ["WORKBENCH_STUDY"] = str(study)
    app = AppTest.from_string(_SCRIPT.format(page=page), default_timeout=60)
    app.session_state["person_id"] = person_id
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def words_on(app: AppTest) -> str:
    """Every word the page shows: headings, text, our own markup, labels, tables."""
    found: list[str] = []
    for element in app:
        for name in ("value", "label", "body", "text"):
            value = getattr(element, name, None)
            if value is not None and not callable(value):
                found.append(str(value))
        proto = getattr(element, "proto", None)
        if proto is not None:
            found.append(str(proto))
    return "\n".join(found)


def everything_on(app) -> str:
    """Every text of a page: all elements and blocks, state kept, and the address."""
    found = [json.dumps(dict(app.query_params)), repr(app.session_state)]

    def collect(node):
        proto = getattr(node, "proto", None)
        if proto is not None and hasattr(proto, "DESCRIPTOR"):
            found.append(json.dumps(MessageToDict(proto), ensure_ascii=False))
        value = getattr(node, "value", None)
        if callable(getattr(value, "to_csv", None)):
            found.append(value.to_csv())
        for child in getattr(node, "children", {}).values():
            collect(child)

    collect(app._tree)
    return html.unescape("\n".join(found))
