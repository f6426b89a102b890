"""The locked pairs in a queue: where each stands for a person, and who it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coding.study import Person
from data.case_progress import ComparedPair, ComparisonSettings
from data.pairings import SavedJudgement
from data.storage import StudyStore
from workbench.wording import counted


@dataclass(frozen=True, slots=True)
class QueuedPair:
    """A locked pair in the queue of comparing, and how far it is for one person."""

    number: int
    judgement: SavedJudgement
    pair: ComparedPair

    @property
    def is_open(self) -> bool:
        """Whether both files were opened, so that progress can be read."""
        return self.judgement.opened_at is not None


def locked_pairs(store: StudyStore, person: Person) -> list[QueuedPair]:
    """The locked pairs in the order of the cases, each once, as a person may read."""
    begun = {
        (p.contemporary_id, p.historic_id): p for p in store.verdicts.pairs(person.id)
    }
    queue: dict[tuple[str, str], SavedJudgement] = {}
    for one in store.judgements.standing():
        key = (one.contemporary_id, one.historic_id)
        if one.is_pair and (key not in queue or queue[key].opened_at is None):
            queue[key] = one
    return [
        QueuedPair(number, one, begun.get(key, ComparedPair(*key)))
        for number, (key, one) in enumerate(queue.items(), 1)
    ]


@dataclass(frozen=True, slots=True)
class PairsWaiting:
    """Of the locked pairs that two people are not through with: who they wait for.

    ``shut`` are those whose files nobody opened yet; ``for_person`` those that the
    person who asks may judge now; ``for_others`` wait for somebody else.
    """

    for_person: int = 0
    for_others: int = 0
    shut: int = 0


def pairs_waiting(
    queue: Iterable[QueuedPair], person: Person, *, may_judge: bool
) -> PairsWaiting:
    """Whom the pairs of a queue wait for, as one person sees it."""
    for_person = for_others = shut = 0
    for one in queue:
        own = one.pair.place_of(person.id)
        if one.pair.are_both_through:
            continue
        if not one.is_open:
            shut += 1
        elif may_judge and (not own.finished_at if own else one.pair.has_free_place):
            for_person += 1
        else:
            for_others += 1
    return PairsWaiting(for_person, for_others, shut)


def next_to_compare(queue: Iterable[QueuedPair], person: Person) -> QueuedPair | None:
    """The pair a person would go on with: begun, then free, then any that is open."""
    pairs = list(queue)

    def rank(one: QueuedPair) -> int:
        own = one.pair.place_of(person.id)
        if not one.is_open:
            return 4
        if own and not own.finished_at:
            return 0
        if not own and one.pair.has_free_place:
            return 1
        return 2

    return min(pairs, key=rank, default=None)


def status_in_words(one: QueuedPair, person: Person) -> str:
    """Where a pair stands for a person, in a few words."""
    own = one.pair.place_of(person.id)
    if not one.is_open:
        return "Files not opened"
    if one.pair.are_both_through:
        return "Both judges through"
    if own and own.finished_at:
        return "You are through, the other judge is not"
    if own:
        return f"{counted(len(own.verdicts or {}), 'area')} judged by you so far"
    if not one.pair.has_free_place:
        return "Two others judge it"
    return "Waits for a second judge" if one.pair.places else "Not begun"


def is_masked(settings: ComparisonSettings, pair: ComparedPair) -> bool:
    """Whether the era is hidden at a pair: by setting, until two people are through."""
    return not settings.is_era_shown and not pair.are_both_through
