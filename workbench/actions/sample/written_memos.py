"""The memos of the sample, each by the person whose work it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from coding.coded_segments import Segment
from coding.study import Person
from data.storage import StudyStore
from data.storage.memos.memo_choices import THE_STUDY
from data.storage.memos.memo_records import MemoKind, NewMemo, Thing
from workbench.actions.memos.memos import save_memo
from workbench.actions.sample.sample_files import file_text


def write_memos(store: StudyStore, people: Sequence[Person]) -> Mapping[str, Thing]:
    """The memos of the file as written, by their names there, among other things.

    They are written in its order; later ones lead to earlier ones.
    """
    authors = {person.name: person for person in people}
    things = _things(store)
    for one in tomllib.loads(file_text("memos.toml"))["memo"]:
        about = THE_STUDY if one["about"] == "study" else things[one["of"]]
        links = tuple(things[name] for name in one.get("leads_to", ()))
        new = NewMemo(one["text"].strip(), one.get("title", ""), links)
        author = authors[one["author"]]
        if one["about"] == MemoKind.PASSAGE:
            saved = store.memos.add(
                author.id,
                Thing(MemoKind.PASSAGE, about.id),
                new,
                passage=_passage(store, about.id, one),
            )
        else:
            saved, _ = save_memo(store, author, about, None, new)
        things[one["name"]] = Thing(MemoKind.MEMO, saved.id)
    return things


def _things(store: StudyStore) -> dict[str, Thing]:
    """Codes, sources and cases by the names the file knows them by."""
    codes = store.codebook.codebook().codes
    sources = store.sources.summaries()
    _, cases = store.cases.listing()
    return {
        **{one.name: Thing(MemoKind.CODE, one.id) for one in codes},
        **{one.name: Thing(MemoKind.SOURCE, one.id) for one in sources},
        **{one.reference: Thing(MemoKind.CASE, one.id) for one in cases},
    }


def _passage(store: StudyStore, source_id: str, one: Mapping[str, Any]) -> Segment:
    source = store.sources.read(source_id)
    assert source is not None, "a source of the sample was read a moment ago"
    start = source.transcript.text.index(one["quotation"])
    return Segment(start, start + len(one["quotation"]))
