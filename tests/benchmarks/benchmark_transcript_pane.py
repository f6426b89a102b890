"""How long a coding takes to show and to be stored, in headless Chromium on loopback.

Run ``python tests/benchmarks/benchmark_transcript_pane.py``. For each transcript it
prints: opening (navigation to marks on screen), drawing the text, painting one coding
(key press to changed document), the same coding acknowledged by the study, and the
bytes that came back for it. Then, in the app itself, how long a switch from a short
transcript takes. Medians and the slowest of the repetitions. Last comes the processor
time the study's own store needs for one coding among five thousand.
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
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from coding.coded_segments import Segment  # noqa: E402
from coding.study import Person, Role, Study  # noqa: E402
from coding.suggestions.suggestion import (  # noqa: E402
    CodeSuggestion,
    Strength,
    SuggestionReason,
)
from coding.transcripts import Transcript  # noqa: E402
from data.coding_records import CodingOperation  # noqa: E402
from data.sources import NewSource  # noqa: E402
from data.storage import StudyStore  # noqa: E402
from data.tables import new_id  # noqa: E402

# Words, coded segments and suggestions of each transcript.
TRANSCRIPTS = [(10_000, 80, 60), (60_000, 500, 300), (60_000, 5_000, 300)]
REPETITIONS = 12
LONG = "\n".join(f"Mum: {'and then we talked again ' * 40}" for _ in range(300))
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


def measure_switch(page: Page) -> None:
    times = []
    for _ in range(5):
        page.wait_for_timeout(500)
        page.get_by_role("combobox", name="Transcript").click()
        page.get_by_role("option", name="Long").wait_for()
        began = time.perf_counter()
        page.get_by_role("option", name="Long").click()
        page.wait_for_selector("mark")
        times.append(time.perf_counter() - began)
        page.wait_for_timeout(500)
        page.get_by_role("combobox", name="Transcript").click()
        page.get_by_role("option", name="Short").click()
        page.locator(".pane-turn").get_by_text("A short one.").wait_for()
    # The first opens the type and the pane's own files.
    print(f"  {'switched to it':<22}{statistics.median(times[1:]) * 1000:7.0f} ms")


def in_the_app(browser: Browser, folder: Path, codings: int, suggestions: int) -> None:
    """Prints how long a person waits who goes from a short transcript to a long one."""
    store = StudyStore(folder / f"study{codings}.sqlite")
    store.study.found(Study("Benchmark"), Person("lead", "Lead", Role.STUDY_LEAD))
    _, code, _ = a_desk(store)
    transcript = a_transcript("Long", LONG)
    short = a_transcript("Short", "Mum: A short one.")
    source, first = store.sources.save(
        "priya", [NewSource(transcript), NewSource(short)]
    )
    coded = [a_coding(transcript, code, number) for number in range(codings)]
    store.coding.apply("priya", source, coded)
    proposed = [
        CodeSuggestion(
            code,
            turn.number,
            Segment(turn.start + 500, turn.start + 600),
            1,
            Strength.FAIRLY_SURE,
            0.5,
            SuggestionReason("Because of talked."),
        )
        for turn in transcript.turns[:suggestions]
    ]
    store.suggestions.replace_open("priya", {source: proposed}, engine="benchmark")
    store.close()
    environment = {
        "WORKBENCH_STUDY": str(folder / f"study{codings}.sqlite"),
        "WORKBENCH_FOLDER": str(folder / "folder"),
    }
    app = ROOT / "workbench" / "served.py"
    server = Server(app, theme={}, environment=environment).start()
    try:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{server.url}code?source={first}")
        page.get_by_role("button", name="Priya").click()
        page.locator(".pane-turn").get_by_text("A short one.").wait_for()
        measure_switch(page)
        page.close()
    finally:
        server.kill()


def a_coding(transcript: Transcript, code: str, number: int) -> CodingOperation:
    turn = transcript.turns[number % len(transcript.turns)]
    start = turn.start + number // len(transcript.turns) * 25
    where = {"start": start, "end": start + 60}
    return an_operation("code", segment_id=new_id(), code_id=code, **where)


def measure_store(folder: Path) -> None:
    store = StudyStore(folder / "study.sqlite")
    store.study.found(Study("Benchmark"), Person("lead", "Lead", Role.STUDY_LEAD))
    _, code, _ = a_desk(store)
    transcript = a_transcript("Long", LONG)
    (source,) = store.sources.save("priya", [NewSource(transcript)])
    coded = [a_coding(transcript, code, number) for number in range(5_000)]
    store.coding.apply("priya", source, coded)
    times = []
    for number in range(5_000, 5_200):
        one = a_coding(transcript, code, number)
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
                store.add_long_source("interview", words, spans, suggestions)
                print(f"{words:,} words, {spans:,} codings, {suggestions} suggestions")
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                measure(page, f"{server.url}?study={study}")
                page.close()
        finally:
            server.kill()
        for words, spans, suggestions in TRANSCRIPTS[1:]:
            print(f"The app, {words:,} words, {spans:,} codings, {suggestions}")
            in_the_app(browser, stores, spans, suggestions)
        browser.close()
        measure_store(stores)


if __name__ == "__main__":
    main()
