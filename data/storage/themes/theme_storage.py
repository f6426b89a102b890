"""Storing what people say does not fit a theme, and reading what is said under them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from coding.theme_summaries.said import SaidInStudy
from data.rights import Right
from data.storage.coders.blind_passes import settled_codings
from data.storage.database import StudyDatabase, names_of_people, refuse
from data.storage.people_rights.withdrawn import withdrawn_sources
from data.storage.themes.chosen_storage import read_chosen, replace_chosen
from data.storage.themes.said_reading import read_said
from data.storage.themes.theme_records import (
    ChosenPlace,
    ContrarySearch,
    Place,
    PlaceWords,
)
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    ContrarySearchRow,
    FrameworkCellRow,
    OppositeCodeRow,
    SourceRow,
    TurnRow,
)

LONGEST_WHERE = 2_000
_NOTHING_SAVED = "Nothing was saved."


class ThemeStorage:
    """Reads what is said under themes; keeps opposites and searches for them."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def said(self) -> SaidInStudy:
        """What the study says is coded and who speaks where, as anybody may read it."""
        with self._database.reading() as session:
            return read_said(session)

    def words_of(
        self, places: Sequence[Place], code_ids: Collection[str] = ()
    ) -> list[PlaceWords]:
        """The words of places in their order, with the settled codings of these codes.

        A place whose source is gone or withdrawn by now is left out.
        """
        with self._database.reading() as session:
            found = [_words_of(session, place, code_ids) for place in places]
        return [one for one in found if one is not None]

    def opposites(self) -> dict[str, tuple[str, ...]]:
        """The codes marked as saying the opposite, by the theme's or code's id."""
        query = select(
            col(OppositeCodeRow.code_id), col(OppositeCodeRow.opposite_id)
        ).order_by(col(OppositeCodeRow.marked_at), col(OppositeCodeRow.opposite_id))
        found: dict[str, tuple[str, ...]] = {}
        with self._database.reading() as session:
            for code, opposite in session.execute(query):
                found[code] = (*found.get(code, ()), opposite)
        return found

    def mark_opposites(
        self, actor_id: str, code_id: str, opposites: Sequence[str]
    ) -> None:
        """Have these codes, and no others, stand as saying the opposite of a theme.

        Raises DataRefused for a code that is not in the study, or the theme itself.
        """
        wanted = set(opposites)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            _require_code(session, code_id)
            for one in wanted:
                _require_code(session, one)
            if code_id in wanted:
                refuse(
                    "A theme cannot be its own opposite.",
                    "Codes that say the opposite",
                    f"Choose another code. {_NOTHING_SAVED}",
                )
            standing = set(
                session.scalars(
                    select(col(OppositeCodeRow.opposite_id)).where(
                        col(OppositeCodeRow.code_id) == code_id
                    )
                )
            )
            session.execute(
                delete(OppositeCodeRow).where(
                    col(OppositeCodeRow.code_id) == code_id,
                    col(OppositeCodeRow.opposite_id).in_(standing - wanted),
                )
            )
            for one in sorted(wanted - standing):
                session.add(
                    OppositeCodeRow(
                        code_id=code_id, opposite_id=one, marked_by=actor_id
                    )
                )
            writing.record("opposites marked", "theme", code_id, count=len(wanted))

    def record_search(self, actor_id: str, code_id: str, where: str) -> str:
        """The id of a search for contrary cases, by whoever acts, as of now.

        Raises DataRefused where it does not say where, or says too much.
        """
        where = where.strip()
        if not where or len(where) > LONGEST_WHERE:
            refuse(
                "It does not say where you looked."
                if not where
                else f"It is longer than {LONGEST_WHERE:,} characters.",
                "Where you looked",
                f"Write in a sentence what you read. {_NOTHING_SAVED}",
            )
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            _require_code(writing.session, code_id)
            row = ContrarySearchRow(
                code_id=code_id, where_looked=where, looked_by=actor_id
            )
            writing.session.add(row)
            writing.session.flush()
            writing.record("contrary cases looked for", "theme", code_id)
            return row.id

    def take_back_search(self, actor_id: str, search_id: str) -> None:
        """Take a search off the list: Undo, for whoever recorded it.

        One that is gone already is fine.
        """
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = writing.session.get(ContrarySearchRow, search_id)
            about = row.code_id if row else ""
            if row is not None and row.looked_by != actor_id:
                refuse(
                    "Somebody else recorded this search.",
                    "Contrary cases",
                    f"Ask them to take it back. {_NOTHING_SAVED}",
                )
            if row is not None:
                writing.session.delete(row)
            writing.record("search taken back", "theme", about)

    def searches(self) -> dict[str, tuple[ContrarySearch, ...]]:
        """The searches for contrary cases, oldest first, by the theme's id."""
        query = select(ContrarySearchRow).order_by(
            col(ContrarySearchRow.looked_at), col(ContrarySearchRow.id)
        )
        found: dict[str, tuple[ContrarySearch, ...]] = {}
        with self._database.reading() as session:
            people = names_of_people(session)
            for row in session.scalars(query):
                one = ContrarySearch(
                    row.where_looked, people.get(row.looked_by, ""), row.looked_at
                )
                found[row.code_id] = (*found.get(row.code_id, ()), one)
        return found

    def chosen(self, code_id: str) -> tuple[ChosenPlace, ...]:
        """The words people chose to show a theme's range, as they now stand."""
        with self._database.reading() as session:
            return read_chosen(session, code_id)

    def choose(self, actor_id: str, code_id: str, places: Sequence[Place]) -> None:
        """Have these places, and no others, stand as chosen for a theme, in order."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            _require_code(writing.session, code_id)
            count = replace_chosen(writing.session, actor_id, code_id, places)
            writing.record("quotations chosen", "theme", code_id, count=count)

    def not_in_interview(self, code_ids: Collection[str]) -> set[str]:
        """Rows of matrices, by key, in which a person said that it is not there.

        For participants, the key is their id.
        """
        query = select(col(FrameworkCellRow.about_id)).where(
            col(FrameworkCellRow.is_absent).is_(True),
            col(FrameworkCellRow.column_id).in_(list(code_ids)),
        )
        with self._database.reading() as session:
            return set(session.scalars(query))


def _require_code(session: Session, code_id: str) -> None:
    if session.get(CodeRow, code_id) is None:
        refuse(
            "This code is not in the codebook.",
            "Theme",
            f"Choose one from the list. {_NOTHING_SAVED}",
        )


def _words_of(
    session: Session, place: Place, code_ids: Collection[str]
) -> PlaceWords | None:
    source_id, start, end = place
    row = session.execute(
        select(
            col(SourceRow.name),
            func.substr(col(SourceRow.text), start + 1, end - start),
        ).where(
            col(SourceRow.id) == source_id,
            col(SourceRow.id).not_in(withdrawn_sources(session)),
        )
    ).first()
    if row is None:
        return None
    turn = session.execute(
        select(col(TurnRow.number), col(TurnRow.speaker))
        .where(
            col(TurnRow.source_id) == source_id,
            col(TurnRow.start) < end,
            col(TurnRow.end) > start,
        )
        .order_by(col(TurnRow.start))
        .limit(1)
    ).first()
    coded: Mapping[str, str] = {}
    if code_ids:
        coded = dict(
            session.execute(
                select(col(CodedSegmentRow.id), col(CodedSegmentRow.code_id))
                .where(
                    col(CodedSegmentRow.source_id) == source_id,
                    col(CodedSegmentRow.code_id).in_(list(code_ids)),
                    col(CodedSegmentRow.start) < end,
                    col(CodedSegmentRow.end) > start,
                    settled_codings(session),
                )
                .order_by(
                    (col(CodedSegmentRow.end) - col(CodedSegmentRow.start)).desc(),
                    col(CodedSegmentRow.id),
                )
            ).all()
        )
    number, speaker = turn if turn else (0, "")
    return PlaceWords(
        place, row[1], row[0], number, speaker, tuple(coded), tuple(coded.values())
    )
