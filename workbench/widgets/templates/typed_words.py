"""Words typed into an answer and not saved yet, with the version their writer saw."""

from __future__ import annotations

from data.storage.analysis_templates.template_records import AnswerWords
from workbench import session
from workbench.actions.templates.record_reading import RecordRead


class TypedWords:
    """What is typed into an open answer and not saved yet, kept through reruns.

    Held with the version its writer saw, so that what somebody else wrote meanwhile is
    noticed and never overwritten unseen.
    """

    def __init__(self, read: RecordRead, question_id: str) -> None:
        place = read.record.place
        self._key = f"typed {place.template_id} {place.source_id} {question_id}"
        self.answer = read.record.answer(question_id)

    @property
    def held(self) -> tuple[int, AnswerWords] | None:
        """The version seen and the words typed, nothing where none wait."""
        kept = session.recall(self._key)
        if not kept:
            return None
        seen, text, choice = kept
        return int(seen), AnswerWords(str(text), str(choice))

    @property
    def words(self) -> AnswerWords:
        """What the fields show: what was typed, else what is saved."""
        return self.held[1] if self.held else self.answer.words

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody else wrote since the typing began."""
        return self.held is not None and self.held[0] != self.answer.version

    def field(self, what: str) -> str:
        """The key of a field: a new one after each saving, so that it starts anew."""
        return f"{what} {self._key} {session.recall(f'times {self._key}', 0)}"

    def keep(self, text: str, choice: str) -> None:
        """Hold what is typed; what is saved already need not be held."""
        if (text, choice) == (self.answer.words.text, self.answer.words.choice):
            if not self.is_overtaken:
                session.forget(self._key)
            return
        seen = self.held[0] if self.held else self.answer.version
        session.remember(self._key, [seen, text, choice])

    def begin_with(self, text: str) -> None:
        """Let the field begin with these words, not saved yet."""
        session.remember(self._key, [self.answer.version, text, self.words.choice])
        self._start_anew()

    def take_theirs(self) -> None:
        """Let go of what was typed."""
        session.forget(self._key)
        self._start_anew()

    def over_theirs(self) -> None:
        """Go on from what somebody else wrote, which saving then keeps as earlier."""
        words = self.words
        session.remember(self._key, [self.answer.version, words.text, words.choice])

    def _start_anew(self) -> None:
        times = f"times {self._key}"
        session.remember(times, session.recall(times, 0) + 1)
