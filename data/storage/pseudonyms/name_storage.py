"""Names replaced by pseudonyms all through a study, undone, and put back.

The study never holds a real name and its pseudonym together: what leads back is in the
key alone. The key is written before the study is, so that no name can be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from coding.pseudonyms.names import words_of
from coding.pseudonyms.ordinary_words import OrdinaryWords
from coding.pseudonyms.replacer import NameReplacer, names_back
from coding.pseudonyms.replacing import Edit, ReplacedWords
from coding.transcripts import text_hash
from data.pseudonyms.key import KeptValue, PseudonymKey, ReplacedText
from data.rights import Right, may
from data.sources import NewSource
from data.storage.database import (
    StudyDatabase,
    Writing,
    empty_write_ahead_log,
    refuse,
    require_person,
)
from data.storage.finding.turn_index import erase_what_was_taken_out
from data.storage.pseudonyms.key_storage import KeyStorage
from data.storage.pseudonyms.new_sources import replaced_source
from data.storage.pseudonyms.renamed_sources import (
    moves_positions,
    rename_earlier,
    rename_source,
)
from data.storage.pseudonyms.wording import (
    WordingFound,
    count_wording,
    put_back_values,
    replace_wording,
)
from data.tables import (
    EarlierTextRow,
    ParticipantRow,
    PersonRow,
    SourceRow,
    SpeakerRow,
)

Progress = Callable[[float, str], None]
_LABELS = "labels of a source"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was done: sources and mentions in them, further values, what is left.

    ``not_undone`` counts texts and values that somebody changed since; ``is_emptied``
    is false where another window still holds earlier words in the file's journal.
    """

    sources: int
    mentions: int
    values: int
    not_undone: int = 0
    is_emptied: bool = True


@dataclass(frozen=True, slots=True)
class ReplacePreview:
    """What replacing would do: mentions by source name, other places, file copies."""

    mentions: tuple[tuple[str, int], ...]
    wording: tuple[WordingFound, ...]
    copies: tuple[str, ...]


class NameStorage:
    """Replaces names by pseudonyms and puts them back, marks and all."""

    def __init__(self, database: StudyDatabase, keys: KeyStorage) -> None:
        self._database = database
        self._keys = keys

    def preview(self, actor_id: str, ordinary: OrdinaryWords) -> ReplacePreview:
        """What replacing would do now; nothing is changed."""
        key = self._keys.opened(actor_id)
        replacer = NameReplacer(key.listed, ordinary)
        with self._database.reading() as session:
            found = []
            for row in session.exec(select(SourceRow).order_by(col(SourceRow.name))):
                edits = _edits(replacer, key, row)
                if edits or _renamed(session, row.id, replacer.words):
                    found.append((row.name, len(edits)))
            return ReplacePreview(
                tuple(found),
                tuple(count_wording(session, replacer)),
                tuple(one.name for one in self._copies()),
            )

    def replace(
        self, actor_id: str, ordinary: OrdinaryWords, progress: Progress | None = None
    ) -> Replaced:
        """What was replaced: every mention that stands, in every place, or none.

        Earlier texts of sources are replaced too. What ``progress`` raises leaves the
        study as it was. Raises DataRefused where there is nothing to replace.
        """
        self._keys.opened(actor_id)
        with self._database.writing(actor_id, Right.HOLD_KEY) as writing:
            key = self._keys.current(writing, actor_id)
            replacer = NameReplacer(key.listed, ordinary)
            done = _Round(writing, replacer.words)
            rows = writing.session.exec(select(SourceRow)).all()
            for number, row in enumerate(rows):
                _tell(progress, number, len(rows))
                done.source(row, _edits(replacer, key, row))
            for earlier in writing.session.exec(select(EarlierTextRow)).all():
                done.earlier(earlier, replacer.edits(earlier.text))
            moved = moves_positions(done.said)
            values = replace_wording(writing.session, replacer, moved)
            if not (done.steps or done.labels or values):
                refuse(
                    "No listed name stands anywhere in the study.",
                    "Replace names",
                    "Confirm names first. Nothing was changed.",
                )
            erase_what_was_taken_out(writing.session)
            writing.record(
                "names replaced",
                "study",
                sources=len(done.said),
                mentions=done.mentions,
                values=len(values),
            )
            kept = [*done.labels, *values]
            self._keys.keep(writing, actor_id, key.with_texts(done.steps, kept))
        return Replaced(
            len(done.said), done.mentions, len(values), is_emptied=self._empty()
        )

    def undo(self, actor_id: str) -> Replaced:
        """Names put back exactly as they stood before the round that is not finished.

        A text or value that somebody changed since is left, and counted. Raises
        DataRefused where the round is finished.
        """
        self._keys.opened(actor_id)
        with self._database.writing(actor_id, Right.HOLD_KEY) as writing:
            key = self._keys.current(writing, actor_id)
            if not key.can_be_undone:
                refuse(
                    "The last round is finished, or nothing was replaced.",
                    "Undo",
                    "Names can still be put back through the key. Nothing was changed.",
                )
            values = [one for one in key.kept if one.table != _LABELS]
            left = len(put_back_values(writing.session, values))
            done = _Round(writing, lambda words: words)
            for row in writing.session.exec(select(SourceRow)).all():
                back = _labels_back(key.kept, row.id)
                while step := key.this_round.get(row.text_sha256):
                    done.source(row, step.edits, back)
                if _renamed(writing.session, row.id, back):
                    done.source(row, (), back)
            for earlier in writing.session.exec(select(EarlierTextRow)).all():
                back = _labels_back(key.kept, earlier.source_id)
                while step := key.this_round.get(earlier.text_sha256):
                    done.earlier(earlier, step.edits, back)
            erase_what_was_taken_out(writing.session)
            writing.record(
                "replacing names undone", "study", sources=len(done.said), left=left
            )
            self._keys.keep(writing, actor_id, key.finished())
        return Replaced(len(done.said), done.mentions, len(values) - left, left)

    def finish(self, actor_id: str) -> None:
        """End what can be undone: the key keeps names and where they stood alone."""
        self._keys.change(actor_id, "pseudonym round finished", PseudonymKey.finished)

    def put_back(
        self, actor_id: str, ordinary: OrdinaryWords, progress: Progress | None = None
    ) -> Replaced:
        """Real names in place of pseudonyms, all through the study.

        Exactly as they were where the text is the one that was replaced; else, and in
        memos and the codebook, each pseudonym becomes the listed name.
        """
        self._keys.opened(actor_id)
        with self._database.writing(actor_id, Right.HOLD_KEY) as writing:
            key = self._keys.current(writing, actor_id)
            replacer = NameReplacer(names_back(key.listed), ordinary)
            done = _Round(writing, replacer.words)
            rows = writing.session.exec(select(SourceRow)).all()
            for number, row in enumerate(rows):
                _tell(progress, number, len(rows))
                step = key.texts.get(row.text_sha256)
                done.source(row, step.edits if step else replacer.edits(row.text))
            for earlier in writing.session.exec(select(EarlierTextRow)).all():
                step = key.texts.get(earlier.text_sha256)
                edits = step.edits if step else replacer.edits(earlier.text)
                done.earlier(earlier, edits)
            moved = moves_positions(done.said)
            values = replace_wording(writing.session, replacer, moved)
            writing.record(
                "names put back",
                "study",
                sources=len(done.said),
                mentions=done.mentions,
                values=len(values),
            )
            self._keys.keep(writing, actor_id, key.finished())
        return Replaced(len(done.said), done.mentions, len(values))

    # Sources about to be added

    def mentions_in_new(
        self, actor_id: str, sources: Sequence[NewSource], ordinary: OrdinaryWords
    ) -> list[int] | None:
        """For each source about to be added how many listed names stand in it.

        Nothing where they could not be looked for: no right, no key, or one that asks
        for its passphrase.
        """
        replacer = self._for_new(actor_id, ordinary)
        if replacer is None:
            return None
        return [len(replaced_source(one, replacer)[1].edits) for one in sources]

    def with_pseudonyms(
        self, actor_id: str, sources: Sequence[NewSource], ordinary: OrdinaryWords
    ) -> list[NewSource]:
        """The sources with listed names replaced before anything of them is saved."""
        replacer = self._for_new(actor_id, ordinary)
        if replacer is None:
            return list(sources)
        steps, changed = {}, []
        for source in sources:
            new, said = replaced_source(source, replacer)
            changed.append(new)
            if said.edits:
                steps[text_hash(said.after)] = _step(said)

        def with_steps(key: PseudonymKey) -> PseudonymKey:
            return key.with_texts(steps, can_be_undone=False)

        mentions = sum(len(one.edits) for one in steps.values())
        self._keys.change(
            actor_id, "names replaced in new sources", with_steps, mentions=mentions
        )
        return changed

    def text_hashes(self) -> dict[str, str]:
        """The hash of each source's text, by the source's id."""
        with self._database.reading() as session:
            found = session.exec(select(SourceRow.id, SourceRow.text_sha256))
            return dict(found.all())

    def real_words(self, actor_id: str) -> set[str]:
        """Folded words that stand for somebody real: no pseudonym may be one.

        Those of people at work, participants, speakers and listed names.
        """
        key = self._keys.opened(actor_id)
        with self._database.reading() as session:
            names = [
                *session.exec(select(PersonRow.name)),
                *session.exec(select(ParticipantRow.pseudonym)),
                *session.exec(select(SpeakerRow.label)),
                *(one.name for one in key.listed),
                *(nickname for one in key.listed for nickname in one.nicknames),
            ]
        given = {word for one in key.listed for word in words_of(one.pseudonym)}
        real = {word for name in names for word in words_of(name)}
        return real - given

    def words_of_texts(self) -> set[str]:
        """Every word of every source, folded."""
        with self._database.reading() as session:
            said = session.exec(select(SourceRow.text))
            return {word for text in said for word in words_of(text)}

    def _for_new(self, actor_id: str, ordinary: OrdinaryWords) -> NameReplacer | None:
        with self._database.reading() as session:
            person = require_person(session, actor_id)
        if not may(person.role, Right.HOLD_KEY):
            return None
        key = self._keys.without_opening(actor_id)
        if key is None:
            return None
        replacer = NameReplacer(key.listed, ordinary)
        return None if replacer.is_empty else replacer

    def _copies(self) -> list[Path]:
        """Files beside the study that look like copies of it, and hold what it held."""
        file = self._database.file
        if file is None:
            return []
        return sorted(
            one
            for one in file.parent.glob(f"{file.stem}*")
            if one != file and one.suffix in (".sqlite", ".backup", ".bak", ".db")
        )

    def _empty(self) -> bool:
        return empty_write_ahead_log(self._database.engine)


class _Round:
    """Sources renamed one after another in one transaction, and what leads back."""

    def __init__(self, writing: Writing, label: Callable[[str], str]) -> None:
        self._writing = writing
        self._label = label
        self.said: dict[str, ReplacedWords] = {}
        self.steps: dict[str, ReplacedText] = {}
        self.labels: list[KeptValue] = []
        self.mentions = 0

    def source(
        self,
        row: SourceRow,
        edits: Sequence[Edit],
        label: Callable[[str], str] | None = None,
    ) -> None:
        """Rename one source; nothing happens where nothing in it changes."""
        label = label or self._label
        session = self._writing.session
        renamed = _renamed(session, row.id, label)
        if not edits and not renamed:
            return
        said = ReplacedWords(row.text, edits)
        rename_source(self._writing, row, said, label)
        session.refresh(row)
        self.said[row.id] = said
        self.mentions += len(edits)
        if edits:
            self.steps[row.text_sha256] = _step(said)
        if renamed:
            back = {after: before for before, after in reversed(renamed)}
            self.labels.append(KeptValue(_LABELS, (row.id,), "label", back, ""))

    def earlier(
        self,
        row: EarlierTextRow,
        edits: Sequence[Edit],
        label: Callable[[str], str] | None = None,
    ) -> None:
        """Rename a text from before a correction."""
        label = label or self._label
        if not edits and all(label(one[3]) == one[3] for one in row.turns):
            return
        said = ReplacedWords(row.text, edits)
        rename_earlier(self._writing, row, said, label)
        if edits:
            self.steps[row.text_sha256] = _step(said)


def _step(said: ReplacedWords) -> ReplacedText:
    return ReplacedText(text_hash(said.before), said.inverse())


def _edits(
    replacer: NameReplacer, key: PseudonymKey, row: SourceRow
) -> tuple[Edit, ...]:
    away = {
        (start, end)
        for source_id, sha256, start, end in key.left_out
        if source_id == row.id and sha256 == row.text_sha256
    }
    return replacer.edits(row.text, lambda start, end: (start, end) in away)


def _renamed(
    session: Session, source_id: str, label: Callable[[str], str]
) -> list[tuple[str, str]]:
    """The speaker labels of a source that change, before and after."""
    labels = session.exec(
        select(SpeakerRow.label).where(col(SpeakerRow.source_id) == source_id)
    )
    return [(one, after) for one in labels if (after := label(one)) != one]


def _labels_back(kept: Sequence[KeptValue], source_id: str) -> Callable[[str], str]:
    back: dict[str, str] = {}
    for one in reversed(kept):
        if one.table == _LABELS and one.row == (source_id,):
            back |= one.before
    return lambda label: back.get(label, label)


def _tell(progress: Progress | None, number: int, of: int) -> None:
    if progress is not None:
        progress(number / max(of, 1), f"{number} of {of} sources")
