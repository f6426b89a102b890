"""Reading and coding one source: what the pane shows, and keeping what it sends."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from coding.codebook import Code, Codebook
from coding.coded_segments import Segment
from coding.palette import COLOUR_NAMES, COLOURS
from coding.study import Participant, Person
from coding.withdrawing.withdrawn_words import as_shown
from data.coding_records import CodingOperation, OperationKind, StoredSuggestion
from data.problems import DataProblem, DataRefused
from data.rights import Right, may
from data.sources import StoredSource
from data.storage import StudyStore
from workbench.actions.codebook.line_patterns import LinePattern, line_patterns
from workbench.actions.interviews.pane_content import (
    PaneCode,
    PaneContent,
    PaneLost,
    PaneMemo,
    PaneSpan,
    PaneSuggestion,
    PaneTurn,
)
from workbench.actions.interviews.pane_operations import PaneOperation
from workbench.actions.interviews.undoing import (
    ReasonsShown,
    pane_changes,
    pane_suggestion,
)
from workbench.actions.rights.consenting import NOT_TO_BE_QUOTED
from workbench.wording import day_in_words

NUMBER_KEYS = "123456789"
PLACE = "place"
PEOPLE_NAMED = 4


def turns_of(
    source: StoredSource, unquoted: Collection[str] = ()
) -> tuple[PaneTurn, ...]:
    """The turns as the pane shows them; they never change, so they may be kept.

    Turns of participants who are among the ``unquoted``, by id, say so; where words
    were withdrawn, that is said in their place.
    """
    transcript = source.transcript
    marked = {
        one.label: f"{one.label} ({NOT_TO_BE_QUOTED})"
        for one in transcript.speakers
        if one.participant_id and one.participant_id in unquoted
    }
    asking = {one.label for one in transcript.speakers if one.is_interviewer}
    return tuple(
        PaneTurn(
            turn.number,
            turn.start,
            as_shown(transcript.text[turn.start : turn.end]),
            marked.get(turn.speaker, turn.speaker),
            turn.speaker in asking,
            turn.time,
        )
        for turn in transcript.turns
    )


def desk_content(
    store: StudyStore,
    person: Person,
    source: StoredSource,
    turns: Sequence[PaneTurn],
    *,
    with_suggestions: bool = True,
) -> PaneContent:
    """All the pane shows of one source, as the study now has it."""
    with store.one_state():
        content = _content(store, person, source, turns, with_suggestions)
    if not all(one.is_mine for one in content.spans):
        # Whoever has seen what others marked can no longer read this source blind.
        store.others_read.note_source(person.id, source.id)
    return content


def _content(
    store: StudyStore,
    person: Person,
    source: StoredSource,
    turns: Sequence[PaneTurn],
    with_suggestions: bool,
) -> PaneContent:
    codebook = store.codebook.codebook()
    segments = store.coding.segments(source.id, reader_id=person.id)
    coders = {one.id: one.name for one in store.study.people()}
    used = {segment.code_id for segment in segments}
    retired = store.codebook.retired().codes
    suggestions = (
        store.suggestions.open_of(source.id, reader_id=person.id)
        if with_suggestions
        else []
    )
    return PaneContent(
        source_id=source.id,
        text_hash=source.transcript.sha256,
        title=source.transcript.name,
        subtitle=describe(source, store.study.participants()),
        turns=turns,
        codes=_pane_codes(
            codebook, retired, used, store.coding.passage_counts(reader_id=person.id)
        ),
        spans=[
            PaneSpan(
                one.id,
                one.segment.start,
                one.segment.end,
                one.code_id,
                coders.get(one.coder_id, "Someone"),
                one.coder_id == person.id,
            )
            for one in segments
        ],
        suggestions=_pane_suggestions(store, person, suggestions, coders),
        memos=[
            PaneMemo(
                one.id,
                one.start,
                one.end,
                one.text,
                coders.get(one.author_id, "Someone"),
                one.author_id == person.id,
                one.about_id if one.about_kind == "coded segment" else "",
            )
            for one in store.memos.in_source(source.id, reader_id=person.id)
        ],
        lost=[
            PaneLost(one.id, one.code_id, one.code_name, one.quotation)
            for one in store.corrections.unplaced(person.id, source.id)
        ],
        changes=pane_changes(store, person, source.id),
        revision=store.sources.revision(source.id),
        may_code=may(person.role, Right.CODE_SOURCES)
        and not store.coders.why_not_coding(person.id, source.id),
        may_write_memos=may(person.role, Right.WRITE_MEMOS),
        may_correct=may(person.role, Right.IMPORT_SOURCES),
        is_blind=source.id in store.coders.reads_blind(person.id),
        # Work still waiting in the browser is sent only for who did it.
        coder=person.id,
    )


def _pane_suggestions(
    store: StudyStore,
    person: Person,
    suggestions: Sequence[StoredSuggestion],
    coders: Mapping[str, str],
) -> list[PaneSuggestion]:
    """The suggestions with all that their reasons are told with."""
    if not suggestions:
        return []
    learning = store.lessons.last()
    shown = ReasonsShown(
        coders,
        store.sources.names() if any(one.similar for one in suggestions) else {},
        frozenset(store.coders.reads_blind(person.id)),
        learning.strengths if learning else {},
    )
    return [pane_suggestion(one, shown) for one in suggestions]


def describe(source: StoredSource, participants: Sequence[Participant]) -> str:
    """The source in a line: kind, wave, day, and the people who speak."""
    by_id = {one.id: one for one in participants}
    people = list(
        dict.fromkeys(
            _named(one)
            for speaker in source.transcript.speakers
            if (one := by_id.get(speaker.participant_id)) is not None
        )
    )
    if len(people) > PEOPLE_NAMED:
        more = len(people) - PEOPLE_NAMED
        people = [*people[:PEOPLE_NAMED], f"{more} more"]
    held = day_in_words(source.held_on) if source.held_on else ""
    parts = [source.transcript.kind.in_words, source.wave, held]
    return " · ".join(filter(None, [*parts, ", ".join(people)]))


def _named(one: Participant) -> str:
    more = [one.role, "" if one.may_be_quoted else NOT_TO_BE_QUOTED]
    told = ", ".join(filter(None, more))
    return f"{one.pseudonym} ({told})" if told else one.pseudonym


def apply_operations(
    store: StudyStore,
    person: Person,
    source_id: str,
    operations: Sequence[PaneOperation],
) -> None:
    """Keep what the pane sent; everything accepted is stored when this returns.

    Raises DataRefused, with a problem for each, where some were not accepted: the
    others are stored all the same.
    """
    to_place = [one for one in operations if one.kind == PLACE]
    others = [_operation(one) for one in operations if one.kind != PLACE]
    _place_lost(store, person, source_id, to_place)
    outcomes = store.coding.apply(person.id, source_id, others) if others else []
    refused = [
        DataProblem(one.found, "The transcript", one.do_next)
        for one in outcomes
        if one.is_refused
    ]
    if refused:
        raise DataRefused(refused)


def _place_lost(
    store: StudyStore,
    person: Person,
    source_id: str,
    operations: Sequence[PaneOperation],
) -> None:
    """Put codings that lost their place on the words chosen; sent again, nothing."""
    if not operations:
        return
    segments = store.coding.segments(source_id, reader_id=person.id)
    placed = {one.id for one in segments}
    for one in operations:
        lost_id = str(one.fields["lost_id"])
        if lost_id not in placed:
            where = Segment(int(one.fields["start"]), int(one.fields["end"]))
            store.corrections.place(person.id, lost_id, where)


def _operation(sent: PaneOperation) -> CodingOperation:
    fields = sent.fields
    return CodingOperation(
        sent.client,
        sent.sequence,
        OperationKind(sent.kind),
        segment_id=str(fields.get("segment_id", "")),
        suggestion_id=str(fields.get("suggestion_id", "")),
        code_id=str(fields.get("code_id", "")),
        code_name=str(fields.get("name", "")),
        start=int(fields.get("start", 0)),
        end=int(fields.get("end", 0)),
        change_id=str(fields.get("change_id", "")),
        memo_id=str(fields.get("memo_id", "")),
        text=str(fields.get("text", "")),
        reason=str(fields.get("reason", "")),
    )


def _pane_codes(
    codebook: Codebook,
    retired: Sequence[Code],
    used: Collection[str],
    counts: Mapping[str, int],
) -> list[PaneCode]:
    headings = codebook.heading_ids
    keys = iter(NUMBER_KEYS)
    in_tree = codebook.in_tree_order()
    lines = line_patterns(codebook, retired)
    return [
        _pane_code(
            code,
            code.name,
            counts.get(code.id, 0),
            depth,
            # Keys follow the codebook, not use: a key that moves is pressed wrongly.
            "" if code.id in headings else next(keys, ""),
            lines[code.id],
        )
        for depth, code in in_tree
    ] + [
        _pane_code(
            code,
            f"{code.name} (retired)",
            counts.get(code.id, 0),
            0,
            "",
            lines[code.id],
        )
        for code in retired
        if code.id in used
    ]


def _pane_code(
    code: Code, name: str, count: int, depth: int, key: str, line: LinePattern
) -> PaneCode:
    colour = COLOURS.get(code.colour) or COLOURS[COLOUR_NAMES[0]]
    return PaneCode(
        code.id,
        name,
        colour.ink_light,
        colour.tint_light,
        colour.ink_dark,
        colour.tint_dark,
        count,
        key,
        depth,
        line,
    )
