"""Two versions of a template compared: what was added, retired, reworded, moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coding.analysis_templates.questions import Question


class ChangeKind(StrEnum):
    """What became of a question between two versions."""

    ADDED = "added"
    REWORDED = "reworded"
    ANSWERED_OTHERWISE = "answered in another way"
    MOVED = "moved"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One change: the question as it was and as it is; nothing where there is none."""

    kind: ChangeKind
    was: Question | None
    now: Question | None

    @property
    def question_id(self) -> str:
        """The question it is about."""
        one = self.now or self.was
        assert one is not None, "a change is about some question"
        return one.id

    @property
    def in_words(self) -> str:
        """The change as a line of a list says it.

        >>> QuestionChange(ChangeKind.REWORDED, Question("q", "One worker?"),
        ...                Question("q", "The same worker?")).in_words
        'Reworded: was “One worker?”, is “The same worker?” now'
        """
        said = self.kind.value.capitalize()
        if self.kind is ChangeKind.REWORDED and self.was and self.now:
            if self.was.heading != self.now.heading:
                return f"{said}: was “{self.was.heading}”, is “{self.now.heading}” now"
            return f"{said} in its guidance: “{self.now.heading}”"
        one = self.now or self.was
        assert one is not None, "a change is about some question"
        if self.kind is ChangeKind.ANSWERED_OTHERWISE and self.was and self.now:
            ways = f"was {_way(self.was)}, is {_way(self.now)} now"
            return f"{said}: “{one.heading}” {ways}"
        return f"{said}: “{one.heading}”"


def changes_between(
    earlier: Sequence[Question], later: Sequence[Question]
) -> tuple[QuestionChange, ...]:
    """What the later version changes, in its own order, what it retires last.

    A question may be reworded and answered in another way at once. It is moved where
    questions that both versions ask stand in another order.
    """
    before = {one.id: one for one in earlier}
    after = {one.id for one in later}
    kept_then = [one.id for one in earlier if one.id in after]
    kept_now = [one.id for one in later if one.id in before]
    moved = {a for a, b in zip(kept_now, kept_then, strict=True) if a != b}
    found = []
    for now in later:
        was = before.get(now.id)
        if was is None:
            found.append(QuestionChange(ChangeKind.ADDED, None, now))
            continue
        if (was.heading, was.guidance) != (now.heading, now.guidance):
            found.append(QuestionChange(ChangeKind.REWORDED, was, now))
        if (was.kind, was.offered) != (now.kind, now.offered):
            found.append(QuestionChange(ChangeKind.ANSWERED_OTHERWISE, was, now))
        if now.id in moved:
            found.append(QuestionChange(ChangeKind.MOVED, was, now))
    retired = [one for one in earlier if one.id not in after]
    found += [QuestionChange(ChangeKind.RETIRED, one, None) for one in retired]
    return tuple(found)


def _way(one: Question) -> str:
    return f"{one.kind.value} ({', '.join(one.offered)})" if one.offered else "a text"
