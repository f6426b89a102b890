"""Going through waiting suggestions as a list, in context, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coding.study import Person
from coding.suggestions.suggestion import Strength
from coding.transcripts import Transcript
from data.coding_records import OperationKind
from data.storage import StudyStore
from data.storage.suggesting.decision_records import ListedSuggestion, SeenDecided
from workbench.wording import counted

A_PAGE = 12
_WORDS_AROUND = 220
_EVERY = ""


@dataclass(frozen=True, slots=True)
class InContext:
    """A waiting suggestion with the words before it, its own, and those after."""

    listed: ListedSuggestion
    speaker: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One page of a list: what stands on it, and where it is in the whole."""

    shown: tuple[InContext, ...]
    number: int
    pages: int
    total: int

    @property
    def seen_ids(self) -> tuple[str, ...]:
        """The suggestions on the page: a decision on the list is one on these."""
        return tuple(one.listed.stored.id for one in self.shown)


def waiting(store: StudyStore, person: Person) -> list[ListedSuggestion]:
    """All suggestions that wait for a decision and that this person may see."""
    return store.deciding.listed(reader_id=person.id, waiting=True)


def codes_waiting(listed: Sequence[ListedSuggestion]) -> dict[str, str]:
    """Code ids with names and counts as a choice reads them, most first."""
    names = {one.stored.suggestion.code_id: one.code_name for one in listed}
    counts = Counter(one.stored.suggestion.code_id for one in listed)
    return {
        code: f"{names[code]} ({number:,})" for code, number in counts.most_common()
    }


def strengths_waiting(listed: Sequence[ListedSuggestion]) -> dict[str, str]:
    """Strengths with counts as a choice reads them, the strongest first."""
    counts = Counter(one.stored.suggestion.strength for one in listed)
    return {
        one.value: f"{one.in_words.capitalize()} ({counts[one]:,})"
        for one in Strength
        if counts[one]
    }


def review_page(
    store: StudyStore,
    listed: Sequence[ListedSuggestion],
    *,
    code_id: str = _EVERY,
    strength: str = _EVERY,
    page: int = 1,
) -> ReviewPage:
    """One page of the suggestions of a code, a strength, or both; likeliest first."""
    wanted = [
        one
        for one in listed
        if code_id in (_EVERY, one.stored.suggestion.code_id)
        and strength in (_EVERY, one.stored.suggestion.strength.value)
    ]
    # The order must not change while someone turns pages.
    wanted.sort(
        key=lambda one: (
            -(one.stored.probability or 0.0),
            -one.stored.suggestion.similarity,
            one.stored.id,
        )
    )
    pages = max(1, -(-len(wanted) // A_PAGE))
    number = min(max(1, page), pages)
    shown = wanted[(number - 1) * A_PAGE : number * A_PAGE]
    read: dict[str, Transcript] = {}
    return ReviewPage(
        tuple(_in_context(store, one, read) for one in shown),
        number,
        pages,
        len(wanted),
    )


def decide_seen(
    store: StudyStore, person: Person, seen_ids: Sequence[str], *, accept: bool
) -> SeenDecided:
    """What came of accepting or rejecting what a page showed, and nothing else."""
    kind = OperationKind.ACCEPT if accept else OperationKind.REJECT
    return store.deciding.decide_seen(person.id, seen_ids, kind)


def take_back(store: StudyStore, person: Person, batch: str) -> SeenDecided:
    """What came of taking back all that was decided on one list."""
    return store.deciding.take_back(person.id, batch)


def decided_in_words(came: SeenDecided, *, accepted: bool) -> str:
    """What was done with a list, and what stays as it is."""
    done = (
        f"{counted(came.done, 'suggestion')} {'accepted' if accepted else 'rejected'}."
    )
    return f"{done}{_left_in_words(came)}"


def taken_back_in_words(came: SeenDecided) -> str:
    """What waits again, and what stays decided."""
    waits = "waits" if came.done == 1 else "wait"
    return f"{counted(came.done, 'suggestion')} {waits} again.{_left_in_words(came)}"


def _left_in_words(came: SeenDecided) -> str:
    if not came.refused:
        return ""
    why = "; ".join(dict.fromkeys(one.rstrip(".") for one in came.refused))
    stay = "stays" if len(came.refused) == 1 else "stay"
    return f" {len(came.refused)} {stay} as before: {why}."


def _in_context(
    store: StudyStore, one: ListedSuggestion, read: dict[str, Transcript]
) -> InContext:
    stored = one.stored
    if stored.source_id not in read:
        source = store.sources.read(stored.source_id)
        if source is None:
            raise LookupError("a source with suggestions is gone")
        read[stored.source_id] = source.transcript
    transcript = read[stored.source_id]
    segment = stored.suggestion.segment
    turn = next(
        turn
        for turn in transcript.turns
        if turn.number == stored.suggestion.turn_number
    )
    start, end = min(segment.start, turn.start), max(segment.end, turn.end)
    before = transcript.text[start : segment.start]
    after = transcript.text[segment.end : end]
    return InContext(
        one,
        turn.speaker,
        f"… {before[-_WORDS_AROUND:]}" if len(before) > _WORDS_AROUND else before,
        segment.quotation(transcript.text),
        f"{after[:_WORDS_AROUND]} …" if len(after) > _WORDS_AROUND else after,
    )
