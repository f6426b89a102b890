"""Sources about to be added, looked through for listed names before anybody reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.language import load_names_reader
from coding.pseudonyms.ordinary_words import OrdinaryWords
from coding.pseudonyms.text_words import TextWords
from coding.study import Person
from data.problems import DataProblem
from data.rights import Right, may
from data.sources import NewSource
from data.storage import StudyStore
from workbench.wording import counted


@dataclass(frozen=True, slots=True)
class NewSourcesChecked:
    """What a check found: mentions in each source, in order, or why it was not made.

    ``is_locked`` says that the study has a key that this person has not open.
    """

    mentions: tuple[int, ...] = ()
    is_locked: bool = False

    @property
    def total(self) -> int:
        """Mentions of listed names in all of them."""
        return sum(self.mentions)

    @property
    def in_words(self) -> str:
        """What was found, in a sentence; '' where there is nothing to say."""
        if self.is_locked:
            return (
                "The study has a pseudonym key that is not open, so these sources were "
                "not looked through for listed names."
            )
        if not self.total:
            return ""
        named = sum(1 for one in self.mentions if one)
        return (
            f"{counted(self.total, 'mention')} of listed names in "
            f"{counted(named, 'source')}."
        )


def check(
    store: StudyStore, person: Person, sources: Sequence[NewSource]
) -> NewSourcesChecked:
    """How many listed names stand in sources that are not saved yet."""
    status = may(person.role, Right.HOLD_KEY) and store.pseudonym_key.status(person.id)
    if not status or not status.exists or not sources:
        return NewSourcesChecked()
    found = store.pseudonyms.mentions_in_new(person.id, sources, _ordinary(sources))
    if found is None:
        return NewSourcesChecked(is_locked=status.is_sealed or bool(status.problem))
    return NewSourcesChecked(tuple(found))


def with_pseudonyms(
    store: StudyStore, person: Person, sources: Sequence[NewSource]
) -> list[NewSource]:
    """The sources with listed names replaced; real names are kept in the key alone."""
    return store.pseudonyms.with_pseudonyms(person.id, sources, _ordinary(sources))


def warnings_about(
    store: StudyStore, person: Person, sources: Sequence[NewSource]
) -> tuple[DataProblem, ...]:
    """What whoever adds sources by a command should know, before anybody reads them."""
    checked = check(store, person, sources)
    if not checked.in_words:
        return ()
    return (
        DataProblem(
            checked.in_words,
            "Pseudonyms",
            "Open the page Pseudonyms before anybody reads them.",
        ),
    )


def _ordinary(sources: Sequence[NewSource]) -> OrdinaryWords:
    texts = (TextWords(one.transcript.text) for one in sources)
    return OrdinaryWords(load_names_reader().dictionary, texts)
