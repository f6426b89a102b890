"""Adding a coding, opening a coded document and exporting, beside Taguette 1.5.2.

    python3 -m venv tag && tag/bin/pip install taguette==1.5.2
    python tests/benchmarks/benchmark_beside_taguette.py --taguette tag/bin/taguette
        [--words 20000] [--codings 500] [--runs 12]

Both programs run in turn on this machine, on loopback, with the same invented document
and 30 codes. Printed for each row: the median a person waits, in headless Chromium
where a page is waited for, and the processor time the program's server took meanwhile,
which is the fairer figure on a busy machine. Taguette's coding is timed from Save in
its dialog, which is filled in beforehand; ours from the key.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
sys.path[:0] = [str(ROOT / "tests"), str(HERE), str(ROOT)]

from benchmark_transcript_pane import CODE_ONE  # noqa: E402
from browser.conftest import Server, free_port  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from coding.codebook import Code  # noqa: E402
from coding.coded_segments import CodedSegment, Segment  # noqa: E402
from coding.study import Participant, Person, Role, Study  # noqa: E402
from coding.transcripts import SourceKind, Speaker, Transcript, Turn  # noqa: E402
from data.exporters.table_file import table_as_csv, table_as_xlsx  # noqa: E402
from data.sources import NewSource, SpeakerMapping  # noqa: E402
from data.storage import StudyStore  # noqa: E402
from workbench.actions.finding.codings_list import codings_table  # noqa: E402
from workbench.actions.interviews import coding_desk  # noqa: E402
from workbench.actions.interviews.pane_operations import PaneOperation  # noqa: E402

CODES = 30
TURN_WORDS = 40
WORDS = tuple(
    re.findall(
        r"\w+",
        "worker family meeting plan child listened felt together agreed harm repair "
        "school support honest review respect circle trust said never because safe "
        "home brother aunt",
    )
)
STORED = "a coding stored"
SHOWN = "a coding shown"
KEPT = "a coding kept"
PEER_DIALOG = """([start, end, tag]) => {
  createHighlight([start, end]);
  document.getElementById('highlight-add-tags-' + tag).checked = true;
}"""
PEER_SAVE = """async () => {
  const marked = () => new Set(Array.from(
    document.querySelectorAll('[data-highlight-id]'),
    (mark) => mark.dataset.highlightId)).size;
  const before = marked();
  const from = performance.now();
  document.getElementById('highlight-add-form').requestSubmit();
  while (marked() === before) await new Promise((again) => setTimeout(again, 1));
  return performance.now() - from;
}"""
TICKS = os.sysconf("SC_CLK_TCK")


class Figures:
    """What was timed: for each row waits and processor time, in milliseconds."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.rows: dict[str, tuple[list[float], list[float]]] = {}

    def timed(self, row: str, do: Callable[[], float | None]) -> None:
        """Do it and keep how long it took; ``do`` may measure the wait itself."""
        at_work = processor_seconds(self.process)
        began = time.perf_counter()
        measured = do()
        waited = time.perf_counter() - began if measured is None else measured
        used = processor_seconds(self.process) - at_work
        waits, works = self.rows.setdefault(row, ([], []))
        waits.append(waited * 1000)
        works.append(used * 1000)


def processor_seconds(process: int) -> float:
    """Processor time of a process so far, its threads included; to 10 ms of others."""
    if process == os.getpid():
        return time.process_time()
    stat = Path(f"/proc/{process}/stat").read_text()
    used, system = stat.rpartition(")")[2].split()[11:13]
    return (int(used) + int(system)) / TICKS


def invented_turns(words: int, seed: int) -> list[str]:
    """Turns of forty words each."""
    chance = random.Random(seed)
    return [
        " ".join(chance.choice(WORDS) for _ in range(TURN_WORDS))
        for _ in range(words // TURN_WORDS)
    ]


class Taguette:
    """A running Taguette in single-user mode, spoken to as its own pages do."""

    def __init__(self, program: str, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / "log.txt"
        with self.log.open("w") as log:
            self.server = subprocess.Popen(
                [
                    *(str(Path(program).resolve()), "--no-browser"),
                    *("-b", "127.0.0.1", "-p", str(self.port)),
                    *("--database", str(folder / "taguette.sqlite3")),
                ],
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        self.cookies = http.cookiejar.CookieJar()
        self.web = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies)
        )
        self.token = self._token()
        self.get(f"/?token={self.token}")
        self.get("/project/new")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _token(self) -> str:
        for _ in range(300):
            found = re.search(r"token=([0-9a-f]+)", self.log.read_text())
            if found:
                return found[1]
            time.sleep(0.1)
        raise RuntimeError("Taguette did not start within half a minute")

    def ask(self, path: str, body: bytes | None = None, kind: str = "") -> bytes:
        guard = {c.name: c.value for c in self.cookies}.get("_xsrf", "")
        headers = {"X-XSRFToken": urllib.parse.unquote((guard or "").strip('"'))}
        if kind:
            headers["Content-Type"] = kind
        asked = urllib.request.Request(self.address + path, data=body, headers=headers)
        with self.web.open(asked) as answer:
            self.last_address = answer.url
            return answer.read()

    def get(self, path: str) -> bytes:
        return self.ask(path)

    def send(self, path: str, value: object) -> dict:
        return json.loads(
            self.ask(path, json.dumps(value).encode(), "application/json")
        )

    def make_project(self) -> str:
        guard = next(c.value for c in self.cookies if c.name == "_xsrf")
        form = {"name": "Benchmark", "description": "", "_xsrf": guard}
        self.ask(
            "/project/new",
            urllib.parse.urlencode(form).encode(),
            "application/x-www-form-urlencoded",
        )
        found = re.search(r"/project/(\d+)", self.last_address)
        assert found
        return found[1]

    def add_document(self, project: str, name: str, turns: list[str]) -> int:
        lines = (
            f"<p>{'Interviewer' if at % 2 else 'P1'}: {words}.</p>"
            for at, words in enumerate(turns)
        )
        page = f"<html><body>{''.join(lines)}</body></html>"
        between = uuid.uuid4().hex
        parts = "".join(
            f"--{between}\r\nContent-Disposition: form-data; "
            f'name="{field}"\r\n\r\n{value}\r\n'
            for field, value in (("name", name), ("description", ""))
        )
        parts += (
            f'--{between}\r\nContent-Disposition: form-data; name="file"; '
            f'filename="{name}.html"\r\nContent-Type: text/html\r\n\r\n'
            f"{page}\r\n--{between}--\r\n"
        )
        kind = f"multipart/form-data; boundary={between}"
        path = f"/api/project/{project}/document/new"
        return json.loads(self.ask(path, parts.encode(), kind))["created"]


def time_taguette(asked: argparse.Namespace, browser: Browser) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        peer = Taguette(asked.taguette, Path(folder))
        try:
            return _time_taguette(asked, browser, peer)
        finally:
            peer.server.kill()
            peer.server.wait()


def _time_taguette(
    asked: argparse.Namespace, browser: Browser, peer: Taguette
) -> Figures:
    figures = Figures(peer.server.pid)
    project = peer.make_project()
    coded = peer.add_document(project, "coded", invented_turns(asked.words, 1))
    plain = peer.add_document(project, "plain", invented_turns(asked.words, 2))
    tags = [
        peer.send(
            f"/api/project/{project}/tag/new",
            {"path": f"code {number}", "description": "A code"},
        )["id"]
        for number in range(CODES)
    ]
    chance = random.Random(3)

    def code_one() -> None:
        start = chance.randrange(0, asked.words * 5)
        peer.send(
            f"/api/project/{project}/document/{coded}/highlight/new",
            {
                "start_offset": start,
                "end_offset": start + chance.randrange(80, 400),
                "tags": [chance.choice(tags)],
            },
        )

    for number in range(asked.codings):
        if number < asked.codings - asked.runs:
            code_one()
        else:
            figures.timed(STORED, code_one)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(120_000)
    page.goto(f"{peer.address}/?token={peer.token}", wait_until="commit")
    page.goto(
        f"{peer.address}/project/{project}/document/{plain}",
        wait_until="domcontentloaded",
    )
    link = f"#document-link-{coded} .document-link-a"
    for _ in range(asked.runs):
        page.wait_for_selector(".highlight", state="detached")
        figures.timed(
            "opening a coded document",
            lambda: opened(page, link, ".highlight", asked.codings),
        )
        page.click(f"#document-link-{plain} .document-link-a")
    page.click(link)
    page.wait_for_selector(".highlight")
    page.wait_for_timeout(1000)
    for number in range(asked.runs):
        start = 1000 * (number + 1)
        page.evaluate(PEER_DIALOG, [start, start + 120, tags[number % CODES]])
        # The dialog fades in; a person does not wait for that with the mouse still.
        page.wait_for_timeout(800)
        for row in (SHOWN, KEPT):
            figures.rows.setdefault(row, ([], []))
        figures.timed(KEPT, lambda: page.evaluate(PEER_SAVE) / 1000)
        for kept, shown in zip(figures.rows[KEPT], figures.rows[SHOWN], strict=True):
            shown.append(kept[-1])
        page.wait_for_timeout(800)
    page.close()
    for ending in ("csv", "xlsx"):
        path = f"/project/{project}/export/highlights/.{ending}"
        for _ in range(asked.runs):
            figures.timed(
                f"exporting .{ending}", lambda path=path: _nothing(peer, path)
            )
    return figures


def _nothing(peer: Taguette, path: str) -> None:
    peer.get(path)


def opened(page: Page, link: str, marks: str, least: int) -> float:
    """Seconds from the click until the document shows its marked passages."""
    return page.evaluate(
        """async ([link, marks, least]) => {
          const from = performance.now();
          document.querySelector(link).click();
          const shown = () => document.querySelectorAll(marks).length >= least * 0.9;
          while (!shown()) await new Promise((again) => setTimeout(again, 4));
          return (performance.now() - from) / 1000;
        }""",
        [link, marks, least],
    )


def make_study(path: Path, words: int, codings: int) -> StudyStore:
    """A study with a coded source, a plain one after it, and thirty codes."""
    store = StudyStore(path)
    store.study.found(Study("Benchmark"), Person("lead", "Lead", Role.STUDY_LEAD))
    store.study.add_person("lead", Person("priya", "Priya", Role.EMBEDDED_RESEARCHER))
    codes = [
        store.codebook.add("priya", Code("", f"code {number}", "A code"))
        for number in range(CODES)
    ]
    store.sources.save(
        "priya", [_source("1 coded", words, 1), _source("2 plain", words, 2)]
    )
    source = next(one for one in store.sources.summaries() if one.name == "1 coded")
    length = words * 5
    chance = random.Random(3)
    passages = []
    while len(passages) < codings:
        start = chance.randrange(0, length)
        passages.append(
            CodedSegment(
                str(uuid.uuid4()),
                source.id,
                chance.choice(codes).id,
                Segment(start, start + chance.randrange(80, 400)),
                "priya",
                datetime.now(UTC),
            )
        )
    store.coding.add_all("priya", passages)
    return store


def _source(name: str, words: int, seed: int) -> NewSource:
    text, turns = "", []
    for number, said in enumerate(invented_turns(words, seed), start=1):
        speaker = "P1" if number % 2 else "Interviewer"
        text += f"{speaker}: "
        turns.append(Turn(number, len(text), len(text) + len(said), speaker))
        text += f"{said}\n"
    speakers = (Speaker("P1"), Speaker("Interviewer", True))
    transcript = Transcript(name, SourceKind.INTERVIEW, text, tuple(turns), speakers)
    who = SpeakerMapping("P1", participant=Participant("", "P1", "Parent"))
    return NewSource(transcript, "", "2026-05-03", f"{name}.txt", (who,))


def time_workbench(asked: argparse.Namespace, browser: Browser) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study.sqlite"
        store = make_study(study, asked.words, asked.codings)
        source = next(o.id for o in store.sources.summaries() if o.name == "1 coded")
        environment = {
            "WORKBENCH_STUDY": str(study),
            "WORKBENCH_FOLDER": str(Path(folder) / "folder"),
        }
        server = Server(ROOT / "workbench" / "served.py", environment, theme={}).start()
        assert server.process is not None
        try:
            figures = Figures(server.process.pid)
            _time_pages(asked, browser, server.url, source, figures)
        finally:
            server.kill()
        figures.process = os.getpid()
        _time_exports(asked, store, figures)
        _time_storing(asked, store, source, figures)
        store.close()
    return figures


def _time_pages(
    asked: argparse.Namespace,
    browser: Browser,
    url: str,
    source: str,
    figures: Figures,
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(120_000)
    page.goto(f"{url}code?source={source}")
    page.get_by_role("button", name="Priya").click()
    page.wait_for_selector("mark", state="attached")
    for _ in range(asked.runs):
        page.get_by_role("button", name="Next").click()
        page.wait_for_selector("mark", state="detached")
        page.wait_for_timeout(1500)
        figures.timed(
            "opening a coded document",
            lambda: opened(page, ".st-key-previous button", "mark", asked.codings),
        )
        page.wait_for_timeout(500)
    page.locator(".pane-read").last.focus()
    shown = figures.rows.setdefault(SHOWN, ([], []))
    for number in range(asked.runs):

        def code_one(key: str = str(1 + number % 9)) -> float:
            _, laid_out, kept = page.evaluate(CODE_ONE, key)
            shown[0].append(laid_out)
            return kept / 1000

        figures.timed(KEPT, code_one)
        shown[1].append(figures.rows[KEPT][1][-1])
        page.wait_for_timeout(400)
    page.close()


def _time_storing(
    asked: argparse.Namespace, store: StudyStore, source: str, figures: Figures
) -> None:
    """A coding stored, as Taguette's programming interface stores one."""
    person = next(one for one in store.study.people() if one.id == "priya")
    code = store.codebook.codebook().codes[0].id
    for number in range(asked.runs):
        fields: dict[str, str | int] = {
            "segment_id": str(uuid.uuid4()),
            "start": 300 + 7 * number,
            "end": 400 + 7 * number,
            "code_id": code,
        }
        sent = PaneOperation("benchmark1", number + 1, "code", fields)
        figures.timed(
            STORED,
            lambda sent=sent: coding_desk.apply_operations(
                store, person, source, [sent]
            ),
        )


def _time_exports(
    asked: argparse.Namespace, store: StudyStore, figures: Figures
) -> None:
    """Files made as the page makes them when one is asked for."""
    for ending in ("csv", "xlsx"):
        for _ in range(asked.runs):
            figures.timed(
                f"exporting .{ending}", lambda ending=ending: _export(store, ending)
            )


def _export(store: StudyStore, ending: str) -> None:
    table = codings_table(store, "priya")
    assert table.rows
    if ending == "csv":
        table_as_csv(table)
    else:
        table_as_xlsx(table, "Codings")


def main() -> None:
    """Time one, then the other, and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--taguette", required=True, help="the program taguette")
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--codings", type=int, default=500)
    parser.add_argument("--runs", type=int, default=12)
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        peer = time_taguette(asked, browser)
        ours = time_workbench(asked, browser)
        browser.close()
    print(f"{asked.words:,} words, {asked.codings} codings; medians in milliseconds")
    print(f"{'':<28}{'workbench':>20}{'Taguette':>20}   ratio of waits, of work")
    for row, (waits, works) in peer.rows.items():
        if row not in ours.rows:
            continue
        wait, work = (statistics.median(one) for one in ours.rows[row])
        other, other_work = statistics.median(waits), statistics.median(works)
        print(
            f"{row:<28}{wait:>10.0f} {work:>9.0f}{other:>10.0f} {other_work:>9.0f}"
            f"   {other / wait:.1f}, {other_work / max(work, 1):.1f}"
        )


if __name__ == "__main__":
    main()
