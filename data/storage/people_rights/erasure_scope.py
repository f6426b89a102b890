"""What belongs to a participant, a source or a case: rows, words, names.

Sources in which nobody else is heard go as a whole. In those with others the words are
blanked, and what others marked and wrote stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from coding.coded_segments import Segment
from coding.withdrawing.withdrawn_words import TakenBack, is_within
from data.people_rights.withdrawal import About, Kind
from data.storage.people_rights.what_goes import Goes
from data.storage.people_rights.words_aside import places_of, sources_alone_and_shared
from data.tables import (
    CaseEventRow,
    CaseFactRow,
    CaseNoteRow,
    ChosenQuotationRow,
    CodedSegmentRow,
    CodingChangeRow,
    EarlierTextRow,
    MemoRow,
    SourceRow,
    SpeakerRow,
    SuggestionRow,
    TurnRow,
    UnplacedCodingRow,
    WithdrawalRow,
    WithdrawnWordsRow,
)


@dataclass
class SharedSource:
    """A source with others in it: where this participant's words and labels stand.

    ``earlier`` holds the same for each earlier text, by its number.
    """

    id: str
    labels: frozenset[str]
    places: list[Segment]
    turns: list[int]
    earlier: dict[int, list[Segment]] = field(default_factory=dict)


@dataclass
class Scope:
    """All that is erased: rows that go, sources that are blanked, words and names."""

    about: About
    goes: Goes
    whole_sources: list[str] = field(default_factory=list)
    shared: list[SharedSource] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    overlapping: list[tuple[str, CodedSegmentRow]] = field(default_factory=list)

    @property
    def source_ids(self) -> list[str]:
        """The sources it is in: those that go whole, then those with others in them."""
        return [*self.whole_sources, *(one.id for one in self.shared)]

    def taken_back(self) -> TakenBack:
        """What was said and the names, to be looked for elsewhere."""
        return TakenBack(self.said, self.names)


def scope_of(session: Session, about: About) -> Scope:
    """What erasing a participant, a source or a case takes in; nothing is changed."""
    scope = Scope(about, Goes(session), names={about.label})
    if about.kind is Kind.CASE:
        _add_case(session, scope)
    elif about.kind is Kind.SOURCE:
        _add_whole_sources(session, scope, [about.id])
    else:
        alone, shared = sources_alone_and_shared(session, about.id)
        _add_whole_sources(session, scope, alone)
        for source_id in shared:
            _add_shared_source(session, scope, source_id)
        scope.goes.add("participant", [(about.id,)])
    return scope


def label_places(
    text: str, start: int, before: int, labels: frozenset[str]
) -> Segment | None:
    """Where a turn's label stands in the text between the turn before and its words."""
    gap = text[before:start]
    for label in labels:
        at = gap.rfind(label)
        if label and at >= 0:
            return Segment(before + at, before + at + len(label))
    return None


def _add_case(session: Session, scope: Scope) -> None:
    case_id = scope.about.id
    for column, of in (
        (CaseNoteRow.text, CaseNoteRow.case_id),
        (CaseEventRow.detail, CaseEventRow.case_id),
        (CaseFactRow.value, CaseFactRow.case_id),
    ):
        scope.said += session.scalars(select(col(column)).where(col(of) == case_id))
    scope.goes.add("case_file", [(case_id,)])


def _add_whole_sources(
    session: Session, scope: Scope, source_ids: Sequence[str]
) -> None:
    for source_id in source_ids:
        source = session.get_one(SourceRow, source_id)
        scope.whole_sources.append(source_id)
        scope.names |= {source.name, source.file_name} - {""}
        scope.said.append(source.text)
        scope.said += session.scalars(
            select(col(EarlierTextRow.text)).where(
                col(EarlierTextRow.source_id) == source_id
            )
        )
        scope.said += session.scalars(
            select(col(WithdrawnWordsRow.words)).where(
                col(WithdrawnWordsRow.source_id) == source_id
            )
        )
        scope.goes.add("source", [(source_id,)])


def _add_shared_source(session: Session, scope: Scope, source_id: str) -> None:
    participant_id = scope.about.id
    speakers = session.execute(
        select(col(SpeakerRow.id), col(SpeakerRow.label)).where(
            col(SpeakerRow.source_id) == source_id,
            col(SpeakerRow.participant_id) == participant_id,
        )
    ).all()
    labels = frozenset(label for _, label in speakers)
    places = places_of(session, source_id, participant_id)
    turns = session.scalars(
        select(col(TurnRow.number)).where(
            col(TurnRow.source_id) == source_id, col(TurnRow.speaker).in_(labels)
        )
    )
    shared = SharedSource(source_id, labels, places, list(turns))
    scope.shared.append(shared)
    text = session.get_one(SourceRow, source_id).text
    scope.said += [place.quotation(text) for place in places]
    scope.said += session.scalars(
        select(col(WithdrawnWordsRow.words))
        .join(
            WithdrawalRow, col(WithdrawalRow.id) == col(WithdrawnWordsRow.withdrawal_id)
        )
        .where(
            col(WithdrawnWordsRow.source_id) == source_id,
            col(WithdrawalRow.about_id) == participant_id,
        )
    )
    for row in session.scalars(
        select(EarlierTextRow).where(col(EarlierTextRow.source_id) == source_id)
    ):
        shared.earlier[row.number] = [
            Segment(start, end)
            for _, start, end, speaker, _ in row.turns
            if speaker in labels and start < end
        ]
        scope.said += [one.quotation(row.text) for one in shared.earlier[row.number]]
    scope.goes.add("speaker", [(one,) for one, _ in speakers])
    _add_marks(session, scope, shared)


def _add_marks(session: Session, scope: Scope, shared: SharedSource) -> None:
    goes, places = scope.goes, shared.places
    for row in session.scalars(
        select(CodedSegmentRow).where(col(CodedSegmentRow.source_id) == shared.id)
    ):
        at = Segment(row.start, row.end)
        if is_within(at, places):
            goes.add("coded_segment", [(row.id,)])
        elif any(at.overlaps(one) for one in places):
            scope.overlapping.append((shared.id, row))
    for suggestion in session.scalars(
        select(SuggestionRow).where(col(SuggestionRow.source_id) == shared.id)
    ):
        at = Segment(suggestion.start, suggestion.end)
        if any(at.overlaps(one) for one in places):
            goes.add("suggestion", [(suggestion.id,)])
    for memo in session.scalars(
        select(MemoRow).where(
            col(MemoRow.source_id) == shared.id, col(MemoRow.start).is_not(None)
        )
    ):
        at = Segment(memo.start or 0, memo.end or 1)
        if is_within(at, places):
            goes.add("memo", [(memo.id,)])
    for waiting in session.scalars(
        select(UnplacedCodingRow).where(col(UnplacedCodingRow.source_id) == shared.id)
    ):
        at = Segment(waiting.start, waiting.end)
        if is_within(at, shared.earlier.get(waiting.number, [])):
            goes.add("unplaced_coding", [(waiting.id,)])
    _let_choices_go(session, scope, shared)
    changes = session.scalars(
        select(col(CodingChangeRow.id)).where(
            col(CodingChangeRow.source_id) == shared.id
        )
    )
    goes.add("coding_change", [(one,) for one in changes])


def _let_choices_go(session: Session, scope: Scope, shared: SharedSource) -> None:
    """Have it told that words somebody chose are erased, and no longer which."""
    for row in session.scalars(
        select(ChosenQuotationRow).where(col(ChosenQuotationRow.source_id) == shared.id)
    ):
        if any(Segment(row.start, row.end).overlaps(one) for one in shared.places):
            scope.goes.let_go["chosen_quotation", "source_id"].add((row.id,))
