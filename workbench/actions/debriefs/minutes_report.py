"""Minutes as a file: who took part, hypotheses with evidence and dissent, what next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    ReportDocument,
    ReportTable,
    Section,
)
from data.storage import StudyStore
from data.storage.debriefs.debrief_records import (
    Debrief,
    DebriefAction,
    DebriefForm,
    Discussed,
    Dissent,
)
from data.storage.evidence.evidence_records import Evidence, Stance
from workbench.actions.codebook.decisions import cite, decisions_to_cite
from workbench.actions.debriefs.hypotheses import NOBODY_LOOKED, search_in_words
from workbench.actions.debriefs.minutes import (
    action_in_words,
    carried_in_words,
    evidence_on_the_table,
    meeting_in_words,
    state_in_words,
)
from workbench.actions.evidence.evidence_words import EvidenceTeller
from workbench.actions.memos.memos import day_of

CIRCLE_PARTS = (
    ("heard", "What we heard"),
    ("means", "What it means for practice"),
    ("will_try", "What we will try"),
    ("who_tries", "Who"),
)
_NOTHING = "Nothing was written."


def minutes_document(
    store: StudyStore, debrief: Debrief, made_by: str, made_at: datetime
) -> ReportDocument:
    """The minutes as a document; evidence is told as anybody may read it.

    Evidence is numbered through the whole document, and listed by its number at the
    end, so that a reader can cite it.
    """
    maker = _Maker(store, debrief, made_at)
    sections = (
        maker.circle_sections()
        if debrief.form is DebriefForm.LEARNING_CIRCLE
        else maker.debrief_sections()
    )
    return ReportDocument(
        meeting_in_words(debrief),
        store.study.read().name,
        made_by,
        made_at,
        tuple(sections),
    )


class _Maker:
    """Makes the sections, and numbers evidence as it comes."""

    def __init__(self, store: StudyStore, debrief: Debrief, made_at: datetime) -> None:
        self._store, self._debrief = store, debrief
        self._today = made_at.date()
        self._teller = EvidenceTeller(store)
        self._references: list[str] = []

    def debrief_sections(self) -> Iterator[Section]:
        """The long form, with the references last."""
        debrief = self._debrief
        yield self._who()
        yield from self._hypotheses()
        others = debrief.dissents_on("")
        if others:
            yield Section("Further dissent", tuple(self._dissents(others)))
        decisions = decisions_to_cite(self._store, debrief.decisions)
        yield Section(
            "Decisions on the codebook",
            (Points(tuple(cite(one) for one in decisions)),)
            if decisions
            else (Paragraph("None was taken."),),
        )
        yield Section("Actions", tuple(self._actions()))
        if debrief.texts.notes:
            yield Section("Notes", (Paragraph(debrief.texts.notes),))
        yield from self._additions()
        if self._references:
            listed = tuple(
                f"[{number}] {words}"
                for number, words in enumerate(self._references, start=1)
            )
            yield Section("References", tuple(Paragraph(one) for one in listed))

    def circle_sections(self) -> Iterator[Section]:
        """The short form of a learning circle."""
        yield self._who()
        for name, heading in CIRCLE_PARTS:
            words = getattr(self._debrief.texts, name) or _NOTHING
            yield Section(heading, (Paragraph(words),))
        others = self._debrief.dissents_on("")
        if others:
            yield Section("Dissent", tuple(self._dissents(others)))
        yield from self._additions()

    def _who(self) -> Section:
        there = tuple(one.in_words for one in self._debrief.attended)
        parts: list[Part] = [Points(there) if there else Paragraph("Nobody is named.")]
        parts.append(Paragraph(f"{state_in_words(self._debrief)}.", is_note=True))
        return Section("Who took part", tuple(parts))

    def _hypotheses(self) -> Iterator[Section]:
        if not self._debrief.discussed:
            yield Section("Hypotheses", (Paragraph("None was discussed."),))
            return
        evidence = evidence_on_the_table(self._store, self._debrief, None)
        yield Section("Hypotheses", ())
        for one in self._debrief.discussed:
            parts = self._hypothesis(one, evidence[one.hypothesis_id])
            yield Section(f"{one.label}: {one.statement}", tuple(parts), level=2)

    def _hypothesis(self, one: Discussed, evidence: list[Evidence]) -> Iterator[Part]:
        stood = "It stood then as" if self._debrief.is_closed else "It stands as"
        yield Paragraph(f"{stood} {one.status.value}.", is_note=True)
        yield from self._side("Speaks for it", evidence, Stance.SUPPORTS, one)
        yield from self._side("Speaks against it", evidence, Stance.AGAINST, one)
        yield Paragraph(f"Agreed: {one.agreed or _NOTHING}")
        yield from self._dissents(self._debrief.dissents_on(one.hypothesis_id))

    def _side(
        self,
        heading: str,
        evidence: Sequence[Evidence],
        stance: Stance,
        one: Discussed,
    ) -> Iterator[Part]:
        wanted = [e for e in evidence if e.stance is stance]
        if wanted:
            yield Paragraph(f"{heading}:")
            yield Points(tuple(self._numbered(e) for e in wanted))
        elif stance is Stance.SUPPORTS:
            yield Paragraph(f"{heading}: nothing is linked.")
        else:
            yield Paragraph(f"{heading}: {self._nothing_against(one)}")

    def _nothing_against(self, one: Discussed) -> str:
        hypothesis = self._store.hypotheses.hypothesis(one.hypothesis_id)
        closed = self._debrief.closed_at
        searches = [
            search
            for search in (hypothesis.searches if hypothesis else ())
            if closed is None or search.recorded_at <= closed
        ]
        if not searches:
            return NOBODY_LOOKED
        return " ".join(search_in_words(search) for search in searches)

    def _numbered(self, one: Evidence) -> str:
        told = self._teller.tell(one)
        self._references.append(
            f"{told.reference}. {one.warning}" if one.warning else told.reference
        )
        words = f"“{told.words}”" if told.is_said else told.words or told.reference
        whose = f" {told.whose}." if told.whose else ""
        note = f" {one.note}" if one.note else ""
        return f"{words}{whose} [{len(self._references)}]{note}"

    def _dissents(self, dissents: Sequence[Dissent]) -> Iterator[Part]:
        for one in dissents:
            later = f", added on {day_of(one.written_at)}" if one.is_later else ""
            yield Paragraph(f"Dissent: {one.whose}{later}. {one.what}")
            yield Paragraph(f"Why: {one.why}")

    def _actions(self) -> Iterator[Part]:
        if self._debrief.actions:
            yield self._table("Agreed in this meeting", self._debrief.actions)
        else:
            yield Paragraph("None was agreed.")
        carried = self._debrief.carried
        if carried:
            yield ReportTable(
                "Open from earlier meetings on that day",
                ("Action", "How it stands"),
                tuple(
                    (one.what, carried_in_words(one, self._today)) for one in carried
                ),
            )

    def _table(self, caption: str, actions: Sequence[DebriefAction]) -> ReportTable:
        return ReportTable(
            caption,
            ("Action", "How it stands"),
            tuple((one.what, action_in_words(one, self._today)) for one in actions),
        )

    def _additions(self) -> Iterator[Section]:
        before = [one for one in self._debrief.notes if not one.is_later]
        later = [one for one in self._debrief.notes if one.is_later]
        if before:
            said = tuple(f"{one.written_by}: {one.text}" for one in before)
            yield Section("Notes of those who took part", (Points(said),))
        if later:
            said = tuple(
                f"{day_of(one.written_at)}, {one.written_by}: {one.text}"
                for one in later
            )
            yield Section("Added after the minutes were closed", (Points(said),))
