"""The page with nothing but the transcript pane, and the desk line beside it."""

from __future__ import annotations

from pathlib import Path

from streamlit.starlette import App

from workbench.desk_line.route import desk_line_route

app = App(Path(__file__).with_name("pane_app.py"), routes=[desk_line_route()])
