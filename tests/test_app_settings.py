"""The settings the server really starts with: nothing goes out, nothing makes wait."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_APP = Path(__file__).parents[1] / "workbench" / "served.py"
# As the server reads them: those beside its script, whatever folder it starts in.
_READ = """
import json, sys
from streamlit import config
config._main_script_path = sys.argv[1]
config.get_config_options(force_reparse=True)
print(json.dumps({name: config.get_option(name) for name in sys.argv[2:]}))
"""
_WANTED = {
    "browser.gatherUsageStats": False,
    "server.address": "127.0.0.1",
    "client.showErrorDetails": "none",
    "server.fileWatcherType": "none",
    # A full collection after every run holds all windows still.
    "runner.postScriptGC": False,
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(_APP), *_WANTED],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", _WANTED)
def test_the_server_starts_with_our_settings(
    settings: dict[str, object], name: str
) -> None:
    assert settings[name] == _WANTED[name]
