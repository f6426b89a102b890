"""More like this: passages near a code or passage, and groups of what is not coded.

Each is a proposal of the machine. A transcript that the reader codes blind, or that was
drawn to be coded without suggestions, is left out of all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coding.codebook import Code
from coding.coded_segments import Segment
from coding.more_like_this.groups import PassageGroup, groups_among
from coding.more_like_this.index import LikePassage, PassageIndex
from coding.more_like_this.passages import ComparedPassage, passages_in
from coding.study import Person
from coding.suggestions.vectors import VectorsInUse, load_vectors
from data.problems import DataProblem, DataRefused
from data.storage import StudyStore
from workbench.actions.suggesting.fitted import kept_or_made
from workbench.wording import counted, joined_by_and

MOST_SHOWN = 15
_DRAFT = "Draft:"


@dataclass(frozen=True, slots=True)
class Alike:
    """Passages like what was asked for, nearest first; ``names`` are their sources'."""

    found: tuple[LikePassage, ...]
    names: dict[str, str]
    models: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The transcripts, by id, that nothing is proposed in, and why."""

    coded_blind: frozenset[str]
    drawn_without: frozenset[str]

    def __contains__(self, source_id: str) -> bool:
        return source_id in self.coded_blind or source_id in self.drawn_without

    @property
    def in_words(self) -> str:
        """Which transcripts are left out, in one line; '' where none is.

        >>> LeftOut(frozenset("a"), frozenset()).in_words
        'Left out: 1 transcript that you code blind.'
        """
        said = []
        if blind := len(self.coded_blind):
            said.append(f"{counted(blind, 'transcript')} that you code blind")
        if drawn := len(self.drawn_without - self.coded_blind):
            said.append(
                f"{counted(drawn, 'transcript')} drawn to be coded without suggestions"
            )
        return f"Left out: {joined_by_and(said)}." if said else ""


def left_out(store: StudyStore, person: Person) -> LeftOut:
    """The transcripts in which nothing is proposed to this person."""
    return LeftOut(
        frozenset(store.coders.reads_blind(person.id)),
        frozenset(store.draws.without()),
    )


def index_of(store: StudyStore, vectors: VectorsInUse | None = None) -> PassageIndex:
    """The study's passages ready to be compared; whoever asks leaves no words out."""
    passages: list[ComparedPassage] = []
    for source in store.sources.read_all():
        asking = {one.label for one in source.transcript.speakers if one.is_interviewer}
        passages += passages_in(source.id, source.transcript, skip_speakers=asking)
    return PassageIndex(passages, vectors or load_vectors())


def kept_index(store: StudyStore) -> PassageIndex:
    """The index as kept in memory, made anew where a text has changed."""
    return kept_or_made(
        store, "passage index", words_state(store), lambda: index_of(store)
    )


def words_state(store: StudyStore) -> str:
    """What tells that an index is out of date: sources, texts and who asks."""
    states = store.sources.text_states()
    return ",".join(f"{one}:{state}" for one, state in sorted(states.items()))


def like_code(
    store: StudyStore, person: Person, index: PassageIndex, code: Code
) -> Alike:
    """Passages near those under a code, not coded so; near its meaning while unused."""
    coded = store.coding.passages(reader_id=person.id, code_ids=[code.id])
    # What is said of a passage names words it shares with an example.
    code = store.codebook.hidden_examples(person.id).to_read(code)
    wanted = [one.quotation for one in coded] or [
        " ".join((code.name, code.definition, code.use_when, *code.examples))
    ]
    return _alike(store, person, index, wanted, _not_under(store, person, code.id))


def like_passage(
    store: StudyStore,
    person: Person,
    index: PassageIndex,
    source_id: str,
    segment: Segment,
    code_id: str = "",
) -> Alike:
    """Passages near one of a source, itself left out, and what carries the code."""
    source = store.sources.read(source_id)
    if source is None or segment.end > len(source.transcript.text):
        raise DataRefused(
            [
                DataProblem(
                    "The passage is no longer there.",
                    "More like this",
                    "Choose it in its transcript again.",
                )
            ]
        )
    under = _not_under(store, person, code_id) if code_id else _nothing

    def leave_out(one: ComparedPassage) -> bool:
        is_it = one.source_id == source_id and one.segment.overlaps(segment)
        return is_it or under(one)

    words = segment.quotation(source.transcript.text)
    return _alike(store, person, index, [words], leave_out)


def groups_not_coded(
    store: StudyStore, person: Person, index: PassageIndex
) -> list[PassageGroup]:
    """Groups among the passages in which this person sees nothing coded."""
    coded = _coded(store, person)
    aside = left_out(store, person)
    chosen = [
        at
        for at, one in enumerate(index.passages)
        if one.source_id not in aside
        and not any(one.segment.overlaps(s) for s in coded.get(one.source_id, ()))
    ]
    return groups_among(index, chosen)


def make_draft_code(store: StudyStore, person: Person, group: PassageGroup) -> Code:
    """The code as kept: a name to be replaced, cues, and no definition yet.

    Nothing is coded with it. A person says what it means before it is used.
    """
    return store.codebook.add(
        person.id, Code("", f"{_DRAFT} {group.name}", cues=group.words)
    )


def _alike(
    store: StudyStore,
    person: Person,
    index: PassageIndex,
    wanted: list[str],
    leave_out: Callable[[ComparedPassage], bool],
) -> Alike:
    aside = left_out(store, person)
    found = index.nearest(
        wanted,
        leave_out=lambda one: one.source_id in aside or leave_out(one),
        most=MOST_SHOWN,
    )
    names = {one.id: one.name for one in store.sources.summaries()}
    return Alike(tuple(found), names, index.in_words)


def _not_under(
    store: StudyStore, person: Person, code_id: str
) -> Callable[[ComparedPassage], bool]:
    """Whether a passage shares a letter with one that carries the code."""
    coded = _coded(store, person, code_id)
    return lambda one: any(
        one.segment.overlaps(segment) for segment in coded.get(one.source_id, ())
    )


def _coded(
    store: StudyStore, person: Person, code_id: str = ""
) -> dict[str, list[Segment]]:
    found: dict[str, list[Segment]] = {}
    for one in store.coding.segments(reader_id=person.id):
        if code_id in ("", one.code_id):
            found.setdefault(one.source_id, []).append(one.segment)
    return found


def _nothing(_passage: ComparedPassage) -> bool:
    return False
