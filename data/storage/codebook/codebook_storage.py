"""Storing the codebook: codes with their meaning, colours given out, versions kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coding.codebook import Code, Codebook
from coding.palette import COLOUR_NAMES
from data.codebook_records import CodeAction
from data.importers.interviews.codebook_import import CodebookEntry
from data.rights import Right
from data.storage.codebook.code_history import keep_change, merged_away
from data.storage.codebook.code_rows import (
    as_code,
    as_row,
    codes_below,
    colour_for_new,
    known_row,
    next_position,
    read_rows,
    recolour,
    require_sound,
    states_of,
    tidy,
    wording,
)
from data.storage.codebook.codebook_merging import (
    CodebookChanges,
    require_entries,
    save_entries,
    sort_out,
)
from data.storage.codebook.hidden_examples import (
    HiddenExamples,
    hidden_examples,
    with_unread,
)
from data.storage.codebook.kept_rows import (
    count_change,
    seals_of,
    withdraw_suggestions,
)
from data.storage.database import StudyDatabase, refuse
from data.tables import new_id

_NOTHING_SAVED = "Nothing was saved."


class CodebookStorage:
    """Reads and saves the codes of a study; names are unique, letter case aside."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def codebook(self) -> Codebook:
        """The codes in use."""
        return self._codes(retired=False)

    def retired(self) -> Codebook:
        """The codes put out of use; passages coded with them keep them."""
        return self._codes(retired=True)

    def merged_away(self) -> dict[str, str]:
        """The code in use that each code out of use was merged into, in the end."""
        with self._database.reading() as session:
            return merged_away(session)

    def hidden_examples(self, reader_id: str | None) -> HiddenExamples:
        """What tells the examples a person, or everybody, may read from the others."""
        with self._database.reading() as session:
            return hidden_examples(session, reader_id)

    def add(self, actor_id: str, code: Code) -> Code:
        """The code as saved: with a GUID where it had none, a colour and a place.

        A child takes its parent's colour, any other the next one unused.
        """
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            rows = read_rows(writing.session)
            require_sound(code, rows)
            before = states_of(rows)
            saved = replace(
                code,
                id=code.id or new_id(),
                name=tidy(code.name),
                colour=colour_for_new(rows, code.parent_id),
                position=next_position(rows),
                version=1,
            )
            writing.session.add(as_row(saved, actor_id))
            writing.record("code added", "code", saved.id)
            keep_change(writing, CodeAction.ADDED, before, about=[saved.id])
        return saved

    def change(self, actor_id: str, code: Code, *, reason: str = "") -> Code:
        """The code with its new wording, one version on; the colour stays.

        Moved under another parent it takes that parent's colour, its own children
        with it. Examples that the actor may not read stay. Raises DataRefused where
        someone else changed it since it was read.
        """
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            rows = read_rows(writing.session)
            row = known_row(rows, code.id)
            require_sound(code, rows)
            before = states_of(rows)
            hidden = hidden_examples(writing.session, actor_id)
            kept = as_code(row)
            words = wording(with_unread(code, kept, hidden.coded_blind(kept)))
            altered = [name for name in words if getattr(row, name) != words[name]]
            is_moved = (row.parent_id or "") != code.parent_id
            writing.change(row, code.version, **words)
            if is_moved:
                recolour(rows, row)
            # Which parts were altered, never their words.
            writing.record("code changed", "code", row.id, altered=altered)
            keep_change(
                writing, CodeAction.CHANGED, before, about=[row.id], reason=reason
            )
        return as_code(row)

    def recolour(
        self, actor_id: str, code_id: str, seen_version: int, colour: str
    ) -> None:
        """Give a code another colour of the palette; codes under it that had the same
        one keep to it.

        Raises DataRefused for a colour the palette does not have.
        """
        if colour not in COLOUR_NAMES:
            refuse(
                "This colour is not in the palette.",
                "Colour",
                f"Choose one from the list. {_NOTHING_SAVED}",
            )
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            rows = read_rows(writing.session)
            row = known_row(rows, code_id)
            before = states_of(rows)
            former = row.colour
            writing.change(row, seen_version, colour=colour)
            for one in codes_below(rows, code_id):
                if one.colour == former:
                    one.colour = colour
            writing.record("code coloured", "code", code_id)
            keep_change(writing, CodeAction.CHANGED, before, about=[code_id])

    def retire(
        self, actor_id: str, code_id: str, seen_version: int, *, reason: str = ""
    ) -> None:
        """Put a code out of use; its passages stay, what waits for it is withdrawn."""
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            rows = read_rows(writing.session)
            row = known_row(rows, code_id)
            under = [
                one for one in rows if one.parent_id == code_id and not one.is_retired
            ]
            if under:
                refuse(
                    f"{len(under)} codes in use stand under this one.",
                    row.name,
                    f"Retire them first, or move them elsewhere. {_NOTHING_SAVED}",
                )
            before = states_of(rows)
            writing.change(row, seen_version, is_retired=True)
            withdrawn = withdraw_suggestions(writing.session, code_id)
            sources = {one["source_id"] for one in withdrawn}
            writing.record(
                "code retired", "code", code_id, suggestions_withdrawn=len(withdrawn)
            )
            seals = seals_of(writing.session, sources)
            keep_change(
                writing,
                CodeAction.RETIRED,
                before,
                about=[code_id],
                touched={"suggestions": withdrawn, "seals": seals} if withdrawn else {},
                reason=reason,
            )
            count_change(writing.session, sources)

    def bring_back(self, actor_id: str, code_id: str, seen_version: int) -> None:
        """Put a retired code into use again, together with the heading it is under."""
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            rows = {row.id: row for row in read_rows(writing.session)}
            before = states_of(list(rows.values()))
            row = known_row(list(rows.values()), code_id)
            writing.change(row, seen_version, is_retired=False)
            writing.record("code brought back", "code", code_id)
            above = rows.get(row.parent_id or "")
            while above is not None and above.is_retired:
                writing.change(above, above.version, is_retired=False)
                writing.record("code brought back", "code", above.id)
                above = rows.get(above.parent_id or "")
            keep_change(writing, CodeAction.BROUGHT_BACK, before, about=[code_id])

    def changes_of(self, entries: Sequence[CodebookEntry]) -> CodebookChanges:
        """What importing these entries would do; nothing is changed."""
        with self._database.reading() as session:
            hidden = hidden_examples(session, None)
            return sort_out(read_rows(session), entries, hidden)

    def import_entries(
        self, actor_id: str, entries: Sequence[CodebookEntry]
    ) -> CodebookChanges:
        """What was done: codes new to the study added, those known by name updated.

        Codes that the file does not name stay as they are. A parent that is neither
        in the file nor in the study, or stands under its own child, is refused with
        every other problem; then nothing is saved.
        """
        with self._database.writing(actor_id, Right.EDIT_CODEBOOK) as writing:
            rows = read_rows(writing.session)
            require_entries(rows, entries)
            before = states_of(rows)
            # A file was written without the examples that not everybody may read.
            hidden = hidden_examples(writing.session, None)
            done = sort_out(rows, entries, hidden)
            save_entries(writing, rows, entries, hidden)
            writing.record(
                "codebook imported",
                "code",
                new=len(done.new),
                changed=len(done.changed),
                same=len(done.same),
            )
            keep_change(writing, CodeAction.IMPORTED, before)
        return done

    def _codes(self, *, retired: bool) -> Codebook:
        with self._database.reading() as session:
            return Codebook(
                tuple(
                    as_code(row)
                    for row in read_rows(session)
                    if row.is_retired == retired
                )
            )
