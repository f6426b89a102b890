"""Writing and finding memos: what they are about, where that is, who wrote them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coding.coded_segments import Memo
from coding.study import Person
from data.storage import StudyStore
from data.storage.memos.memo_records import MemoKind, NewMemo, Thing, ToldThing
from workbench.wording import day_in_words

PER_PAGE = 15
MOST_CHOICES = 3000

IN_WORDS: Mapping[str, str] = {
    MemoKind.STUDY: "The study",
    MemoKind.SOURCE: "Source",
    MemoKind.PASSAGE: "Passage",
    MemoKind.CODED_SEGMENT: "Coded passage",
    MemoKind.CODE: "Code",
    MemoKind.THEME: "Theme",
    MemoKind.PARTICIPANT: "Participant",
    MemoKind.CASE: "Case",
    MemoKind.PAIR: "Pair",
    MemoKind.DECISION: "Decision",
    MemoKind.MEMO: "Memo",
}
# Words of a source are chosen where they are read.
CHOSEN_HERE = tuple(
    kind.value
    for kind in MemoKind
    if kind not in (MemoKind.PASSAGE, MemoKind.CODED_SEGMENT)
)
_LINKED = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a thing: its page, what stands in the address, words for the link."""

    page: str
    address: Mapping[str, str]
    words: str


def kind_in_words(kind: str) -> str:
    """A kind of thing as pages name it."""
    return IN_WORDS.get(kind, kind.capitalize())


def thing_in_words(told: ToldThing) -> str:
    """What a memo is about, in words; what is gone or hidden says so.

    >>> thing_in_words(ToldThing(Thing("code", "c"), "Holding risk"))
    'Code: Holding risk'
    >>> thing_in_words(ToldThing(Thing("code", "c")))
    'Code that is no longer in the study'
    """
    kind = kind_in_words(told.thing.kind)
    if told.is_hidden:
        return f"{kind} that you cannot read yet"
    if told.is_gone:
        return f"{kind} that is no longer in the study"
    if told.thing.kind in (MemoKind.CASE, MemoKind.STUDY):
        return told.name
    return f"{kind}: {told.name}"


def way_to(told: ToldThing) -> Way | None:
    """The way to a thing's place, or nothing where it has no page of its own."""
    if not told.name or not told.place_id:
        return None
    page, address = {
        MemoKind.SOURCE: ("code", {"source": told.source_id}),
        MemoKind.PASSAGE: _in_source(told),
        MemoKind.CODED_SEGMENT: _in_source(told),
        MemoKind.CODE: ("codebook", {"code": told.place_id}),
        MemoKind.THEME: ("theme", {"theme": told.place_id}),
        MemoKind.CASE: ("judge", {"case": told.place_id}),
        MemoKind.PAIR: ("judge", {"case": told.place_id}),
        MemoKind.DECISION: ("codebook", {"part": "decisions"}),
        MemoKind.MEMO: ("memos", {"memo": told.place_id}),
    }.get(MemoKind(told.thing.kind), ("", {}))
    return Way(page, address, thing_in_words(told)) if page else None


def _in_source(told: ToldThing) -> tuple[str, dict[str, str]]:
    return "code", {"source": told.source_id, "at": str(told.start)}


def day_of(moment: datetime) -> str:
    """The day of a moment where the reader is, as people write it."""
    return day_in_words(moment.astimezone().date().isoformat())


def written_in_words(memo: Memo, author: str) -> str:
    """Who wrote a memo and when, and when its author last changed it."""
    changed = f", changed on {day_of(memo.changed_at)}" if memo.changed_at else ""
    return f"{author}, {day_of(memo.written_at)}{changed}"


def link_choices(store: StudyStore, person: Person) -> dict[Thing, str]:
    """Everything a memo can lead to, in words; of each kind the first thousands."""
    found = {}
    for kind in CHOSEN_HERE:
        if kind == MemoKind.STUDY:
            continue
        for told in store.memo_reading.choices(
            kind, reader_id=person.id, most=MOST_CHOICES
        ):
            found[told.thing] = thing_in_words(told)
    # A theme is among the codes already.
    return {one: words for one, words in found.items() if one.kind != MemoKind.THEME}


def save_memo(
    store: StudyStore, person: Person, about: Thing, memo: Memo | None, new: NewMemo
) -> tuple[Memo, list[str]]:
    """The memo as saved, new or changed, and names in ``[[...]]`` that nothing has.

    Names of codes, transcripts, participants, memos and references of cases lead there.
    """
    named, unknown = _named_in(store, person, new.text)
    new = NewMemo(new.text, new.title, (*new.links, *named))
    if memo is None:
        return store.memos.add(person.id, about, new), unknown
    return store.memos.change(person.id, memo, new), unknown


def _named_in(
    store: StudyStore, person: Person, text: str
) -> tuple[list[Thing], list[str]]:
    names = [name.strip() for name in _LINKED.findall(text)]
    if not names:
        return [], []
    known: dict[str, Thing] = {}
    for thing, words in link_choices(store, person).items():
        known.setdefault(_name_alone(thing, words), thing)
    found = [known[name.casefold()] for name in names if name.casefold() in known]
    return found, [name for name in names if name.casefold() not in known]


def _name_alone(thing: Thing, words: str) -> str:
    if thing.kind == MemoKind.CASE:
        return words.rsplit(" ", 1)[-1].casefold()
    name = words.split(": ", 1)[-1]
    if thing.kind == MemoKind.PARTICIPANT:
        name = name.split(" (", 1)[0]
    return name.casefold()
