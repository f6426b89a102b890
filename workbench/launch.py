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

    port = port or _free_port()
    print(  # noqa: T201 - the one line a person reads in the terminal
        f"The workbench is at http://127.0.0.1:{port} (Ctrl+C stops it).", flush=True
    )
    sys.argv = [
        "streamlit",
        "run",
        str(Path(__file__).with_name("served.py")),
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        f"--server.headless={'false' if show_browser else 'true'}",
        # On a fresh home Streamlit otherwise stops and asks for an address.
        "--server.showEmailPrompt=false",
        "--browser.gatherUsageStats=false",
        # Its welcome, and an offer to install things, are not ours to show.
        "--logger.hideWelcomeMessage=true",
    ]
    sys.exit(cli.main())


def is_free(port: int) -> bool:
    """Whether nothing listens on a port of this computer."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            # As the server itself does: a port closed a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    """The first port from 8501 on that nothing listens on."""
    tried = range(_FIRST_PORT, _FIRST_PORT + _PORTS_TRIED)
    return next((port for port in tried if is_free(port)), _FIRST_PORT)
