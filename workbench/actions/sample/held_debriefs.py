"""The debriefs of the sample: hypotheses put up and challenged, a learning circle."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from coding.coded_segments import CodedSegment
from coding.study import Person
from data.storage import StudyStore
from data.storage.debriefs.debrief_records import (
    Attender,
    Debrief,
    DebriefForm,
    Meeting,
    NewAction,
    Texts,
)
from data.storage.debriefs.hypothesis_records import HypothesisStatus, NewStep
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence, Stance
from data.storage.memos.memo_records import Thing
from workbench.actions.debriefs.hypotheses import holder_of
from workbench.actions.sample.sample_files import file_text

_TEXTS = ("notes", "heard", "means", "will_try", "who_tries")


def hold_debriefs(
    store: StudyStore, people: Sequence[Person], memos: Mapping[str, Thing]
) -> None:
    """Hold the meetings of the file in its order; ``memos`` by their names there."""
    holder = _Holder(store, people, memos)
    for one in tomllib.loads(file_text("debriefs.toml"))["meeting"]:
        holder.hold(one)


class _Holder:
    """Holds meetings, knowing people, codings and hypotheses by the file's names."""

    def __init__(
        self, store: StudyStore, people: Sequence[Person], memos: Mapping[str, Thing]
    ) -> None:
        self._store, self._memos = store, memos
        self._ids = {one.name: one.id for one in people}
        self._waves = {one.name: one.id for one in store.study.waves()}
        self._codes = {one.name: one.id for one in store.codebook.codebook().codes}
        self._sources = {one.file_name: one.id for one in store.sources.summaries()}
        self._coded = store.coding.settled()
        self._hypotheses: dict[str, str] = {}

    def hold(self, one: Mapping[str, Any]) -> None:
        """One meeting from its beginning until its minutes are closed."""
        keeper = self._ids[one["kept_by"]]
        debrief_id = self._store.debriefs.begin(
            keeper,
            Meeting(
                DebriefForm(one["form"]),
                one["held_on"],
                tuple(self._waves[name] for name in one["waves"]),
                tuple(self._ids[name] for name in one["people"]),
                tuple(Attender(name, role) for name, role in one["guests"]),
            ),
        )
        for listed in one.get("hypothesis", ()):
            self._discuss(debrief_id, keeper, listed)
        for dissent in one.get("dissent", ()):
            self._store.debriefs.contributions.dissent(
                self._ids[dissent["person"]],
                debrief_id,
                dissent["what"],
                dissent["why"].strip(),
                hypothesis_id=self._hypotheses[dissent["on"]],
            )
        for decision in one.get("decision", ()):
            self._store.debriefs.decide(
                self._ids[decision["by"]],
                debrief_id,
                decision["words"],
                decision["reason"],
                [self._codes[name] for name in decision["codes"]],
            )
        self._agree_actions(debrief_id, keeper, one.get("action", ()))
        texts = Texts(**{name: one.get(name, "").strip() for name in _TEXTS})
        self._store.debriefs.write(keeper, self._read(debrief_id), texts)
        if one["is_closed"]:
            self._store.debriefs.close(keeper, self._read(debrief_id))

    def _read(self, debrief_id: str) -> Debrief:
        debrief = self._store.debriefs.debrief(debrief_id)
        assert debrief is not None, "a debrief begun a moment ago is there"
        return debrief

    def _discuss(self, debrief_id: str, keeper: str, one: Mapping[str, Any]) -> None:
        store = self._store
        if "statement" in one:
            new = store.hypotheses.put_up(
                self._ids[one["by"]],
                one["statement"],
                one["reason"],
                debrief_id=debrief_id,
            )
            self._hypotheses[one["name"]] = new.id
        hypothesis_id = self._hypotheses[one["name"]]
        store.debriefs.discuss(keeper, debrief_id, hypothesis_id)
        store.evidence.link(
            keeper,
            holder_of(hypothesis_id),
            [self._evidence(listed) for listed in one.get("evidence", ())],
        )
        for search in one.get("search", ()):
            store.hypotheses.record_search(
                self._ids[search["by"]],
                hypothesis_id,
                search["where"],
                search["looked_on"],
            )
        for step in one.get("step", ()):
            hypothesis = store.hypotheses.hypothesis(hypothesis_id)
            assert hypothesis is not None, "a hypothesis put up is there"
            new_step = NewStep(
                HypothesisStatus(step["status"]),
                step["why"].strip(),
                step.get("statement", ""),
                debrief_id,
            )
            store.hypotheses.step(self._ids[step["by"]], hypothesis, new_step)
        on_table = next(
            discussed
            for discussed in self._read(debrief_id).discussed
            if discussed.hypothesis_id == hypothesis_id
        )
        store.debriefs.agree(keeper, on_table, one["agreed"].strip())

    def _evidence(self, one: Mapping[str, Any]) -> NewEvidence:
        stance = Stance(one["stance"])
        if "memo" in one:
            memo = self._memos[one["memo"]]
            return NewEvidence(EvidenceKind.MEMO, memo.id, stance, one["note"])
        segment = self._segment(one)
        return NewEvidence(EvidenceKind.CODED_SEGMENT, segment.id, stance, one["note"])

    def _segment(self, one: Mapping[str, Any]) -> CodedSegment:
        source_id = self._sources[one["source"]]
        source = self._store.sources.read(source_id)
        assert source is not None, "a source of the sample was listed a moment ago"
        return next(
            segment
            for segment in self._coded
            if segment.source_id == source_id
            and segment.code_id == self._codes[one["code"]]
            and segment.coder_id == self._ids[one["coder"]]
            and source.transcript.text.startswith(one["begins"], segment.segment.start)
        )

    def _agree_actions(
        self, debrief_id: str, keeper: str, actions: Sequence[Mapping[str, Any]]
    ) -> None:
        for one in actions:
            self._store.debriefs.actions.add(
                keeper,
                debrief_id,
                NewAction(one["what"], self._ids[one["owner"]], due_on=one["due_on"]),
            )
            if "done_on" in one:
                made = self._read(debrief_id).actions
                action = next(a for a in made if a.what == one["what"])
                self._store.debriefs.actions.mark_done(
                    action.owner_id, action, one["done_on"]
                )
