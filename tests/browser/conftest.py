"""Serves a Streamlit script on a free loopback port and drives it in Debian's Chromium.

Every page opened here fails its test when a script error reaches the console or when
the page asks any host but the loopback for anything.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from data.storage import StudyStore

ROOT = Path(__file__).parents[2]
LIGHT = {
    "base": "light",
    "primaryColor": "#0B5D66",
    "backgroundColor": "#FFFFFF",
    "secondaryBackgroundColor": "#F5F6F6",
    "textColor": "#1F2428",
}
DARK = {
    "base": "dark",
    "primaryColor": "#25808B",
    "backgroundColor": "#15191D",
    "secondaryBackgroundColor": "#1E242A",
    "textColor": "#E7E5E0",
}
QUIET = {
    "server.headless": "true",
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "browser.gatherUsageStats": "false",
    "runner.postScriptGC": "false",
    "client.toolbarMode": "viewer",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """One Streamlit script on one port; it can be killed and started again."""

    script: Path
    environment: dict[str, str] = field(default_factory=dict)
    theme: dict[str, str] = field(default_factory=lambda: LIGHT)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> Server:
        theme = {f"theme.{name}": value for name, value in self.theme.items()}
        options = {**QUIET, **theme, "server.port": str(self.port)}
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", str(self.script)),
                *(f"--{name}={value}" for name, value in options.items()),
            ],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()
        return self

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}_stcore/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"{self.script.name} did not start within a minute")


@pytest.fixture(scope="session")
def _running() -> Iterator[list[Server]]:
    running: list[Server] = []
    yield running
    for server in running:
        server.kill()


@pytest.fixture(scope="session")
def serve(_running: list[Server]) -> Callable[..., Server]:
    """Starts servers; those a test asked for end with it."""

    def start(script: Path, **options) -> Server:
        _running.append(Server(script, **options).start())
        return _running[-1]

    return start


@pytest.fixture
def environment(empty_store: StudyStore, tmp_path: Path, monkeypatch) -> dict[str, str]:
    """What the app is started with to open the empty study, as if on a new computer."""
    folder = str(tmp_path / "preferences")
    monkeypatch.setenv("WORKBENCH_FOLDER", folder)
    file = str(empty_store.database.file)
    return {"WORKBENCH_STUDY": file, "WORKBENCH_FOLDER": folder}


@pytest.fixture(autouse=True)
def _end_servers_of_this_test(_running: list[Server]) -> Iterator[None]:
    # Fifty idle servers would take more memory than a laptop has. Those of a module
    # are there before any of its tests begins, and stay.
    before = len(_running)
    yield
    for server in _running[before:]:
        server.kill()
    del _running[before:]


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, without a window."""
    path = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(path).exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is needed here: apt-get install chromium")
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Opens an address in a fresh browser; what goes wrong there fails the test."""
    contexts = []
    wrong: list[str] = []

    def watch(request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            wrong.append(f"asked {request.url}")

    def open_address(url: str, *, width: int = 1440, height: int = 900, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", watch)
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.goto(url)
        return page

    yield open_address
    for context in contexts:
        context.close()
    assert wrong == []
