"""The logic model of the sample, what is linked to it and what people say of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from coding.study import Person
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence, Stance
from data.storage.memos.memo_records import Thing
from data.storage.outcomes.logic_model_records import Part, PartKind, PartWords
from data.storage.outcomes.statement_records import (
    Level,
    OutcomeRead,
    StatementWords,
)
from workbench.actions.evidence.choices import written_things
from workbench.actions.evidence.worked_out import worked_out_things
from workbench.actions.sample.sample_files import file_text


def write_outcomes(
    store: StudyStore, people: Sequence[Person], memos: Mapping[str, Thing]
) -> None:
    """Type the model of the file, link its evidence, write its statements in order."""
    frame = tomllib.loads(file_text("outcomes.toml"))
    by_name = {person.name: person for person in people}
    author = by_name[frame["statement"][0]["by"]]
    outcomes: dict[str, Part] = {}
    for one in frame["part"]:
        words = {
            name: text for name, text in one.items() if name not in ("key", "kind")
        }
        part = store.logic_model.add(
            author.id, PartWords(PartKind(one["kind"]), **words)
        )
        if "key" in one:
            outcomes[one["key"]] = part
    finder = _Finder(store, author, memos)
    for one in frame["evidence"]:
        kind, thing = finder.find(one)
        new = NewEvidence(kind, thing, Stance(one["stance"]), one.get("note", ""))
        store.evidence.link(author.id, outcomes[one["outcome"]].holder, [new])
    for one in frame["answer"]:
        read = _read(store, outcomes[one["outcome"]])
        person = by_name[one["by"]]
        for evidence in read.not_mentioned():
            store.outcomes.answer(person.id, read.part.id, evidence, one["words"])
    for one in frame["statement"]:
        part, person = outcomes[one["outcome"]], by_name[one["by"]]
        said = StatementWords(
            Level(one["level"]), one["statement"], one["limitations"], one["missing"]
        )
        store.outcomes.write(person.id, _read(store, part), said)
        if one["is_final"]:
            store.outcomes.make_final(person.id, _read(store, part))


def _read(store: StudyStore, part: Part) -> OutcomeRead:
    read = store.outcomes.read(part.id, reader_id=None)
    assert read is not None, "an outcome added a moment ago is there"
    return read


class _Finder:
    """Finds what evidence names, by the names of the sample's files."""

    def __init__(
        self, store: StudyStore, person: Person, memos: Mapping[str, Thing]
    ) -> None:
        self._store, self._person, self._memos = store, person, memos
        self._codes = {one.name: one.id for one in store.codebook.codebook().codes}

    def find(self, one: Mapping[str, Any]) -> tuple[EvidenceKind, str]:
        """The kind and id of what a piece of evidence names."""
        if "theme" in one:
            return EvidenceKind.THEME, self._codes[one["theme"]]
        if "memo" in one:
            return EvidenceKind.MEMO, self._memos[one["memo"]].id
        if "words" in one:
            return EvidenceKind.CODED_SEGMENT, self._passage(one["code"], one["words"])
        if "survey" in one:
            return EvidenceKind.SURVEY, self._answer(*one["survey"])
        if "hypothesis" in one:
            listed = self._store.hypotheses.hypotheses()
            found = next(h for h in listed if h.label == one["hypothesis"])
            return EvidenceKind.HYPOTHESIS, found.id
        if "pair" in one:
            return EvidenceKind.PAIR, self._named(EvidenceKind.PAIR, one["pair"])
        if "cell" in one:
            return EvidenceKind.CELL, self._named(EvidenceKind.CELL, *one["cell"])
        area = EvidenceKind.INDICATOR_AREA
        return area, self._named(area, *one["indicator"])

    def _passage(self, code: str, words: str) -> str:
        texts = {one.id: one.transcript.text for one in self._store.sources.read_all()}
        return next(
            one.id
            for one in self._store.coding.settled()
            if one.code_id == self._codes[code]
            and words in texts[one.source_id][one.segment.start : one.segment.end]
        )

    def _answer(self, survey: str, wave: str, words: str, answer: str) -> str:
        ids = self._store.evidence.survey_ids()
        return next(
            one
            for (of, at, _, statement, given), one in ids.items()
            if (of, at, given) == (survey, wave, answer) and words in statement
        )

    def _named(self, kind: EvidenceKind, *names: str) -> str:
        told = (
            written_things(self._store, self._person, kind)
            if kind is EvidenceKind.PAIR
            else worked_out_things(self._store, self._person, kind)
        )
        return next(
            one.thing_id for one in told if all(name in one.name for name in names)
        )
