"""Drawing transcripts by chance to be coded with or without suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from coding.trusting.drawing import drawn_with
from data.rights import Right
from data.storage.coders.blind_passes import (
    drawn_without,
    readable_codings,
    sources_drawn_without,
)
from data.storage.database import StudyDatabase, refuse
from data.storage.suggesting.draw_records import (
    DrawnSource,
    PassOverSource,
    SuggestionDraw,
)
from data.tables import (
    AssignmentRow,
    CodedSegmentRow,
    DrawnSourceRow,
    PersonRow,
    ReadThroughRow,
    SourceRow,
    SuggestionDrawRow,
    SuggestionRow,
    now,
)

_NOTHING_SAVED = "Nothing was drawn."


class DrawStorage:
    """Keeps draws; while one is under way it hides suggestions where it fell so."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def draw(
        self, actor_id: str, source_ids: Sequence[str], seed: int
    ) -> SuggestionDraw:
        """The draw as kept: half of the transcripts with suggestions, half without.

        With an odd number one more is coded with them. Raises DataRefused, with
        nothing drawn, for fewer than two transcripts, for one where somebody has coded
        or decided already (chance no longer says how that was done) and for one that
        an earlier draw still holds.
        """
        with self._database.writing(actor_id, Right.ASSIGN_CODERS) as writing:
            session = writing.session
            wanted = sorted(set(source_ids))
            if len(wanted) < 2:
                refuse(
                    "A draw needs two transcripts at least.",
                    "Transcripts to draw from",
                    f"Choose more of those that nobody has begun. {_NOTHING_SAVED}",
                )
            free = dict(_free(session))
            for one in wanted:
                if one not in free:
                    row = session.get(SourceRow, one)
                    refuse(
                        "This transcript is coded or drawn already, so chance could "
                        "not say how it is coded.",
                        row.name if row else "Transcripts to draw from",
                        f"Leave it out. {_NOTHING_SAVED}",
                    )
            draw = SuggestionDrawRow(seed=seed, drawn_by=actor_id)
            session.add(draw)
            session.flush()
            chosen = drawn_with(wanted, seed)
            session.add_all(
                DrawnSourceRow(
                    draw_id=draw.id, source_id=one, with_suggestions=one in chosen
                )
                for one in wanted
            )
            writing.record(
                "suggestions drawn",
                "suggestion draw",
                draw.id,
                sources=len(wanted),
                with_suggestions=len(chosen),
                seed=seed,
            )
            draw_id = draw.id
        return next(one for one in self.draws() if one.id == draw_id)

    def end(self, actor_id: str, draw_id: str, reason: str) -> None:
        """End a draw: suggestions are shown everywhere again, and it stays on file."""
        with self._database.writing(actor_id, Right.ASSIGN_CODERS) as writing:
            row = writing.session.get(SuggestionDrawRow, draw_id)
            if row is None or row.ended_at is not None:
                refuse("This draw has ended already.", "The draw", "Nothing was saved.")
            if not reason.strip():
                refuse(
                    "The reason is missing.",
                    "Why the draw ends",
                    "Write it in a few words. Nothing was saved.",
                )
            row.ended_by, row.ended_at = actor_id, now()
            row.reason = reason.strip()
            writing.record("draw ended", "suggestion draw", draw_id)

    def may_be_drawn(self) -> list[tuple[str, str]]:
        """Id and name of the transcripts that nobody has begun, by name.

        Survey comments are left out: each is a few words.
        """
        with self._database.reading() as session:
            return sorted(_free(session), key=lambda one: one[1])

    def draws(self) -> list[SuggestionDraw]:
        """Every draw, the newest first."""
        ender = aliased(PersonRow)
        with self._database.reading() as session:
            fell: dict[str, list[DrawnSource]] = {}
            for row, name in session.execute(
                select(DrawnSourceRow, col(SourceRow.name))
                .join(SourceRow, col(SourceRow.id) == col(DrawnSourceRow.source_id))
                .order_by(col(SourceRow.name))
            ):
                fell.setdefault(row.draw_id, []).append(
                    DrawnSource(row.source_id, name, row.with_suggestions)
                )
            rows = session.execute(
                select(SuggestionDrawRow, col(PersonRow.name), col(ender.name))
                .join(PersonRow, col(PersonRow.id) == col(SuggestionDrawRow.drawn_by))
                .join(ender, col(ender.id) == SuggestionDrawRow.ended_by, isouter=True)
                .order_by(col(SuggestionDrawRow.drawn_at).desc())
            )
            return [
                SuggestionDraw(
                    row.id,
                    row.seed,
                    by,
                    row.drawn_at,
                    tuple(fell.get(row.id, ())),
                    ended or "",
                    row.ended_at,
                    row.reason,
                )
                for row, by, ended in rows
            ]

    def is_without(self, source_id: str) -> bool:
        """Whether a draw under way has a transcript coded without suggestions."""
        with self._database.reading() as session:
            return drawn_without(session, source_id)

    def without(self) -> set[str]:
        """The sources that a draw under way has coded without suggestions."""
        with self._database.reading() as session:
            return sources_drawn_without(session)

    def passes(
        self, source_ids: Sequence[str], *, reader_id: str | None = None
    ) -> list[PassOverSource]:
        """Each coder's pass over these transcripts, as far as the reader may see."""
        with self._database.reading() as session:
            at = select(
                col(CodedSegmentRow.source_id),
                col(CodedSegmentRow.coder_id),
                col(CodedSegmentRow.coded_at),
            ).where(
                col(CodedSegmentRow.source_id).in_(list(source_ids)),
                readable_codings(session, reader_id),
            )
            times: dict[tuple[str, str], list[datetime]] = {}
            for source, coder, when in session.execute(at):
                times.setdefault((source, coder), []).append(when)
            finished = {
                (row.source_id, row.coder_id)
                for row in session.scalars(select(AssignmentRow))
                if row.finished_at is not None
            } | {
                (row.source_id, row.person_id)
                for row in session.scalars(select(ReadThroughRow))
            }
            return [
                PassOverSource(*key, key in finished, tuple(sorted(found)))
                for key, found in sorted(times.items())
            ]


def _free(session: Session) -> list[tuple[str, str]]:
    held = (
        select(col(DrawnSourceRow.source_id))
        .join(SuggestionDrawRow, col(SuggestionDrawRow.id) == DrawnSourceRow.draw_id)
        .where(col(SuggestionDrawRow.ended_at).is_(None))
    )
    decided = select(col(SuggestionRow.source_id)).where(
        col(SuggestionRow.status) != "open"
    )
    query = select(col(SourceRow.id), col(SourceRow.name)).where(
        col(SourceRow.kind) != "survey_comment",
        col(SourceRow.id).not_in(select(col(CodedSegmentRow.source_id))),
        col(SourceRow.id).not_in(decided),
        col(SourceRow.id).not_in(held),
    )
    return [(one, name) for one, name in session.execute(query)]
