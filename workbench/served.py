"""What the server serves: the app's pages and, beside them, the desk line."""

from __future__ import annotations

from pathlib import Path

from streamlit.starlette import App

from workbench.desk_line.route import desk_line_route

app = App(Path(__file__).with_name("app.py"), routes=[desk_line_route()])
