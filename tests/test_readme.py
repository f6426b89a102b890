"""README tells the truth: its commands exist, its words are used, its pictures open."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from workbench.command_line import main

_ROOT = Path(__file__).parents[1]
_README = (_ROOT / "README.md").read_text(encoding="utf-8")


def _commands_listed() -> list[list[str]]:
    block = _README.split("## The command line")[1].split("```")[1]
    joined = re.sub(r"\n\s+\[", " [", block)
    return [line.split() for line in joined.splitlines() if line.strip()]


def _command(words: list[str]) -> click.Command:
    command: click.Command = main
    for word in words[1:]:
        if not isinstance(command, click.Group) or word not in command.commands:
            break
        command = command.commands[word]
    return command


def _all_commands(group: click.Group, path: tuple[str, ...] = ()) -> set[str]:
    found: set[str] = set()
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= _all_commands(command, (*path, name))
        else:
            found.add(" ".join((*path, name)))
    return found


def test_every_command_listed_exists_with_its_options() -> None:
    listed = _commands_listed()
    assert len(listed) > 10
    for words in listed[1:]:
        command = _command(words)
        assert command is not main, words
        offered = {name for one in command.params for name in one.opts}
        for option in re.findall(r"--[a-z-]+", " ".join(words)):
            assert option in offered, (words, option)


def test_every_command_there_is_stands_in_the_readme() -> None:
    listed = {
        " ".join(
            word
            for word in words[1:]
            if word.islower() and not word.startswith(("[", "-")) and "|" not in word
        )
        for words in _commands_listed()
    }
    for name in _all_commands(main):
        assert any(one.startswith(name) for one in listed), name


def test_every_command_has_help() -> None:
    for name in _all_commands(main):
        assert (_command(["workbench", *name.split()]).help or "").strip()


def test_the_two_commands_are_the_ones_that_ci_runs() -> None:
    demo = (
        "python3 -m venv .venv && .venv/bin/pip install -e . "
        "&& .venv/bin/workbench demo"
    )
    tests = (
        'python3 -m venv .venv && .venv/bin/pip install -e ".[test]" '
        "&& .venv/bin/pytest"
    )
    assert demo in _README
    assert tests in _README
    ci = (_ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert tests.replace("install -e", "install -q -e") in ci


def test_every_picture_shown_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", _README)
    assert pictures
    for picture in pictures:
        assert (_ROOT / picture).stat().st_size > 10_000, picture


@pytest.mark.parametrize("room", ["matching", "coding", "data", "workbench", "tests"])
def test_links_to_rooms_lead_somewhere(room: str) -> None:
    assert f"]({room}/README.md)" in _README
    assert (_ROOT / room / "README.md").is_file()


def test_every_word_of_the_glossary_is_used_in_the_code() -> None:
    table = _README.split("## Words used here")[1].split("## ")[0]
    words = [
        word.strip()
        for line in table.splitlines()[4:]
        if line.startswith("|")
        for word in re.split(r"[,/]", line.split("|")[1])
    ]
    assert len(words) > 20
    code = "\n".join(
        path.read_text(encoding="utf-8").casefold()
        for room in ("matching", "coding", "data", "workbench")
        for path in (_ROOT / room).rglob("*.py")
    )
    for word in words:
        assert word.casefold() in code, word
