"""Storing strands, and which source belongs to which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlmodel import col

from data.rights import Right
from data.storage.database import StudyDatabase
from data.storage.numbering import next_number
from data.storage.study_design.design_checks import (
    earlier_words,
    keep_words,
    name_problems,
    no_longer_there,
    refuse_if,
    text_problems,
)
from data.storage.study_design.design_records import EarlierDesignWords, Strand
from data.tables import SourceRow, SourceStrandRow, StrandRow


class StrandStorage:
    """Saves strands and puts sources into them."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def all(self) -> list[Strand]:
        """Every strand in its order; those taken out are left out."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(StrandRow)
                .where(col(StrandRow.is_removed).is_(False))
                .order_by(col(StrandRow.position), col(StrandRow.name))
            )
            return [_strand(row) for row in rows]

    def add(self, actor_id: str, name: str, purpose: str = "") -> Strand:
        """The strand as kept, last in the order."""
        with self._database.writing(actor_id, Right.DESIGN_STUDY) as writing:
            session = writing.session
            refuse_if(
                [
                    *name_problems(session, StrandRow, name, "Strand"),
                    *text_problems((purpose, "What it is for")),
                ]
            )
            row = StrandRow(
                name=" ".join(name.split()),
                purpose=purpose.strip(),
                position=next_number(session, col(StrandRow.position)),
            )
            session.add(row)
            session.flush()
            writing.record("strand added", "strand", row.id)
            return _strand(row)

    def change(self, actor_id: str, strand: Strand, name: str, purpose: str) -> Strand:
        """The strand in its new words; those it had are kept."""
        with self._database.writing(actor_id, Right.DESIGN_STUDY) as writing:
            session = writing.session
            row = session.get(StrandRow, strand.id)
            if row is None:
                refuse_if([no_longer_there("Strand")])
            assert row is not None
            refuse_if(
                [
                    *name_problems(session, StrandRow, name, "Strand", row.id),
                    *text_problems((purpose, "What it is for")),
                ]
            )
            new = {"name": " ".join(name.split()), "purpose": purpose.strip()}
            keep_words(writing, row, new)
            writing.change(row, strand.version, **new)
            writing.record("strand changed", "strand", row.id)
            return _strand(row)

    def set_removed(self, actor_id: str, strand_id: str, *, is_removed: bool) -> None:
        """Take a strand out of the list, or bring it back; nothing of it is lost."""
        with self._database.writing(actor_id, Right.DESIGN_STUDY) as writing:
            row = writing.session.get(StrandRow, strand_id)
            if row is None:
                refuse_if([no_longer_there("Strand")])
            assert row is not None
            if not is_removed:
                refuse_if(
                    name_problems(
                        writing.session, StrandRow, row.name, "Strand", row.id
                    )
                )
            writing.change(row, row.version, is_removed=is_removed)
            said = "strand taken out" if is_removed else "strand brought back"
            writing.record(said, "strand", row.id)

    def put_sources(self, actor_id: str, belongs: Mapping[str, str]) -> dict[str, str]:
        """Say for sources, by id, which strand each belongs to, '' for none.

        Gives back where each belonged before, which taken as it is undoes the change.
        """
        with self._database.writing(actor_id, Right.DESIGN_STUDY) as writing:
            session = writing.session
            known = set(session.scalars(select(col(SourceRow.id))))
            strands = set(
                session.scalars(
                    select(col(StrandRow.id)).where(
                        col(StrandRow.is_removed).is_(False)
                    )
                )
            )
            if not set(belongs) <= known or not set(belongs.values()) <= {"", *strands}:
                refuse_if([no_longer_there("Source or strand")])
            rows = {
                row.source_id: row for row in session.scalars(select(SourceStrandRow))
            }
            before = {
                one: rows[one].strand_id if one in rows else "" for one in belongs
            }
            for at in _portions(list(belongs)):
                session.execute(
                    delete(SourceStrandRow).where(
                        col(SourceStrandRow.source_id).in_(at)
                    )
                )
            session.expire_all()
            session.add_all(
                SourceStrandRow(source_id=source, strand_id=strand)
                for source, strand in belongs.items()
                if strand
            )
            writing.record("sources put into strands", "strand", count=len(belongs))
            return before

    def earlier_words(self, strand_id: str) -> list[EarlierDesignWords]:
        """What a strand was called and for before, the newest first."""
        with self._database.reading() as session:
            return earlier_words(session, strand_id)


def _portions(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[at : at + 500] for at in range(0, len(ids), 500)]


def _strand(row: StrandRow) -> Strand:
    return Strand(row.id, row.name, row.purpose, row.version)
