"""One line of the list of tasks on the home page."""

from __future__ import annotations

from dataclasses import dataclass

from data.rights import Right


@dataclass(frozen=True, slots=True)
class HomeTask:
    """One line of the home page: what it is, how far it is, what can be done.

    ``status`` is one of *Not started*, *In progress*, *6 waiting*, *Done* and
    *Cannot start yet*; ``why`` explains the last. ``is_next`` marks the one line that
    the person at work would sensibly do now. ``comes_first`` is a task before all new
    work: somebody waits for it, or what was final does not stand.
    """

    section: str
    number: int
    title: str
    count: str
    status: str
    page: str
    button: str
    right: Right
    why: str = ""
    is_next: bool = False
    comes_first: bool = False
