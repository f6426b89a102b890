"""The sample's reconciled interview: differences settled by its two coders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coding.agreement.differences import Difference
from coding.study import Person
from data.storage import StudyStore
from data.storage.coders.coder_records import Decision, Settling
from workbench.actions.sample.sample_files import file_rows


def settle_codings(store: StudyStore, people: Sequence[Person]) -> None:
    """Settle every difference of the sources in ``agreed.csv``, and close them.

    A row names the passage by one coder's code there and the words it begins with.
    """
    ids = {one.name: one.id for one in people}
    codes = {one.name: one.id for one in store.codebook.codebook().codes}
    rows: dict[str, list[dict[str, str]]] = {}
    for row in file_rows("agreed.csv"):
        rows.setdefault(row["source"], []).append(row)
    sources = {one.file_name: one.id for one in store.sources.summaries()}
    for file_name, listed in rows.items():
        source_id = sources[file_name]
        source = store.sources.read(source_id)
        assert source is not None, "a source listed a moment ago is there"
        settling = store.settling.read(source_id)
        for row in listed:
            passage = _passage(settling, source.transcript.text, row, ids, codes)
            store.settling.decide(
                ids[row["decided_by"]],
                source_id,
                passage.key,
                Decision(row["decision"]),
                reading_of=ids.get(row["reading_of"], ""),
                rationale=row["rationale"],
            )
        closes = ids[listed[0]["decided_by"]]
        store.settling.take_over_alike(closes, source_id)
        store.settling.close(closes, source_id)


def _passage(
    settling: Settling,
    text: str,
    row: Mapping[str, str],
    ids: Mapping[str, str],
    codes: Mapping[str, str],
) -> Difference:
    return next(
        one
        for one in settling.differing
        for coded in one.of(ids[row["coder"]])
        if coded.code_id == codes[row["code"]]
        and text.startswith(row["begins"], coded.segment.start)
    )
