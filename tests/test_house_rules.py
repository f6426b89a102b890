"""The house keeps its own rules: imports one way, style, types, names, rooms."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_ROOMS = ("workbench", "matching", "coding", "data")
_LONGEST_FILE = 400
_MOST_FILES = 15


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=_ROOT, capture_output=True, text=True, check=False
    )


def test_imports_go_one_way() -> None:
    done = _run("-c", "from importlinter.cli import lint_imports_command as c; c()")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 kept, 0 broken" in done.stdout


def test_style_is_clean() -> None:
    done = _run("-m", "ruff", "check", ".")
    assert done.returncode == 0, done.stdout
    done = _run("-m", "ruff", "format", "--check", ".")
    assert done.returncode == 0, done.stdout


def test_types_hold() -> None:
    done = _run("-m", "mypy")
    assert done.returncode == 0, done.stdout


def _source_files() -> list[Path]:
    found = [
        path
        for room in _ROOMS
        for path in (_ROOT / room).rglob("*.py")
        if "versions" not in path.parts
    ]
    assert len(found) > 50
    return found


def test_no_module_hides_another() -> None:
    taken = set(sys.stdlib_module_names) | set(_ROOMS)
    hidden = [
        path.name
        for path in (_ROOT / "workbench").glob("*.py")
        if path.stem in taken and path.stem != "__init__"
    ]
    assert not hidden


def test_no_file_has_grown_past_its_room() -> None:
    long = {
        path.name: lines
        for path in _source_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > _LONGEST_FILE
    }
    assert not long


def test_no_folder_holds_too_much() -> None:
    full: dict[str, int] = {}
    for path in _source_files():
        if not path.stem.endswith("_page"):
            full[str(path.parent)] = full.get(str(path.parent), 0) + 1
    assert not {name: n for name, n in full.items() if n > _MOST_FILES}


def test_top_level_holds_only_what_was_agreed() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode != 0:
        pytest.skip("not a git checkout")
    top = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    agreed = {*_ROOMS, "tests", "pyproject.toml", "README.md"}
    assert {name for name in top if not name.startswith(".")} <= agreed


def test_every_room_says_what_lives_in_it() -> None:
    for room in (*_ROOMS, "tests"):
        text = (_ROOT / room / "README.md").read_text(encoding="utf-8")
        assert len(text.split()) > 60, room


def test_untrusted_markup_is_never_switched_on() -> None:
    risky = re.compile(r"unsafe_allow_html|components\.v1\.html|extractall\(")
    found = [
        f"{path.name}: {match.group()}"
        for path in _source_files()
        if (match := risky.search(path.read_text(encoding="utf-8")))
    ]
    assert not found


def test_no_registry_is_named() -> None:
    hosts = re.compile("(" + "|".join(["pythonhosted", "pypi", "npmjs"]) + r")\.org")
    for path in [*_source_files(), _ROOT / "README.md", _ROOT / "pyproject.toml"]:
        assert not hosts.search(path.read_text(encoding="utf-8")), path.name


def test_an_installed_wheel_declares_the_same_component() -> None:
    def declared(path: Path) -> object:
        return tomllib.loads(path.read_text(encoding="utf-8"))["tool"]["streamlit"]

    own = declared(_ROOT / "pyproject.toml")
    assert own == declared(_ROOT / "workbench" / "pyproject.toml")
    components = own["component"]["components"]
    assert {one["name"] for one in components} == {
        "transcript",
        "code_tree",
        "themes_matrix",
        "record_reader",
    }
    for one in components:
        assert (_ROOT / "workbench" / one["asset_dir"] / f"{one['name']}.js").is_file()


def test_pseudonymised_text_is_never_called_more_than_that() -> None:
    """It stays personal data for whoever holds the key, so no text says otherwise.

    The published code list of referral sources has the word for a caller, and so have
    the sample's case files.
    """
    word = re.compile("ano" + "nym", re.IGNORECASE)
    pages = [_ROOT / "README.md", *(_ROOT / room / "README.md" for room in _ROOMS)]
    scripts = list((_ROOT / "workbench").rglob("*.js"))
    assert scripts
    found = [
        f"{path.name}: {line.strip()}"
        for path in [*_source_files(), *pages, *scripts]
        for line in path.read_text(encoding="utf-8").splitlines()
        if word.search(line) and line.strip() != '"9": "Ano' + 'nymous",'
    ]
    assert not found


def test_nothing_is_promised_to_be_without_a_name() -> None:
    """What is pseudonymised stays personal data, and no other word is used for it.

    A published code list of the Department for Education has the word as a label, and
    people of the sample study say it.
    """
    promised = re.compile("anonym" + "(?:ous|is)", re.IGNORECASE)
    said = [
        str(path.relative_to(_ROOT))
        for room in (*_ROOMS, "README.md")
        for path in ([_ROOT / room] if "." in room else (_ROOT / room).rglob("*"))
        if path.suffix in {".py", ".js", ".css", ".md", ".toml"}
        and promised.search(path.read_text(encoding="utf-8"))
    ]
    assert said == ["data/code_lists.py"]
