"""Replacing names, taking it back, and putting names back; what each says."""

from __future__ import annotations

from collections.abc import Callable

from coding.language import load_names_reader
from coding.pseudonyms.ordinary_words import OrdinaryWords
from coding.pseudonyms.text_words import TextWords
from coding.study import Person
from data.storage import StudyStore
from data.storage.pseudonyms.name_storage import Replaced, ReplacePreview
from workbench.wording import counted, listed

Progress = Callable[[float, str], None]
STAYS_PERSONAL = (
    "Pseudonymised; it stays personal data for whoever holds the key, and what is told "
    "may still point at a person."
)


def ordinary_words(store: StudyStore) -> OrdinaryWords:
    """What the study and the dictionary know of words that are names as well."""
    texts = (TextWords(one.transcript.text) for one in store.sources.read_all())
    return OrdinaryWords(load_names_reader().dictionary, texts)


def replace_names(
    store: StudyStore, person: Person, progress: Progress | None = None
) -> Replaced:
    """What was replaced, all through the study, or nothing where it is cancelled."""
    if progress:
        progress(0.0, "reading which words are names here")
    return store.pseudonyms.replace(person.id, ordinary_words(store), progress)


def put_names_back(
    store: StudyStore, person: Person, progress: Progress | None = None
) -> Replaced:
    """What was put back through the key."""
    return store.pseudonyms.put_back(person.id, ordinary_words(store), progress)


def preview_in_words(preview: ReplacePreview) -> list[str]:
    """What replacing would do, a sentence each."""
    total = sum(number for _, number in preview.mentions)
    said = [
        f"{counted(total, 'mention')} in {counted(len(preview.mentions), 'source')}, "
        "texts before corrections besides. Coded passages, memos and suggestions stay "
        "on their words; Undo at the coding desk ends there, as after a correction."
    ]
    replaced = [one for one in preview.wording if one.is_replaced]
    if replaced:
        places = listed([f"{one.where} ({one.values})" for one in replaced])
        said.append(f"Listed names stand in other places too: {places}.")
    for one in preview.wording:
        if not one.is_replaced:
            said.append(
                f"They stand in {counted(one.values, 'value')} of {one.where}, which "
                "this does not change: correct the case files and add them again."
            )
    if preview.copies:
        said.append(
            "Copies of the study beside it keep the names: "
            f"{listed(list(preview.copies))}. So do backups made before. Delete them "
            "when you no longer need them."
        )
    return said


def done_in_words(done: Replaced) -> str:
    """What was done, in a sentence or two."""
    said = (
        f"{counted(done.mentions, 'mention')} in {counted(done.sources, 'source')} and "
        f"{counted(done.values, 'other place')}."
    )
    if done.not_undone:
        said += (
            f" {counted(done.not_undone, 'place')} changed since and was left as it is."
        )
    if not done.is_emptied:
        said += (
            " Another window has the study open: the names are gone from its journal "
            "once all windows are closed."
        )
    return said
