"""How long a person waits: from the command to the first page, and for the sample.

Run ``python tests/benchmarks/benchmark_start_up.py``. Prints medians in seconds: the
command answering ``--help``, the server answering after ``workbench demo`` on a sample
already made, the first page drawn in headless Chromium, and making the sample anew.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

RUNS = 5
WORKBENCH = str(Path(sys.executable).with_name("workbench"))


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def seconds(work) -> float:
    """How long the work took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def wait_for(url: str) -> None:
    """Return once the server answers."""
    while True:
        try:
            with urllib.request.urlopen(f"{url}_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)


def demo(browser, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds to the server's answer, and to the first heading on screen."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    began = time.perf_counter()
    server = subprocess.Popen(
        [WORKBENCH, "demo", "--no-browser", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(url)
        answered = time.perf_counter() - began
        page = browser.new_page()
        page.goto(url)
        page.get_by_role("heading", level=1).first.wait_for()
        drawn = time.perf_counter() - began
        page.close()
    finally:
        server.kill()
        server.wait()
    return answered, drawn


def main() -> None:
    """Print the medians."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        environment = {**os.environ, "WORKBENCH_FOLDER": folder}
        make = [
            sys.executable,
            "-c",
            "from workbench.actions.sample import ensure_sample_study as make;"
            "make(fresh=True)",
        ]
        made = [
            seconds(lambda: subprocess.run(make, env=environment, check=True))
            for _ in range(RUNS)
        ]
        asked = [
            seconds(
                lambda: subprocess.run(
                    [WORKBENCH, "--help"], stdout=subprocess.DEVNULL, check=True
                )
            )
            for _ in range(RUNS)
        ]
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        opened = [demo(browser, environment) for _ in range(RUNS)]
        browser.close()
    figures = {
        "workbench --help": asked,
        "sample study made anew": made,
        "server answers": [answered for answered, _ in opened],
        "first page on screen": [drawn for _, drawn in opened],
    }
    for name, taken in figures.items():
        print(f"{name:28} {statistics.median(taken):6.2f} s (median of {RUNS})")


if __name__ == "__main__":
    main()
