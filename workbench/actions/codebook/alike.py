"""Codes worth a look: names or definitions much alike, colours that are shared."""

from __future__ import annotations

from coding.codebook import Codebook
from coding.codebook_changes.colours import SharedColour, shared_colours
from coding.codebook_changes.likeness import AlikeCodes, alike_to, codes_alike
from data.storage import StudyStore


def codes_that_may_be_one(store: StudyStore) -> list[AlikeCodes]:
    """Pairs of codes in use that look alike and that nobody has told apart."""
    ordered = [code for _, code in store.codebook.codebook().in_tree_order()]
    return codes_alike(ordered, store.codebook_decisions.told_apart())


def colours_shared(book: Codebook) -> list[SharedColour]:
    """Codes beside each other that have one colour."""
    return shared_colours(book)


def alike_in_words(store: StudyStore, name: str, code_id: str) -> str:
    """Which other code in use a name is much like, as a sentence; '' for none."""
    others = [one for one in store.codebook.codebook().codes if one.id != code_id]
    found = alike_to(name, others)
    if not found:
        return ""
    code, why = found[0]
    return f" Its name is much like {code.name}: {why}."
