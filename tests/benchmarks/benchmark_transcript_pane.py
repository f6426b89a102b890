"""How long a coding takes to show and to be stored, in headless Chromium on loopback.

Run ``python tests/benchmarks/benchmark_transcript_pane.py``. For each transcript it
prints: opening (navigation to marks on screen), drawing the text, painting one coding
(key press to changed document), the same coding acknowledged by the study, and the
bytes that came back for it; then how long a switch from a short transcript takes.
Medians and the slowest of the repetitions. Last comes the processor time the study's
own store needs for one coding among five thousand.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser"), str(ROOT)]

from browser.conftest import Server  # noqa: E402
from browser.pane_store import PaneStore  # noqa: E402
from interview_desk import a_desk, a_transcript, an_operation  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from coding.study import Person, Role, Study  # noqa: E402
from data.coding_records import CodingOperation  # noqa: E402
from data.sources import NewSource  # noqa: E402
from data.storage import StudyStore  # noqa: E402
from data.tables import new_id  # noqa: E402

# Words, coded segments and suggestions of each transcript.
TRANSCRIPTS = [(10_000, 80, 60), (60_000, 500, 300), (60_000, 5_000, 300)]
REPETITIONS = 12
# Chooses words of one turn by the keyboard's own way, then presses a code's key.
CODE_ONE = """async (key) => {
  const saved = document.querySelector('.pane-saved');
  const pressed = (name, more = {}) => window.dispatchEvent(
    new KeyboardEvent('keydown', {key: name, bubbles: true, ...more}));
  pressed('Escape'); pressed('Escape');
  for (let i = 0; i < 4; i += 1) pressed('ArrowDown');
  for (let i = 0; i < 3; i += 1) pressed('ArrowRight', {shiftKey: true});
  await new Promise(requestAnimationFrame);
  const from = performance.now();
  pressed(key);
  const painted = performance.now() - from;
  // Reading a measure makes the browser lay out what was painted.
  document.querySelector('.pane-read').getBoundingClientRect();
  const laidOut = performance.now() - from;
  const saving = () => saved.textContent.startsWith('Saving');
  if (!saving()) throw new Error('nothing was coded');
  while (saving()) await new Promise((again) => setTimeout(again, 1));
  return [painted, laidOut, performance.now() - from];
}"""


# What came over the desk line since the last time it was asked.
OVER_THE_LINE = """() => {
  const answers = performance.getEntriesByType('resource')
    .filter((one) => one.name.endsWith('/desk-line'));
  performance.clearResourceTimings();
  return answers.reduce((sum, one) => sum + one.encodedBodySize, 0);
}"""


def measure(page: Page, url: str) -> None:
    received: list[int] = []
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda frame: received.append(len(frame))
        ),
    )
    began = time.perf_counter()
    page.goto(url)
    page.wait_for_selector("mark", state="attached", timeout=60_000)
    opened = time.perf_counter() - began
    page.wait_for_timeout(1500)
    page.locator(".pane-read").focus()
    times: list[list[float]] = []
    sizes: list[int] = []
    for number in range(REPETITIONS):
        received.clear()
        page.evaluate(OVER_THE_LINE)
        times.append(page.evaluate(CODE_ONE, str(1 + number % 9)))
        page.wait_for_timeout(400)
        sizes.append(sum(received) + page.evaluate(OVER_THE_LINE))
    columns = list(zip(*times[1:], strict=True))
    for name, column in zip(
        ("painted", "painted and laid out", "acknowledged"), columns, strict=True
    ):
        middle, slowest = statistics.median(column), max(column)
        print(f"  {name:<22}{middle:7.1f} ms   slowest {slowest:7.1f} ms")
    print(f"  {'received per coding':<22}{statistics.median(sizes) / 1000:7.1f} kB")
    print(f"  {'opened':<22}{opened * 1000:7.0f} ms")


def measure_switch(page: Page, url: str) -> None:
    times = []
    for _ in range(3):
        page.goto(f"{url}&sidebar=1&source=short")
        page.get_by_text("A short one.").wait_for()
        began = time.perf_counter()
        page.get_by_text("interview", exact=True).click()
        page.wait_for_selector("mark")
        times.append(time.perf_counter() - began)
    print(f"  {'switched to it':<22}{statistics.median(times) * 1000:7.0f} ms")


def measure_store(folder: Path) -> None:
    store = StudyStore(folder / "study.sqlite")
    store.study.found(Study("Benchmark"), Person("lead", "Lead", Role.STUDY_LEAD))
    _, code, _ = a_desk(store)
    words = "\n".join(f"Mum: {'and then we talked again ' * 40}" for _ in range(300))
    transcript = a_transcript("Long", words)
    (source,) = store.sources.save("priya", [NewSource(transcript)])

    def coding(number: int) -> CodingOperation:
        start = transcript.turns[number % 300].start + number // 300
        where = {"start": start, "end": start + 60}
        return an_operation("code", segment_id=new_id(), code_id=code, **where)

    store.coding.apply("priya", source, [coding(number) for number in range(5_000)])
    times = []
    for number in range(5_000, 5_200):
        one = coding(number)
        began = time.process_time()
        store.coding.apply("priya", source, [one])
        times.append(time.process_time() - began)
    store.close()
    print(f"Stored among 5,000: {statistics.median(times) * 1000:.1f} ms of processor")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        stores = Path(folder)
        server = Server(
            ROOT / "tests" / "browser" / "pane_served.py",
            environment={"PANE_STORES": str(stores)},
        ).start()
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        try:
            for words, spans, suggestions in TRANSCRIPTS:
                study = f"words{words}spans{spans}"
                store = PaneStore(stores / f"{study}.sqlite")
                store.build()
                store.add_codes()
                store.add_source("short", [("", "A short one.")])
                store.add_long_source("interview", words, spans, suggestions)
                print(f"{words:,} words, {spans:,} codings, {suggestions} suggestions")
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                measure(page, f"{server.url}?study={study}")
                measure_switch(page, f"{server.url}?study={study}")
                page.close()
        finally:
            browser.close()
            server.kill()
        measure_store(stores)


if __name__ == "__main__":
    main()
