"""What a researcher asks for by codes: kept in an address, said back, made a query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from coding.codebook import Codebook
from coding.finding.code_relations import Relation
from coding.transcripts import SourceKind
from data.found_passages import PassageFilter, PassageQuery, PassagesFound
from data.storage import StudyStore
from workbench.wording import counted

MOST_WORDS_BETWEEN = 500
NOT_KNOWN = "not known"
NO_WAVE = "no wave"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the passages are narrowed down by, as chosen; empty parts narrow nothing.

    "" stands for sources of no wave and for people of whom a fact is not known.
    """

    waves: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def with_group(self, by: str, value: str) -> Narrowing:
        """Narrowed down further to one group of a table."""
        match by:
            case "wave":
                return replace(self, waves=(value,))
            case "role":
                return replace(self, roles=(value,))
            case "locality":
                return replace(self, localities=(value,))
            case "team":
                return replace(self, teams=(value,))
        others = tuple(one for one in self.attributes if one[0] != by)
        return replace(self, attributes=(*others, (by, (value,))))

    def as_filter(self) -> PassageFilter:
        """What the store narrows down by."""
        known = {kind.value for kind in SourceKind}
        return PassageFilter(
            self.waves,
            tuple(SourceKind(one) for one in self.kinds if one in known),
            self.coders,
            self.roles,
            self.localities,
            self.teams,
            {name: values for name, values in self.attributes if values},
        )


@dataclass(frozen=True, slots=True)
class PassageAsk:
    """Which passages are asked for: ids of codes, how they stand, what narrows down."""

    first: tuple[str, ...] = ()
    relation: Relation = Relation.ALONE
    second: tuple[str, ...] = ()
    within: int = 20
    under: bool = True
    narrowed: Narrowing = field(default_factory=Narrowing)

    @property
    def is_complete(self) -> bool:
        """Whether enough is chosen to look for."""
        return bool(self.first and (self.relation is Relation.ALONE or self.second))

    def as_address(self) -> str:
        """The question as one short text; what was not chosen is left out."""
        parts = asdict(self)
        narrowed = {name: value for name, value in parts["narrowed"].items() if value}
        parts["narrowed"] = narrowed
        plain = asdict(PassageAsk())
        kept = {name: value for name, value in parts.items() if value != plain[name]}
        if not narrowed:
            kept.pop("narrowed", None)
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def ask_from(address: str) -> PassageAsk:
    """The question an address holds; what cannot be read is as if not chosen.

    >>> ask_from('{"first":["a"],"relation":"near","within":"many","second":7}')
    ... # doctest: +ELLIPSIS
    PassageAsk(first=('a',), relation=<Relation.NEAR: 'near'>, second=(), within=20, ...
    """
    try:
        parts = json.loads(address) if address else {}
    except ValueError:
        parts = {}
    parts = parts if isinstance(parts, dict) else {}
    narrowed = parts.get("narrowed")
    narrowed = narrowed if isinstance(narrowed, dict) else {}
    within = parts.get("within")
    if type(within) is not int or not 0 <= within <= MOST_WORDS_BETWEEN:
        within = 20
    relation = parts.get("relation")
    return PassageAsk(
        _texts(parts.get("first")),
        Relation(relation) if relation in list(Relation) else Relation.ALONE,
        _texts(parts.get("second")),
        within,
        parts.get("under") is not False,
        Narrowing(
            **{
                name: _texts(narrowed.get(name))
                for name in (
                    *("waves", "kinds", "coders", "roles", "localities", "teams"),
                )
            },
            attributes=_attributes(narrowed.get("attributes")),
        ),
    )


def with_those_under(codebook: Codebook, chosen: Iterable[str]) -> tuple[str, ...]:
    """The codes chosen and all that stand under them, in the codebook's order."""
    wanted = set(chosen)
    found = []
    for _, code in codebook.in_tree_order():
        if code.id in wanted or code.parent_id in wanted:
            wanted.add(code.id)
            found.append(code.id)
    # A code out of use is in no tree and may still be asked for by its address.
    return (*found, *(one for one in sorted(wanted) if one not in found))


def query_of(codebook: Codebook, ask: PassageAsk) -> PassageQuery:
    """What the store is asked."""

    def codes(chosen: tuple[str, ...]) -> tuple[str, ...]:
        return with_those_under(codebook, chosen) if ask.under else chosen

    return PassageQuery(
        codes(ask.first),
        ask.relation,
        codes(ask.second) if ask.relation is not Relation.ALONE else (),
        ask.within,
        ask.narrowed.as_filter(),
    )


def find(store: StudyStore, reader_id: str, ask: PassageAsk) -> PassagesFound:
    """The passages asked for, as far as the reader may see codings."""
    codebook = store.codebook.codebook()
    return store.finding.passages(query_of(codebook, ask), reader_id=reader_id)


# In words


def ask_in_words(store: StudyStore, ask: PassageAsk) -> str:
    """The question said back: "Passages coded Late notice that overlap Same worker"."""
    codebook = store.codebook.codebook()
    first = codes_in_words(codebook, ask.first, under=ask.under)
    second = codes_in_words(codebook, ask.second, under=ask.under)
    said = {
        Relation.ALONE: f"Passages coded {first}",
        Relation.AND: f"Words coded both {first} and {second}",
        Relation.OR: f"Passages coded {first} or {second}",
        Relation.NOT: f"Passages coded {first} that share no word with {second}",
        Relation.OVERLAPPING: f"Passages coded {first} that overlap {second}",
        Relation.NEAR: f"Passages coded {first} within "
        f"{counted(ask.within, 'word')} of {second}",
    }[ask.relation]
    return ", ".join([said, *narrowing_in_words(store, ask.narrowed)])


def narrowing_in_words(store: StudyStore, narrowed: Narrowing) -> list[str]:
    """What is narrowed down by, a phrase each."""
    people = {one.id: one.name for one in store.study.people()}
    kinds = [
        SourceKind(one).in_words.lower() for one in narrowed.kinds if one in _KINDS
    ]
    parts = [
        ("", [wave or NO_WAVE for wave in narrowed.waves]),
        ("", narrowed.roles),
        ("locality ", narrowed.localities),
        ("team ", narrowed.teams),
        *((f"{name} ", values) for name, values in narrowed.attributes),
        ("kind of source ", kinds),
        ("coded by ", [people.get(one, NOT_KNOWN) for one in narrowed.coders]),
    ]
    return [
        f"{before}{' or '.join(value or NOT_KNOWN for value in values)}"
        for before, values in parts
        if values
    ]


def found_in_words(found: PassagesFound) -> str:
    """How many passages by how many people, those of nobody told apart.

    >>> found_in_words(PassagesFound(()))
    'no passage'
    """
    if not found.passages:
        return "no passage"
    people = counted(len(found.people), "person", "people")
    said = f"{counted(len(found.passages), 'passage')} by {people}"
    if found.by_nobody:
        said += (
            f"; in {found.by_nobody:,} of them only an interviewer or someone who is "
            "not named speaks, which adds nobody"
        )
    return said


def codes_in_words(codebook: Codebook, chosen: Sequence[str], *, under: bool) -> str:
    """The codes chosen by name; said too where codes under them are counted in."""
    known = codebook.by_id()
    parents = {code.parent_id for code in codebook.codes}
    names = [
        f"{known[one].name} (with the codes under it)"
        if under and one in parents
        else known[one].name
        for one in chosen
        if one in known
    ]
    if len(names) < len(set(chosen)):
        names.append("a code that is out of use")
    return " or ".join(names)


_KINDS = {kind.value for kind in SourceKind}


def _attributes(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    pairs = value if isinstance(value, list) else []
    return tuple(
        (pair[0], _texts(pair[1]))
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)
    )


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(one for one in value if isinstance(one, str))
