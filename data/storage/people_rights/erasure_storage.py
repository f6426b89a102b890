"""Erasing for good, with everything it touches listed first.

The list and the erasing walk the same rows: what is not listed is not touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from sqlmodel import Session, col, select

from coding.coded_segments import Segment
from coding.transcripts import text_hash
from data.people_rights.backups import BackupMade
from data.people_rights.derived import forget_derived
from data.people_rights.erasure import Erased, ErasureListing, PastErasure, Touched
from data.people_rights.withdrawal import About, Kind, Reason
from data.rights import Right, require_right
from data.storage.database import StudyDatabase, names_of_people, refuse, require_person
from data.storage.people_rights.backup_register import (
    ERASED,
    copies_beside,
    read_backups,
)
from data.storage.people_rights.erasing import (
    carry_out,
    judged_pairs,
    overwrite_what_was_freed,
)
from data.storage.people_rights.erasure_scope import Scope, scope_of
from data.storage.people_rights.named_things import find_about
from data.storage.people_rights.quoted_words import clear_quotations
from data.storage.people_rights.table_words import in_words
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    ErasureRow,
    EvidenceRow,
    MemoRow,
    SourceRow,
)

Told = Callable[[float, str], None]


class ErasureStorage:
    """Lists what erasing touches, and erases."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def listing(
        self, actor_id: str, about: About, *, tell: Told | None = None
    ) -> ErasureListing:
        """All that erasing a participant, a source or a case would touch.

        For those alone who may erase: it counts what coders keep from each other.
        """
        with self._database.reading() as session:
            require_right(require_person(session, actor_id), Right.ERASE)
            about = find_about(session, about.kind, about.id)
            scope = scope_of(session, about)
            quoting = clear_quotations(
                session,
                scope.taken_back(),
                scope.goes,
                keep=True,
                tell=tell or _unheard,
            )
            return ErasureListing(
                about,
                tuple(_touched(session, scope, quoting)),
                tuple(_overlapping(session, scope)),
                self._backups(session),
                tuple(copies_beside(self._database.file)),
                _what_stays(scope),
            )

    def erase(
        self,
        actor_id: str,
        about: About,
        reason: Reason,
        *,
        typed: str,
        tell: Told | None = None,
    ) -> Erased:
        """What was erased for good; all of it, or nothing where it is refused.

        ``typed`` is the name as somebody typed it to confirm. ``tell`` may raise until
        the last step, and nothing is then erased. Afterwards the files are written
        anew, and all that is derived from the words is asked to let go of them. Raises
        DataRefused where the name does not fit, or it is gone already.
        """
        told = tell or _unheard
        with self._database.writing(actor_id, Right.ERASE) as writing:
            session = writing.session
            about = find_about(session, about.kind, about.id)
            if typed.strip() != about.label:
                refuse(
                    "What was typed is not the name of what is to be erased.",
                    about.in_words,
                    "Type it just as it stands in the list. Nothing was erased.",
                )
            told(0.0, "gathering what goes")
            scope = scope_of(session, about)
            hashes = {text_hash(one) for one in scope.said}
            pairs = judged_pairs(session, scope)
            quoting = clear_quotations(
                session,
                scope.taken_back(),
                scope.goes,
                keep=False,
                tell=lambda done, words: told(0.1 + 0.6 * done, words),
            )
            told(0.7, "removing")
            carry_out(session, scope)
            counts = {name: len(keys) for name, keys in scope.goes.removed.items()}
            counts = {name: n for name, n in counts.items() if n}
            cleared = {f"cleared {name}": n for name, n in quoting.items()}
            session.add(
                ErasureRow(
                    kind=about.kind.value,
                    reason=reason.value,
                    pairs=pairs,
                    counts={**counts, **cleared},
                    erased_by=actor_id,
                )
            )
            writing.record(
                ERASED,
                about.kind.value,
                about.id,
                reason=reason.value,
                rows=sum(counts.values()),
                cleared=sum(quoting.values()),
                pairs=pairs,
            )
            backups = self._backups(session)
        told(0.8, "writing the file anew")
        is_clean = overwrite_what_was_freed(self._database)
        forget_derived(hashes)
        copies = tuple(copies_beside(self._database.file))
        return Erased({**counts, **cleared}, backups, copies, is_clean)

    def past(self) -> list[PastErasure]:
        """Every erasure there was, the newest first; none says what it was."""
        with self._database.reading() as session:
            names = names_of_people(session)
            rows = session.exec(
                select(ErasureRow).order_by(col(ErasureRow.number).desc())
            )
            return [
                PastErasure(
                    row.number or 0,
                    row.kind,
                    row.reason,
                    row.pairs,
                    names.get(row.erased_by, ""),
                    row.erased_at,
                )
                for row in rows
            ]

    def overwrite_again(self) -> bool:
        """Whether the study's files are clean now, where others held it before."""
        return overwrite_what_was_freed(self._database)

    def _backups(self, session: Session) -> tuple[BackupMade, ...]:
        return tuple(read_backups(session, not_gone=True))


def _touched(
    session: Session, scope: Scope, quoting: Mapping[str, int]
) -> list[Touched]:
    listed = []
    if scope.shared:
        turns = sum(len(one.turns) for one in scope.shared)
        sources = len(scope.shared)
        listed.append(
            Touched(
                "turns among others' words"
                if turns != 1
                else "turn among others' words",
                turns,
                "blanked; everything around them stays in its place",
                (f"in {sources} {in_words('source', sources)} with others",),
            )
        )
    for name in sorted(scope.goes.removed, key=lambda one: in_words(one, 2)):
        keys = scope.goes.removed[name]
        if not keys:
            continue
        named: tuple[str, ...] = ()
        if name == "coded_segment":
            named = _by(session, CodedSegmentRow, "coder_id", [k[0] for k in keys])
        elif name == "memo":
            named = _by(session, MemoRow, "author_id", [k[0] for k in keys])
        elif name == "source":
            named = tuple(
                session.get_one(SourceRow, one).name for one in scope.whole_sources
            )
        listed.append(Touched(in_words(name, len(keys)), len(keys), named=named))
    gone = {key[0] for keys in scope.goes.removed.values() for key in keys}
    linked = sum(one in gone for one in session.exec(select(EvidenceRow.thing_id)))
    if linked:
        listed.append(
            Touched(
                in_words("evidence", linked),
                linked,
                "kept, and told as no longer in the study",
            )
        )
    chosen = len(scope.goes.let_go["chosen_quotation", "source_id"])
    if chosen:
        listed.append(
            Touched(
                in_words("chosen_quotation", chosen),
                chosen,
                "kept, and told as erased",
            )
        )
    return [
        *listed,
        *(
            Touched(in_words(name, n), n, "cleared of their words or name")
            for name, n in sorted(quoting.items())
        ),
    ]


def _by(
    session: Session,
    table: type[CodedSegmentRow | MemoRow],
    column: str,
    ids: list[str],
) -> tuple[str, ...]:
    names = names_of_people(session)
    counted: Counter[str] = Counter()
    for one in ids:
        counted[names[getattr(session.get_one(table, one), column)]] += 1
    return tuple(f"{name} {n}" for name, n in sorted(counted.items()))


def _overlapping(session: Session, scope: Scope) -> list[str]:
    """Others' codings that reach into the blanked words, told by where they stand."""
    if not scope.overlapping:
        return []
    codes = dict(session.exec(select(CodeRow.id, CodeRow.name)).all())
    people = names_of_people(session)
    told = []
    for shared in scope.shared:
        name = session.get_one(SourceRow, shared.id).name
        for source_id, row in scope.overlapping:
            if source_id != shared.id:
                continue
            at = Segment(row.start, row.end)
            within = sum(at.overlaps(one) for one in shared.places)
            turns = "turn" if within == 1 else "turns"
            told.append(
                f"{name}: {codes[row.code_id]} by {people[row.coder_id]} reaches into "
                f"{within} {turns} of theirs"
            )
    return told


def _what_stays(scope: Scope) -> tuple[str, ...]:
    stays = [
        "The audit trail keeps that this was erased, when and by whom, with ids and "
        "counts alone.",
        "Files made earlier (reports, tables, exports) are not reached: look for them "
        "where they were sent.",
    ]
    if scope.about.kind is Kind.CASE:
        stays.append(
            "What other cases' files say of this family stays, and so do counts in "
            "accounts of earlier runs: reports name how many pairs were withdrawn."
        )
    else:
        stays.append(
            "What others say about them in their own interviews stays, and so does "
            "what a memo tells in other words."
        )
    return tuple(stays)


def _unheard(_done: float, _words: str) -> None:
    """Progress that nobody watches."""
