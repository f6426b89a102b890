"""Takes README's pictures anew: ``python tests/browser/tour_pictures.py``.

Builds the sample study in a folder of its own, opens the app on it in headless
Chromium, and writes one picture a stop to ``.tour/``.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from browser.conftest import Server  # noqa: E402

PICTURES = ROOT / ".tour"


def be(page: Page, name: str) -> None:
    """Work as that person from here on."""
    page.get_by_role("button", name=name).click()
    page.get_by_role("button", name="Someone else is here").wait_for()
    settle(page)


def settle(page: Page) -> None:
    """Wait until charts and the transcript stand still."""
    page.wait_for_timeout(2_500)


def take(page: Page, name: str) -> None:
    """Write the picture of what is on screen."""
    settle(page)
    page.screenshot(path=PICTURES / f"{name}.png")


def judge(page: Page, url: str) -> None:
    """From home over the candidates to both files side by side."""
    take(page, "home")
    page.goto(f"{url}judge")
    page.get_by_text("1st closest").first.wait_for()
    take(page, "candidates")
    page.get_by_role("combobox", name="Contemporary case").click()
    page.get_by_role("option").filter(has_text="008846").click()
    settle(page)
    page.get_by_role("button", name="Open both files").click()
    heading = page.get_by_role("heading", name="What happened")
    heading.wait_for()
    settle(page)
    heading.evaluate("it => it.scrollIntoView({block: 'start'})")
    take(page, "timelines")


def read_and_code(page: Page, url: str) -> None:
    """A coded transcript with a suggestion waiting, and two coders side by side."""
    page.goto(f"{url}code")
    pane = page.locator(".transcript-pane, [class*=pane-turn]").first
    pane.wait_for()
    settle(page)
    pane.click()
    # A pointer resting on the text would fade the other codes.
    page.mouse.move(5, 5)
    for _ in range(3):
        page.keyboard.press("j")
    take(page, "reading")
    page.goto(f"{url}coders")
    page.get_by_role("button", name="Open what each marked").click()
    page.get_by_text("What do you settle on?").first.wait_for()
    take(page, "coders")


def bring_together(page: Page, url: str) -> None:
    """Themes and the debrief."""
    for stop in ("themes", "debrief"):
        page.goto(f"{url}{stop}")
        page.get_by_role("heading", level=1).first.wait_for()
        take(page, stop)


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["WORKBENCH_FOLDER"] = folder
        from workbench.actions.sample import ensure_sample_study

        study = ensure_sample_study()
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        stops = {
            "Delroy Ashcombe": judge,
            "Priya Wetherall": read_and_code,
            "Fionnuala Stubbings": bring_together,
        }
        for name, visit in stops.items():
            # Where several are at work every new page would ask who is here.
            server = Server(
                ROOT / "workbench" / "app.py",
                {"WORKBENCH_STUDY": str(study), "WORKBENCH_FOLDER": folder},
                {},
            ).start()
            try:
                page = browser.new_page(viewport={"width": 1360, "height": 850})
                page.goto(server.url)
                be(page, name)
                visit(page, server.url)
                page.close()
            finally:
                server.kill()
        browser.close()


if __name__ == "__main__":
    main()
