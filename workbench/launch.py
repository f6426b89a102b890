"""Starting the app: Streamlit on loopback with our own settings, from any folder."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

_FIRST_PORT = 8501
_PORTS_TRIED = 50


def open_app(study: str, *, port: int | None = None, show_browser: bool = True) -> None:
    """Run the app on a study ('' for none yet) until it is stopped."""
    from workbench import preferences

    if study:
        # From whichever folder it is opened next time.
        study = study if "://" in study else str(Path(study).resolve())
        os.environ["WORKBENCH_STUDY"] = study
        preferences.remember_study(study)
    from streamlit.web import cli

    sys.argv = [
        "streamlit",
        "run",
        str(Path(__file__).with_name("app.py")),
        f"--server.port={port or _free_port()}",
        "--server.address=127.0.0.1",
        f"--server.headless={'false' if show_browser else 'true'}",
        # On a fresh home Streamlit otherwise stops and asks for an address.
        "--server.showEmailPrompt=false",
        "--browser.gatherUsageStats=false",
    ]
    sys.exit(cli.main())


def _free_port() -> int:
    """The first port from 8501 on that nothing listens on."""
    for port in range(_FIRST_PORT, _FIRST_PORT + _PORTS_TRIED):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return _FIRST_PORT
