"""The pseudonym key held open: by whom, for how long, each reading on the audit trail.

The file is read when somebody opens it and when another program changed it; each time
an audit line says so. What is held open is in memory alone and let go after a quarter
of an hour without use. Every change goes through the study's own write transaction, so
that two people at once wait for each other.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from data.problems import DataRefused
from data.pseudonyms import key_file
from data.pseudonyms.key import PseudonymKey
from data.pseudonyms.sealing import Secret, new_secret
from data.rights import Right, require_right
from data.storage.database import StudyDatabase, Writing, refuse, require_person
from data.tables import EarlierTextRow, SourceRow, StudyRow

HELD_SECONDS = 15 * 60
_WHERE = "The pseudonym key"
_SHORTEST_PASSPHRASE = 12
_MOST_UNDONE = 200


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """What may be said of a key without reading it."""

    path: Path
    exists: bool
    is_sealed: bool = False
    is_open: bool = False
    problem: str = ""
    do_next: str = ""


@dataclass
class _Held:
    """A key open for one person, and the decisions that can be undone."""

    key: PseudonymKey
    secret: Secret | None
    stamp: tuple[int, int]
    used: float
    undo: list[PseudonymKey] = field(default_factory=list)


class KeyStorage:
    """Opens, changes, seals and backs up the key of one study."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database
        self._held: dict[str, _Held] = {}
        self._clock: Callable[[], float] = time.monotonic

    def status(self, actor_id: str) -> KeyStatus:
        """Whether there is a key, whether it asks for a passphrase, whether it is open.

        Names are not read. Raises DataRefused for whoever may not hold the key.
        """
        with self._database.reading() as session:
            require_right(require_person(session, actor_id), Right.HOLD_KEY)
            path = self._path(session)
        if not path.exists():
            self._held.clear()
            return KeyStatus(path, exists=False)
        try:
            sealed = key_file.is_sealed(_bytes_of(path))
        except DataRefused as refusal:
            said = refusal.problems[0]
            return KeyStatus(path, True, problem=said.found, do_next=said.do_next)
        held = self._still_held(actor_id)
        is_open = held is not None and held.stamp == _stamp(path)
        return KeyStatus(path, True, sealed, is_open)

    def open(self, actor_id: str, passphrase: str = "") -> PseudonymKey:
        """The key, held open for this person from now on; an audit line says so.

        Where the study has no key yet, an empty one is made. Raises DataRefused where
        it does not open.
        """
        with self._database.writing(actor_id, Right.HOLD_KEY) as writing:
            study_id = _study_id(writing.session)
            path = self._path(writing.session)
            if path.exists():
                stamp = _stamp(path)
                key, secret = key_file.decode(
                    _bytes_of(path), study_id, passphrase=passphrase
                )
                writing.record("pseudonym key opened", "study", names=len(key.names))
            else:
                key, secret = PseudonymKey(study_id), None
                key_file.write(path, key_file.encode(key, None))
                stamp = _stamp(path)
                writing.record("pseudonym key made", "study")
        self._held[actor_id] = _Held(key, secret, stamp, self._clock())
        return key

    def opened(self, actor_id: str) -> PseudonymKey:
        """The key as this person has it open; read again where it changed meanwhile.

        Raises DataRefused where it is not open, or their role lost the right.
        """
        with self._database.reading() as session:
            require_right(require_person(session, actor_id), Right.HOLD_KEY)
            path = self._path(session)
        held = self._still_held(actor_id)
        if held is None or not path.exists():
            self._held.pop(actor_id, None)
            refuse(
                "The key is not open.",
                _WHERE,
                "Open it on the page Pseudonyms. Nothing was changed.",
            )
        if held.stamp != _stamp(path):
            with self._database.writing(actor_id, Right.HOLD_KEY) as writing:
                self._read_again(writing, actor_id, path)
        held.used = self._clock()
        return held.key

    def close(self, actor_id: str) -> None:
        """Hold it open for this person no longer."""
        self._held.pop(actor_id, None)

    def change(
        self,
        actor_id: str,
        action: str,
        change: Callable[[PseudonymKey], PseudonymKey],
        *,
        can_be_undone: bool = False,
        **counts: Any,
    ) -> PseudonymKey:
        """The key after a change, written and on the audit trail, or neither."""
        self.opened(actor_id)
        with self._database.writing(actor_id, Right.HOLD_KEY) as writing:
            before = self.current(writing, actor_id)
            after = change(before)
            writing.record(action, "study", **counts)
            held = self._held[actor_id]
            undo = held.undo
            self.keep(writing, actor_id, after)
            held.undo = undo
            if can_be_undone:
                held.undo = [*held.undo, before][-_MOST_UNDONE:]
        return after

    def undo_decision(self, actor_id: str) -> PseudonymKey:
        """The key as it was before this person's last decision since they opened it.

        Raises DataRefused where there is none, or somebody else decided since.
        """
        self.opened(actor_id)
        held = self._held[actor_id]
        if not held.undo:
            refuse("There is no decision to take back.", _WHERE, "Nothing was changed.")
        before = held.undo[-1]

        def take_back(key: PseudonymKey) -> PseudonymKey:
            return replace(
                key,
                names=before.names,
                turned_down=before.turned_down,
                left_out=before.left_out,
            )

        after = self.change(actor_id, "pseudonym decision taken back", take_back)
        held.undo.pop()
        return after

    def can_undo(self, actor_id: str) -> bool:
        """Whether this person decided something since they opened the key."""
        held = self._held.get(actor_id)
        return bool(held and held.undo)

    def set_passphrase(self, actor_id: str, passphrase: str) -> None:
        """Seal the key with a passphrase; '' takes the seal off.

        Raises DataRefused for one of fewer than twelve characters.
        """
        if passphrase and len(passphrase) < _SHORTEST_PASSPHRASE:
            refuse(
                f"The passphrase has {len(passphrase)} characters.",
                "Passphrase",
                f"Use {_SHORTEST_PASSPHRASE} or more; a few words in a row are easy to "
                "keep in mind. Nothing was changed.",
            )
        self.opened(actor_id)
        secret = new_secret(passphrase) if passphrase else None
        with self._database.writing(actor_id, Right.HOLD_KEY) as writing:
            key = self.current(writing, actor_id)
            writing.record(
                "pseudonym key sealed" if passphrase else "pseudonym key unsealed",
                "study",
            )
            self._held[actor_id].secret = secret
            self.keep(writing, actor_id, key)
        for other in [one for one in self._held if one != actor_id]:
            self.close(other)

    def back_up(self, actor_id: str) -> bytes:
        """The key's file as it is, to be kept apart; sealed if the key is."""
        self.opened(actor_id)
        with self._database.writing(actor_id, Right.HOLD_KEY) as writing:
            content = _bytes_of(self._path(writing.session))
            writing.record("pseudonym key backed up", "study")
        return content

    def restore(
        self, actor_id: str, content: bytes, passphrase: str = ""
    ) -> Path | None:
        """Put a backup of the key in place; where the file before it then lies, if any.

        The file that was there is kept under another name. Raises DataRefused for a
        backup that is damaged, of another study, or does not open.
        """
        with self._database.writing(actor_id, Right.HOLD_KEY) as writing:
            key, secret = key_file.decode(
                content, _study_id(writing.session), passphrase=passphrase
            )
            path = self._path(writing.session)
            aside = _aside(path) if path.exists() else None
            if aside is not None:
                key_file.write(aside, _bytes_of(path))
            writing.record("pseudonym key restored", "study", names=len(key.names))
            key_file.write(path, content)
        self._held = {actor_id: _Held(key, secret, _stamp(path), self._clock())}
        return aside

    def forget_erased(self, actor_id: str, pseudonym: str) -> bool:
        """Whether the key holds nothing more of what was erased from the study.

        ``pseudonym`` is the erased participant's, '' where no participant was erased.
        False where it asks for a passphrase and is not open, or cannot be read: it is
        then as it was. True where there is no key.
        """
        if not self.status(actor_id).exists:
            return True
        if self.without_opening(actor_id) is None:
            return False
        with self._database.reading() as session:
            left = {
                *session.scalars(select(col(SourceRow.text_sha256))),
                *session.scalars(select(col(EarlierTextRow.text_sha256))),
            }
        self.change(
            actor_id,
            "erased taken out of the key",
            lambda key: key.without_erased(pseudonym, left),
        )
        return True

    # For the storage of replaced names, inside its own transaction.

    def current(self, writing: Writing, actor_id: str) -> PseudonymKey:
        """The key as its file now stands, inside a write transaction."""
        held = self._held[actor_id]
        path = self._path(writing.session)
        if held.stamp != _stamp(path):
            self._read_again(writing, actor_id, path)
        return held.key

    def keep(self, writing: Writing, actor_id: str, key: PseudonymKey) -> None:
        """Write the key; the last thing done before a transaction ends.

        Decisions made before names were replaced are no longer taken back one by one.
        """
        held = self._held[actor_id]
        path = self._path(writing.session)
        key_file.write(path, key_file.encode(key, held.secret))
        held.key, held.stamp, held.used = key, _stamp(path), self._clock()
        held.undo = []

    def without_opening(self, actor_id: str) -> PseudonymKey | None:
        """The key for a check at import: as it is open, or read if it is not sealed.

        Nothing where there is none, it asks for a passphrase, or it cannot be read.
        A reading leaves its audit line.
        """
        status = self.status(actor_id)
        if status.is_open:
            return self.opened(actor_id)
        if not status.exists or status.is_sealed or status.problem:
            return None
        return self.open(actor_id)

    def _read_again(self, writing: Writing, actor_id: str, path: Path) -> None:
        held = self._held[actor_id]
        stamp = _stamp(path)
        held.key, held.secret = key_file.decode(
            _bytes_of(path), _study_id(writing.session), secret=held.secret
        )
        held.stamp, held.undo = stamp, []
        writing.record("pseudonym key read again", "study", names=len(held.key.names))

    def _still_held(self, actor_id: str) -> _Held | None:
        held = self._held.get(actor_id)
        if held is not None and self._clock() - held.used > HELD_SECONDS:
            self.close(actor_id)
            return None
        return held

    def _path(self, session: Session) -> Path:
        return key_file.key_path(self._database.file, _study_id(session))


def _study_id(session: Session) -> str:
    return str(session.exec(select(StudyRow.id)).one())


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        refuse(
            "The key's file cannot be read.",
            _WHERE,
            "It may belong to another account of this computer. Nothing was changed.",
        )


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _aside(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.name}.before-{number}")).exists():
        number += 1
    return kept
