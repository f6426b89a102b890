"""What can be chosen as evidence: passages, figures, pairs and what people wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coding.finding.keyword_in_context import context_lines
from coding.finding.search_words import Phrase, phrases_sought, read_search
from coding.study import Person
from data.coding_records import CodedPassage
from data.storage import StudyStore
from data.storage.coders.others_read import PassagePlace, place_of
from data.storage.evidence.evidence_records import EvidenceKind
from data.storage.memos.memo_records import MemoKind
from workbench.wording import counted

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class EvidenceChoice:
    """A thing that can be linked, in words: what it says and where it is from.

    A passage that somebody else coded has its ``place`` in its source.
    """

    kind: EvidenceKind
    thing_id: str
    name: str
    words: str = ""
    whose: str = ""
    place: PassagePlace | None = None

    @property
    def in_words(self) -> str:
        """The choice on one line, as a list of choices shows it.

        >>> EvidenceChoice(EvidenceKind.INDICATOR, "i", "2014/15 Q1", "40").in_words
        '2014/15 Q1: 40'
        """
        return f"{self.name}: {self.words}" if self.words else self.name


@dataclass(frozen=True, slots=True)
class PassagesToChoose:
    """Passages found for what was asked, people taking turns; and how they are told."""

    choices: tuple[EvidenceChoice, ...]
    people: int

    @property
    def in_words(self) -> str:
        """How many, by how many people."""
        if not self.choices:
            return "No coded passage has that. Try fewer words, or another code."
        said = counted(len(self.choices), "coded passage")
        if self.people:
            return f"{said} by {counted(self.people, 'person', 'people')}."
        return f"{said}, nobody named speaks in them."


def passages(
    store: StudyStore, person: Person, *, words: str = "", code_id: str = ""
) -> PassagesToChoose:
    """Coded passages that hold the words, under a code or a theme, or both.

    As the study counts them: what the coders of a source agreed on stands for it.
    People take turns, so that one eager talker does not fill the list. Raises
    CodingRefused for words that cannot be read as a search.
    """
    source_ids = None
    phrases: tuple[Phrase, ...] = ()
    if words.strip():
        search = read_search(words)
        phrases = phrases_sought(search)
        found = store.finding.turns(search, most=None)
        source_ids = {turn.source_id for turn in found.turns}
    code_ids = with_codes_under(store, code_id) if code_id else None
    listed = [
        one
        for one in store.coding.passages(
            reader_id=person.id,
            code_ids=code_ids,
            source_ids=source_ids,
            as_settled=True,
        )
        if not phrases or context_lines(one.quotation, phrases, 1)
    ]
    people = {one.participant.id for one in listed if one.participant}
    return PassagesToChoose(
        tuple(_passage(one, person) for one in _taking_turns(listed)), len(people)
    )


def themes_and_codes(store: StudyStore) -> dict[str, str]:
    """Every code in use by id, those under a theme set in under its name."""
    codes = store.codebook.codebook().codes
    names = {one.id: one.name for one in codes}
    themes = {one.parent_id for one in codes if one.parent_id}
    return {
        one.id: f"{one.name} (all under it)"
        if one.id in themes
        else f"{names[one.parent_id]}: {one.name}"
        if one.parent_id in names
        else one.name
        for one in codes
    }


def with_codes_under(store: StudyStore, code_id: str) -> list[str]:
    """A code and every code under it, however deep."""
    wanted = [code_id]
    # Parents stand before their children in the codebook's order.
    for one in store.codebook.codebook().codes:
        if one.parent_id in wanted and one.id not in wanted:
            wanted.append(one.id)
    return wanted


def _taking_turns(listed: Sequence[CodedPassage]) -> Iterable[CodedPassage]:
    """The passages so that each person's first comes before anybody's second."""
    had: dict[str, int] = {}
    order: list[tuple[int, int]] = []
    for at, one in enumerate(listed):
        who = one.participant.id if one.participant else f"not named {one.speaker}"
        had[who] = had.get(who, 0) + 1
        order.append((had[who], at))
    return (listed[at] for _, at in sorted(order))


def _passage(one: CodedPassage, reader: Person) -> EvidenceChoice:
    who = one.participant
    named = f"{who.pseudonym}, {who.role.lower()}" if who and who.role else ""
    place = f"{one.source_name}, turn {one.turn_number}"
    if not one.turn_number:
        place = one.source_name
    return EvidenceChoice(
        EvidenceKind.CODED_SEGMENT,
        one.coded.id,
        f"{place}, under {one.code_name}",
        one.quotation,
        named or (who.pseudonym if who else one.speaker),
        place_of(one.coded) if one.coded.coder_id != reader.id else None,
    )


def indicator_values(
    store: StudyStore,
) -> Mapping[tuple[str, str], list[EvidenceChoice]]:
    """The quarters of each indicator and area, in their order, with their values."""
    ids = store.evidence.indicator_ids()
    found: dict[tuple[str, str], list[EvidenceChoice]] = {}
    for one in store.indicators.values():
        value = "no value" if one.value is None else f"{one.value:,g} {one.unit}"
        choice = EvidenceChoice(
            EvidenceKind.INDICATOR,
            ids[(one.indicator, one.quarter, one.area)],
            one.quarter,
            value.strip(),
        )
        found.setdefault((one.indicator, one.area), []).append(choice)
    for listed in found.values():
        listed.sort(key=lambda one: one.name)
    return found


def survey_answers(
    store: StudyStore,
) -> Mapping[tuple[str, str], list[EvidenceChoice]]:
    """The answers of each wave of a survey, by statement, in the order printed."""
    ids = store.evidence.survey_ids()
    found: dict[tuple[str, str], list[EvidenceChoice]] = {}
    for one in store.toplines.toplines():
        percent = f"{one.percent:g}%, " if one.percent is not None else ""
        count = "no count" if one.count is None else f"{one.count:,}"
        choice = EvidenceChoice(
            EvidenceKind.SURVEY,
            ids[
                (
                    one.survey.value,
                    one.wave,
                    one.question,
                    one.statement,
                    one.answer,
                )
            ],
            f"{one.statement}, {one.answer}",
            f"{percent}{count} of {one.base:,}",
        )
        found.setdefault((one.survey.value, one.wave), []).append(choice)
    return found


def written_things(
    store: StudyStore, person: Person, kind: EvidenceKind
) -> list[EvidenceChoice]:
    """Pairs, cases, memos, decisions or hypotheses, as their own pages list them."""
    if kind is EvidenceKind.HYPOTHESIS:
        return [
            EvidenceChoice(kind, one.id, f"{one.label}, {one.status}", one.statement)
            for one in store.hypotheses.hypotheses()
        ]
    told = store.memo_reading.choices(
        MemoKind(kind.value), reader_id=person.id, most=MOST_LISTED
    )
    return [
        EvidenceChoice(kind, one.thing.id, one.name)
        for one in told
        if not one.is_hidden and not one.is_gone
    ]
