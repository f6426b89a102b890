"""Reviewing names: what is read, what is proposed, what each decision does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NoReturn
from uuid import uuid4

from coding.language import load_names_reader
from coding.pseudonyms.choosing import offered_pseudonym, problems_with
from coding.pseudonyms.names import ListedName, NameKind, words_of
from coding.pseudonyms.proposals import Proposal, Review, SourcesRead
from coding.study import Person
from data.problems import DataProblem, DataRefused
from data.pseudonyms.key import KeyName, PseudonymKey
from data.storage import StudyStore

Progress = Callable[[float, str], None]
NOTHING_CHANGED = "Nothing was changed."
BY_HAND = "by hand"
_IN_USE = "This name was replaced in the study, and the list leads back to it."
_LETTERS_AROUND = 60


@dataclass(frozen=True)
class InContext:
    """A mention with the words around it: where, and what comes before and after."""

    source_id: str
    source: str
    start: int
    end: int
    before: str
    words: str
    after: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a review is: names, not mentions."""

    proposed: int
    confirmed: int
    by_hand: int
    turned_down: int


def read_sources(store: StudyStore, progress: Progress | None = None) -> SourcesRead:
    """The study's sources looked through for names.

    What ``progress`` raises ends it.
    """
    if progress:
        progress(0.0, "loading the language model")
    stored = {one.id: one.transcript for one in store.sources.read_all()}

    def told(done: int, of: int) -> None:
        if progress:
            progress(
                done / max(of, 1), f"{round(100 * done / max(of, 1))} per cent read"
            )

    return SourcesRead(stored, load_names_reader(), progress=told)


def is_of_now(store: StudyStore, read: SourcesRead) -> bool:
    """Whether what was read is what the study holds: nothing added, nothing changed."""
    return store.pseudonyms.text_hashes() == {
        source_id: one.sha256 for source_id, one in read.transcripts.items()
    }


def review(read: SourcesRead, key: PseudonymKey) -> Review:
    """What stands where, and what is left to decide."""
    return read.review(key.listed, key.turned_down, key.left_out)


def counts(found: Review | None, key: PseudonymKey) -> Counts:
    """How many names are proposed, confirmed, added by hand and turned down."""
    by_hand = sum(one.came_from == BY_HAND for one in key.names)
    return Counts(
        len(found.proposals) if found else 0,
        len(key.names) - by_hand,
        by_hand,
        len(key.turned_down),
    )


def offer(
    store: StudyStore,
    person: Person,
    name: ListedName,
    vocabulary: Collection[str] | None = None,
) -> str:
    """A pseudonym that fits the list and stands nowhere in the study.

    ``vocabulary`` holds the words of its sources, where they were read already.
    """
    key = store.pseudonym_key.opened(person.id)
    others = [one for one in key.listed if one.id != name.id]
    taken = store.pseudonyms.words_of_texts() if vocabulary is None else vocabulary
    real = store.pseudonyms.real_words(person.id)
    return offered_pseudonym(name, others, {*taken, *real})


def confirm(
    store: StudyStore,
    person: Person,
    name: ListedName,
    *,
    came_from: str,
) -> ListedName:
    """The name as listed, with a pseudonym offered where none was written.

    One with an id that is listed is changed. Raises DataRefused where the name is
    there already or the pseudonym cannot be used.
    """
    key = store.pseudonym_key.opened(person.id)
    wanted = replace(
        name,
        id=name.id or str(uuid4()),
        name=" ".join(name.name.split()),
        pseudonym=" ".join(name.pseudonym.split()),
        nicknames=tuple(" ".join(one.split()) for one in name.nicknames if one.strip()),
    )
    if not words_of(wanted.name):
        _refuse("No name is written.", "Write the name as it stands in the sources.")
    if any(
        words_of(one.name) == words_of(wanted.name) and one.id != wanted.id
        for one in key.listed
    ):
        _refuse("This name is on the list already.", "Change it there.")
    if not wanted.pseudonym:
        wanted = replace(wanted, pseudonym=offer(store, person, wanted))
    real = store.pseudonyms.real_words(person.id)
    others = [one for one in key.listed if one.id != wanted.id]
    found = problems_with(wanted, others, real)
    if found:
        raise DataRefused(
            DataProblem(one, "Pseudonym", f"Write another one. {NOTHING_CHANGED}")
            for one in found
        )
    known = {one.listed.id: one for one in key.names}
    before = known[wanted.id].listed if wanted.id in known else None
    if (
        before is not None
        and not set(before.pseudonym.split()) <= set(wanted.pseudonym.split())
        and _stands_in_study(key, before)
    ):
        _refuse(_IN_USE, "Put names back first, then change the pseudonym.")
    entry = KeyName(
        wanted,
        person.id,
        datetime.now(UTC).isoformat(timespec="seconds"),
        known[wanted.id].came_from if wanted.id in known else came_from,
    )
    store.pseudonym_key.change(
        person.id,
        "name changed in the key" if wanted.id in known else "name confirmed",
        lambda one: one.with_name(entry),
        can_be_undone=True,
    )
    return wanted


def confirm_proposal(
    store: StudyStore,
    person: Person,
    proposal: Proposal,
    *,
    kind: NameKind,
    pseudonym: str = "",
) -> ListedName:
    """The name as listed after a reviewer said that it identifies."""
    name = ListedName("", kind, proposal.words, pseudonym)
    how = ", ".join(str(one.value) for one in proposal.how)
    return confirm(store, person, name, came_from=how)


def same_as(
    store: StudyStore, person: Person, proposal: Proposal, listed_id: str
) -> ListedName:
    """A listed name that these words stand for as well.

    Where they hold all of it and more, they become its full name; otherwise they are
    a further word for it.
    """
    key = store.pseudonym_key.opened(person.id)
    owner = next((one for one in key.listed if one.id == listed_id), None)
    if owner is None:
        _refuse("That name is no longer on the list.", "Choose another one.")
    said, known = words_of(proposal.words), words_of(owner.name)
    if set(known) < set(said):
        longer = replace(owner, name=proposal.words, pseudonym="")
        offered = offer(store, person, longer).split()
        kept = owner.pseudonym.split()
        if owner.kind is NameKind.PERSON and len(kept) == 1 and len(offered) > 1:
            is_first = known[0] == said[0]
            kept = [kept[0], offered[-1]] if is_first else [offered[0], kept[0]]
        changed = replace(longer, pseudonym=" ".join(kept))
    else:
        changed = replace(owner, nicknames=(*owner.nicknames, proposal.words))
    return confirm(store, person, changed, came_from="")


def turn_down(store: StudyStore, person: Person, proposal: Proposal) -> None:
    """Say of a proposal that it names nobody; it is not proposed again."""
    store.pseudonym_key.change(
        person.id,
        "proposed name turned down",
        lambda key: replace(key, turned_down=(*key.turned_down, proposal.key)),
        can_be_undone=True,
    )


def take_off(store: StudyStore, person: Person, name_id: str) -> None:
    """Take a name off the list; it is proposed again where it was before.

    Raises DataRefused where names were replaced by it and nothing else leads back.
    """

    def without(key: PseudonymKey) -> PseudonymKey:
        name = next((one for one in key.listed if one.id == name_id), None)
        if name is not None and _stands_in_study(key, name):
            _refuse(_IN_USE, "Put names back first.")
        return key.without_name(name_id)

    store.pseudonym_key.change(
        person.id, "name taken off the list", without, can_be_undone=True
    )


def leave_out(
    store: StudyStore, person: Person, read: SourcesRead, places: Sequence[InContext]
) -> None:
    """Say of some mentions that nobody is meant there; the name stays listed."""
    left = tuple(
        (one.source_id, read.transcripts[one.source_id].sha256, one.start, one.end)
        for one in places
    )
    store.pseudonym_key.change(
        person.id,
        "mentions left out",
        lambda key: replace(key, left_out=(*key.left_out, *left)),
        can_be_undone=True,
        mentions=len(left),
    )


def mentions_in_context(
    read: SourcesRead, found: Review, name_id: str, most: int
) -> list[InContext]:
    """Mentions of a listed name with the words around them, as sources come."""
    return [
        _in_context(
            read,
            source_id,
            mention.start,
            mention.end,
            ", ".join(str(one.value) for one in mention.how),
        )
        for source_id, mention in found.mentions_of(name_id)[:most]
    ]


def places_in_context(
    read: SourcesRead, proposal: Proposal, most: int
) -> list[InContext]:
    """Where a proposal stands, with the words around it."""
    return [
        _in_context(read, one.source_id, one.start, one.end)
        for one in proposal.places[:most]
    ]


def _in_context(
    read: SourcesRead, source_id: str, start: int, end: int, how: str = ""
) -> InContext:
    transcript = read.transcripts[source_id]
    text = transcript.text
    before = text[max(start - _LETTERS_AROUND, 0) : start]
    after = text[end : end + _LETTERS_AROUND]
    return InContext(
        source_id,
        transcript.name,
        start,
        end,
        before[before.rfind("\n") + 1 :],
        text[start:end],
        after.split("\n")[0],
        how,
    )


def _stands_in_study(key: PseudonymKey, name: ListedName) -> bool:
    """Whether the study holds this pseudonym, and the list is what leads back."""
    words = set(name.pseudonym.casefold().split())
    return any(
        words & set(edit.before.casefold().split())
        for text in key.texts.values()
        for edit in text.edits
    )


def _refuse(found: str, do_next: str) -> NoReturn:
    raise DataRefused([DataProblem(found, "The list", f"{do_next} {NOTHING_CHANGED}")])
