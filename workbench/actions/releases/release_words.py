"""Releases in the words of their page."""

from __future__ import annotations

from datetime import datetime

from data.storage.releases.release_records import KeptFile, Release
from workbench.wording import counted


def asked_in_words(one: Release) -> str:
    """Who asked when, under which rule, and how much is hidden."""
    hidden = counted(one.hidden, "number")
    is_are = "is" if one.hidden == 1 else "are"
    return (
        f"Asked for by {one.asked_by} on {_moment(one.asked_at)}. Rule: "
        f"{one.rule.name}; {hidden} {is_are} hidden."
    )


def decided_in_words(one: Release) -> str:
    """What became of a request, by whom and when; '' while it waits."""
    if one.decided_at is None:
        return ""
    return (
        f"{one.state.value.capitalize()} by {one.decided_by} on "
        f"{_moment(one.decided_at)}."
    )


def size_in_words(file: KeptFile) -> str:
    """How large a file is.

    >>> size_in_words(KeptFile("a.docx", ".docx", "", 51_200))
    '50 kB'
    """
    return f"{max(1, round(file.size / 1024)):,} kB"


def _moment(at: datetime) -> str:
    here = at.astimezone()
    return f"{here.day} {here:%B %Y, %H:%M}"
