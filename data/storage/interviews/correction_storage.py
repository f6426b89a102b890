"""Storing corrections: the text replaced, codings found again in it, the rest kept.

Nothing is lost by a correction. The earlier text stays with its turns; a coding that
has no place in the corrected one waits for its coder with the words it stood on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from coding.coded_segments import Segment
from coding.reanchoring import Correction, Fate
from coding.transcripts import SourceKind, Speaker, Transcript, Turn, text_hash
from data.corrections import CorrectionEffect, EarlierText, UnplacedCoding
from data.problems import DataProblem, DataRefused
from data.rights import Right
from data.sources import NewSource
from data.storage.coders.blind_passes import readable_codings, readable_suggestions
from data.storage.coding_desk.changes import forget_changes
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.interviews.moved_marks import (
    move_codings,
    move_memos,
    move_suggestions,
    spoken_words_in,
)
from data.storage.interviews.replaced_text import (
    keep_earlier_text,
    labels_in,
    replace_text,
)
from data.storage.interviews.source_checks import unsound_parts
from data.storage.people_rights.withdrawn import withdrawn_sources
from data.storage.people_rights.words_aside import words_aside_in
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    EarlierTextRow,
    PersonRow,
    SourceRow,
    SpeakerRow,
    SuggestionRow,
    TurnRow,
    UnplacedCodingRow,
    now,
)

_NOTHING_SAVED = "Nothing was saved."


class CorrectionStorage:
    """Corrects a source's text after it was coded, and settles what lost its place."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def effect_of(
        self, source_id: str, corrected: Transcript, *, reader_id: str | None = None
    ) -> CorrectionEffect:
        """What this text in place of the present one would do; nothing is changed.

        Codings and suggestions are counted as far as the reader may see them: tried
        word by word, the others would tell where they stand.
        Raises DataRefused where it could not take its place.
        """
        with self._database.reading() as session:
            source = _source(session, source_id)
            _require_sound(session, source, corrected)
            laid = Correction(source.text, corrected.text)
            return _effect(session, source, corrected, laid, reader_id)

    def correct(
        self,
        actor_id: str,
        source_id: str,
        corrected: Transcript,
        reason: str,
        *,
        seen_sha256: str,
    ) -> CorrectionEffect:
        """What the correction did: text and turns replaced, codings found again.

        Name, kind and wave stay the source's own; speakers keep whom they stand for by
        their label. Raises DataRefused, with nothing changed, for a text that is empty
        or the same, without a reason, or where another correction came first.
        """
        if not reason.strip():
            refuse(
                "A correction needs a reason.",
                "Correct the transcript",
                f"Say in a few words what was wrong. {_NOTHING_SAVED}",
            )
        with self._database.writing(actor_id, Right.IMPORT_SOURCES) as writing:
            session = writing.session
            source = _source(session, source_id)
            if source.text_sha256 != seen_sha256:
                refuse(
                    "Someone else corrected this transcript meanwhile.",
                    source.name,
                    f"Open it again and look at its words. {_NOTHING_SAVED}",
                )
            _require_sound(session, source, corrected)
            laid = Correction(source.text, corrected.text)
            effect = _effect(session, source, corrected, laid, actor_id)
            number = keep_earlier_text(writing, source, actor_id, reason)
            move_codings(session, source_id, laid, corrected, number)
            move_suggestions(session, source_id, laid, corrected)
            move_memos(session, source_id, laid, corrected)
            forget_changes(session, source_id)
            replace_text(session, source, corrected)
            writing.record(
                "transcript corrected",
                "source",
                source_id,
                number=number,
                codings=effect.codings,
                not_placed=effect.not_placed,
                suggestions_withdrawn=effect.suggestions_withdrawn,
            )
        return effect

    def earlier_texts(self, source_id: str) -> list[EarlierText]:
        """The texts the source had before the present one, first one first.

        None while words of it are withdrawn: the earlier ones hold them too.
        """
        with self._database.reading() as session:
            if _is_partly_withdrawn(session, source_id):
                return []
            rows = session.exec(
                select(EarlierTextRow, PersonRow.name)
                .join(PersonRow, col(PersonRow.id) == col(EarlierTextRow.replaced_by))
                .where(col(EarlierTextRow.source_id) == source_id)
                .order_by(col(EarlierTextRow.number))
            )
            return [
                EarlierText(
                    source_id,
                    row.number,
                    sum(len(row.text[one[1] : one[2]].split()) for one in row.turns),
                    row.reason,
                    name,
                    row.replaced_at,
                )
                for row, name in rows
            ]

    def earlier_text(self, source_id: str, number: int) -> Transcript | None:
        """The source as it was read before that correction, or nothing."""
        with self._database.reading() as session:
            row = session.get(EarlierTextRow, (source_id, number))
            source = session.get(SourceRow, source_id)
            if row is None or source is None:
                return None
            if _is_partly_withdrawn(session, source_id):
                return None
            turns = tuple(Turn(*one) for one in row.turns)
            labels = dict.fromkeys(one.speaker for one in turns if one.speaker)
            return Transcript(
                source.name,
                SourceKind(source.kind),
                row.text,
                turns,
                tuple(Speaker(label) for label in labels),
            )

    def unplaced(self, coder_id: str, source_id: str = "") -> list[UnplacedCoding]:
        """This coder's codings that wait for a place, of one source or of all.

        By source and the place they had. A coder's are nobody else's business: whoever
        did not mark them cannot say where they belong.
        """
        with self._database.reading() as session:
            query = (
                select(UnplacedCodingRow, SourceRow, CodeRow.name, EarlierTextRow)
                .join(SourceRow, col(SourceRow.id) == col(UnplacedCodingRow.source_id))
                .join(CodeRow, col(CodeRow.id) == col(UnplacedCodingRow.code_id))
                .join(
                    EarlierTextRow,
                    (col(EarlierTextRow.source_id) == col(UnplacedCodingRow.source_id))
                    & (col(EarlierTextRow.number) == col(UnplacedCodingRow.number)),
                )
                .where(
                    col(UnplacedCodingRow.coder_id) == coder_id,
                    col(UnplacedCodingRow.settled_at).is_(None),
                )
                .order_by(
                    col(SourceRow.name),
                    col(UnplacedCodingRow.start),
                    col(UnplacedCodingRow.id),
                )
            )
            if source_id:
                query = query.where(col(UnplacedCodingRow.source_id) == source_id)
            return [
                _unplaced(row, source, code, earlier)
                for row, source, code, earlier in session.exec(query)
            ]

    def place(self, actor_id: str, coding_id: str, segment: Segment) -> None:
        """Put a coding that lost its place back, under its own id.

        Raises DataRefused where somebody else marked it, it is settled already, or the
        place holds no spoken words.
        """
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            session = writing.session
            row = _waiting(session, actor_id, coding_id)
            if not spoken_words_in(session, row.source_id, segment):
                refuse(
                    "There are no spoken words in this passage.",
                    "The transcript",
                    f"Select at least one word. {_NOTHING_SAVED}",
                )
            session.add(
                CodedSegmentRow(
                    id=row.id,
                    source_id=row.source_id,
                    code_id=row.code_id,
                    start=segment.start,
                    end=segment.end,
                    coder_id=row.coder_id,
                    coded_at=row.coded_at,
                    suggestion_id=row.suggestion_id,
                    layer=row.layer,
                )
            )
            _settle(writing, row, "placed")

    def let_go(self, actor_id: str, coding_id: str) -> None:
        """Say that a coding has no place in the corrected text any more; it is kept."""
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            _settle(writing, _waiting(writing.session, actor_id, coding_id), "let go")


def _source(session: Session, source_id: str) -> SourceRow:
    source = session.get(SourceRow, source_id)
    if source is None:
        refuse(
            "This source is not in the study.",
            "The transcript",
            f"Open one from the Transcripts page. {_NOTHING_SAVED}",
        )
    return source


def _is_partly_withdrawn(session: Session, source_id: str) -> bool:
    return bool(words_aside_in(session, [source_id])) or source_id in withdrawn_sources(
        session
    )


def _require_sound(session: Session, source: SourceRow, corrected: Transcript) -> None:
    if _is_partly_withdrawn(session, source.id):
        refuse(
            "Words of somebody who withdrew are set aside from this transcript.",
            source.name,
            f"Have them erased or the withdrawal taken back first. {_NOTHING_SAVED}",
        )
    # Whom a new label of a group discussion stands for is said afterwards.
    read = replace(corrected, name=source.name, kind=SourceKind.INTERVIEW)
    problems = [
        DataProblem(found, source.name, f"{do_next} {_NOTHING_SAVED}")
        for found, do_next in unsound_parts(NewSource(read))
    ]
    sha256 = text_hash(corrected.text)
    if sha256 == source.text_sha256:
        problems.append(
            DataProblem(
                "The text is the one that is there.",
                source.name,
                f"Choose the corrected file. {_NOTHING_SAVED}",
            )
        )
    twin = session.exec(
        select(SourceRow.name).where(
            col(SourceRow.text_sha256) == sha256, col(SourceRow.id) != source.id
        )
    ).first()
    if twin is not None and source.kind != SourceKind.SURVEY_COMMENT:
        problems.append(
            DataProblem(
                f"This is the text of another source, {twin!r}.",
                source.name,
                f"Choose the corrected file of this one. {_NOTHING_SAVED}",
            )
        )
    if problems:
        raise DataRefused(problems)


def _effect(
    session: Session,
    source: SourceRow,
    corrected: Transcript,
    laid: Correction,
    reader_id: str | None,
) -> CorrectionEffect:
    codings = session.exec(
        select(CodedSegmentRow.start, CodedSegmentRow.end).where(
            col(CodedSegmentRow.source_id) == source.id,
            readable_codings(session, reader_id),
        )
    ).all()
    fates = Counter(
        one.fate for one in laid.place_all(Segment(*where) for where in codings)
    )
    waiting = session.exec(
        select(SuggestionRow.start, SuggestionRow.end).where(
            col(SuggestionRow.source_id) == source.id,
            col(SuggestionRow.status) == "open",
            readable_suggestions(session, reader_id),
        )
    ).all()
    withdrawn = sum(
        one.fate is not Fate.SAME_WORDS
        for one in laid.place_all(Segment(*where) for where in waiting)
    )
    before = set(
        session.exec(
            select(SpeakerRow.label).where(col(SpeakerRow.source_id) == source.id)
        )
    )
    labels = labels_in(corrected)
    turns = session.exec(
        select(func.count())
        .select_from(TurnRow)
        .where(col(TurnRow.source_id) == source.id)
    ).one()
    return CorrectionEffect(
        fates[Fate.SAME_WORDS],
        fates[Fate.OTHER_WORDS],
        fates[Fate.MOVED],
        fates[Fate.NOT_PLACED],
        withdrawn,
        turns,
        len(corrected.turns),
        tuple(label for label in labels if label not in before),
        tuple(sorted(before - set(labels))),
    )


def _waiting(session: Session, actor_id: str, coding_id: str) -> UnplacedCodingRow:
    row = session.get(UnplacedCodingRow, coding_id)
    if row is None or row.coder_id != actor_id or row.settled_at is not None:
        refuse(
            "This passage does not wait for you to place it.",
            "The transcript",
            f"Open the transcript again. {_NOTHING_SAVED}",
        )
    return row


def _settle(writing: Writing, row: UnplacedCodingRow, how: str) -> None:
    row.settled_as, row.settled_at = how, now()
    writing.session.add(row)
    writing.session.execute(
        update(SourceRow)
        .where(col(SourceRow.id) == row.source_id)
        .values(revision=col(SourceRow.revision) + 1)
        .execution_options(synchronize_session=False)
    )
    writing.record(f"coding {how}", "coded segment", row.id, source=row.source_id)


def _unplaced(
    row: UnplacedCodingRow, source: SourceRow, code: str, earlier: EarlierTextRow
) -> UnplacedCoding:
    turns: Sequence[Turn] = [Turn(*one) for one in earlier.turns]
    turn = next((t for t in turns if t.start < row.end and t.end > row.start), None)
    # Where it would stand if everything before it had kept its share of the text.
    share = row.start / max(len(earlier.text), 1)
    return UnplacedCoding(
        row.id,
        row.source_id,
        source.name,
        row.code_id,
        code,
        row.coder_id,
        earlier.text[row.start : row.end],
        turn.speaker if turn else "",
        turn.number if turn else 0,
        Segment(row.start, row.end),
        int(share * len(source.text)),
    )
