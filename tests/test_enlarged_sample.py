"""The sample at a size: as many as asked for, the same each time, plainly synthetic."""

from __future__ import annotations

from datetime import date

from coding.transcripts import SourceKind
from data.importers.cases.case_import import read_cases
from data.storage import StudyStore
from matching.cases import Era
from workbench.actions.sample import SampleSize, enlarge_sample
from workbench.actions.sample.sample_files import CASE_FILES, file_bytes
from workbench.actions.sample.synthetic_cases import synthetic_cases
from workbench.actions.sample.synthetic_interviews import (
    coded_turns,
    synthetic_interviews,
)

_PRACTICE_START = date(2024, 4, 15)


def _batch(seed: int = 1):
    sample = read_cases([(name, file_bytes(name)) for name in CASE_FILES])
    return synthetic_cases(
        sample,
        contemporary=40,
        historic=300,
        practice_start=_PRACTICE_START,
        seed=seed,
    )


def test_a_study_grows_to_the_size_with_codings_in_place(
    sample_study: StudyStore,
) -> None:
    store = sample_study
    before = {one.id for one in store.sources.summaries()}
    heard: list[str] = []
    enlarge_sample(
        store,
        SampleSize(interviews=20, contemporary=50, historic=400, words=1_000),
        progress=lambda done, words: heard.append(f"{done:.0%} {words}"),
    )
    summaries = store.sources.summaries()
    interviews = [one for one in summaries if one.kind is SourceKind.INTERVIEW]
    assert len(interviews) == 20
    added = [one for one in summaries if one.id not in before]
    assert all(one.name.startswith("Synthetic interview ") for one in added)
    assert all(1_000 <= one.words <= 1_400 for one in added)
    assert sum(one.coded_passages for one in added) > 50
    counts = store.cases.counts()
    assert (counts.contemporary, counts.historic) == (50, 400)
    assert heard[-1] == f"100% {len(added)} of {len(added)} synthetic interviews"


def test_a_copied_coding_marks_the_words_it_marked(sample_study: StudyStore) -> None:
    store = sample_study
    known = {(p.code_name, p.quotation) for p in store.coding.passages()}
    enlarge_sample(store, SampleSize(interviews=20, words=1_000))
    copied = [
        passage
        for passage in store.coding.passages()
        if passage.source_name.startswith("Synthetic")
    ]
    assert copied
    assert all((one.code_name, one.quotation) in known for one in copied)


def test_the_same_seed_gives_the_same_and_another_gives_another(
    sample_study: StudyStore,
) -> None:
    turns = coded_turns(sample_study)

    def texts(seed: int) -> list[str]:
        return [
            one.source.transcript.text
            for one in synthetic_interviews(
                turns,
                count=3,
                words=400,
                waves=["Wave 1"],
                localities=["Sallowby"],
                seed=seed,
            )
        ]

    assert texts(1) == texts(1)
    assert texts(1) != texts(2)
    assert _batch() == _batch()
    assert _batch() != _batch(seed=2)


def test_synthetic_cases_say_so_and_keep_their_era() -> None:
    batch = _batch()
    assert len({one.reference for one in batch.records}) == 340
    for record in batch.records:
        assert record.reference.startswith("S")
        referred = date.fromisoformat(record.facts["referral_date"])
        is_after = referred >= _PRACTICE_START
        assert is_after == (record.era is Era.CONTEMPORARY)
    assert batch.notes
    assert all(note.text.startswith("Synthetic. ") for note in batch.notes)
    families = [record.facts["family_id"] for record in batch.records]
    assert len(set(families)) < len(families)


def test_a_size_that_is_there_already_adds_nothing(sample_study: StudyStore) -> None:
    before = sample_study.progress.counts()
    enlarge_sample(sample_study, SampleSize(interviews=1, contemporary=1))
    assert sample_study.progress.counts() == before
