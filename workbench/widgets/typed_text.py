"""A field for words that wait, unsaved, when the page they were typed on is left.

What stands in a form goes with its page: whoever looked up the evidence for a sentence
came back to a field without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from data.problems import DataProblem, DataRefused
from workbench import notices, session
from workbench.widgets.untrusted import as_html


@dataclass(frozen=True)
class TypedText:
    """One piece of text as it is saved, known by its name in this window.

    ``version`` grows with each saving, so that what somebody else saved meanwhile is
    told and never overwritten unseen.
    """

    name: str
    version: int
    saved: str

    @property
    def is_waiting(self) -> bool:
        """Whether something was typed into it that is not saved yet."""
        held = self._held()
        return held is not None and held[1].strip() != self.saved.strip()

    def draw(
        self,
        label: str,
        *,
        height: int,
        most: int | None = None,
        tip: str | None = None,
    ) -> str:
        """What now stands in the field; it must lie in no form, which tells nothing."""
        held = self._held()
        seen, shown = held if held and self.is_waiting else (self.version, self.saved)
        key = f"{self.name} {seen}"
        if seen != self.version:
            self._draw_meanwhile()
        typed = st.text_area(
            label,
            shown,
            key=key,
            height=height,
            max_chars=most,
            help=tip,
            on_change=self._hold,
            args=(key, seen),
        )
        return typed or ""

    def let_go(self) -> None:
        """Hold nothing any longer: it is saved."""
        session.forget(self._kept)

    @property
    def _kept(self) -> str:
        return f"typed {self.name}"

    def _held(self) -> tuple[int, str] | None:
        kept = session.recall(self._kept)
        return (int(kept[0]), str(kept[1])) if kept else None

    def _hold(self, field: str, seen: int) -> None:
        session.remember(self._kept, [seen, session.typed_into(field)])

    def _draw_meanwhile(self) -> None:
        notices.draw(
            '<p class="wb-small"><strong>It was changed since you opened it.</strong> '
            "Saving puts your words in its place; what it says now is kept: "
            f"<bdi>{as_html(self.saved or 'nothing')}</bdi></p>"
        )


def require_saved(labels: Iterable[str], not_done: str) -> None:
    """Refuse what would leave words behind that wait in the fields of these labels."""
    problems = [
        DataProblem(
            "something was typed and is not saved",
            label,
            f"Save it, or put back what it said. {not_done}",
        )
        for label in labels
    ]
    if problems:
        raise DataRefused(problems)


def save_button(label: str, key: str, *fields: TypedText) -> bool:
    """Whether the button that saves these fields was pressed.

    That something waits stands beside it: above, it would push the button away from
    under the press that follows the typing.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        is_pressed = st.button(label, key=key)
        if any(one.is_waiting for one in fields):
            notices.draw('<p class="wb-small" style="margin:0">Not saved yet.</p>')
    return is_pressed
