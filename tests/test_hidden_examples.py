"""Examples picked before are hidden from whoever codes their source blind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from interview_desk import a_desk, a_source, code_words
from page_tests import everything_on, open_page

from data.people_rights.consent import NOTHING_ASKED, Answer, Consent, Use
from data.storage import StudyStore
from workbench.actions.codebook import codebooks, versions
from workbench.actions.codebook.changes import details_in_words
from workbench.actions.suggesting import alike
from workbench.actions.together.reports import report_content

WORDS = "The same worker came every week"
ALIKE = "Interviewer: And then?\n\nMum: Some worker rang us each week at noon."


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str]:
    """Priya's passage is an example of Same worker, beside one written by hand."""
    store = empty_store
    source, same, _ = a_desk(store)
    coded = code_words(WORDS, same)
    store.coding.apply("priya", source, [coded])
    store.codebook_versions.keep("priya", "First")
    code = store.codebook.codebook().by_id()[same]
    code = store.codebook.change("priya", replace(code, examples=("She stayed.",)))
    store.code_changes.pick_example("priya", same, code.version, coded.segment_id)
    store.codebook_versions.keep("priya", "Second")
    return store, source, same


def _blind(store: StudyStore, source: str) -> None:
    store.coders.give("lead", [source], "tom", blind=True)


def _code(store: StudyStore, same: str):
    return store.codebook.codebook().by_id()[same]


def _page(store: StudyStore, who: str, **address: str) -> str:
    app = open_page("codebook_page", store.database.file or "", who, **address)
    assert not app.exception
    return everything_on(app)


def _details(store: StudyStore, reader: str | None) -> str:
    changes = store.code_changes.changes(reader_id=reader)
    return " ".join(line for one in changes for line in details_in_words(one))


def test_whoever_codes_the_source_blind_is_told_that_an_example_is_hidden(desk) -> None:
    store, source, same = desk
    assert WORDS in _page(store, "tom", code=same)
    _blind(store, source)
    shown = _page(store, "tom", code=same)
    assert "She stayed." in shown
    assert WORDS not in shown
    assert "1 example is hidden until all who code the transcript blind" in shown
    assert f'"source": "{source}"' not in shown
    # Who does not code it reads the example as before.
    others = _page(store, "priya", code=same)
    assert WORDS in others
    assert "hidden until" not in others
    store.coders.finish("tom", source)
    assert WORDS in _page(store, "tom", code=same)


def test_the_history_tells_of_it_to_everybody_else(desk) -> None:
    store, source, _ = desk
    assert WORDS in _page(store, "tom", part="history")
    _blind(store, source)
    assert WORDS not in _page(store, "tom", part="history")
    assert WORDS in _details(store, "priya")
    assert "She stayed." in _details(store, "tom")
    assert WORDS not in _details(store, "tom")
    assert WORDS not in _details(store, None)


def test_no_file_of_the_codebook_holds_it(desk) -> None:
    store, source, _ = desk
    lead = store.study.person("lead")

    def files() -> dict[str, str]:
        first, second = store.codebook_versions.versions()
        listed = {
            ".csv": codebooks.codebook_as_csv(store),
            "version": versions.version_as_csv(store, second),
            "differences": versions.differences_as_csv(
                versions.differences(store, first, second)
            ),
            "report.csv": report_content(store, "codebook", ".csv", person=lead),
            "report.html": report_content(store, "codebook", ".html", person=lead),
        }
        return {name: content.decode("utf-8-sig") for name, content in listed.items()}

    assert all(WORDS in words for words in files().values())
    _blind(store, source)
    assert all("She stayed." in words for words in files().values())
    assert not [name for name, words in files().items() if WORDS in words]


def test_saving_what_one_may_not_read_does_not_take_it_away(desk) -> None:
    store, source, same = desk
    _blind(store, source)
    [seen] = [
        one.code
        for one in codebooks.listed_codes(store, reader_id="tom")
        if one.code.id == same
    ]
    assert seen.examples == ("She stayed.",)
    assert seen.example_places == ()
    store.codebook.change("tom", replace(seen, examples=("She left.",)))
    kept = _code(store, same)
    assert set(kept.examples) == {"She left.", WORDS}
    assert [one.words for one in kept.example_places] == [WORDS]


def test_a_codebook_taken_away_and_brought_in_again_changes_nothing(desk) -> None:
    store, source, same = desk
    before = _code(store, same)
    _blind(store, source)
    file = codebooks.codebook_as_csv(store)
    entries, changes = codebooks.read_codebook_file(store, "codebook.csv", file)
    assert changes.changed == ()
    codebooks.import_codebook(store, store.study.person("tom"), entries)
    assert _code(store, same) == before


def test_more_like_a_code_names_no_word_of_a_hidden_example(desk) -> None:
    store, source, same = desk
    store.sources.save("priya", [a_source("P08 wave 1", ALIKE)])
    tom = store.study.person("tom")

    def shared() -> set[str]:
        # Nothing is coded so where tom may read: the code's own words are asked for.
        code = replace(_code(store, same), name="Contact", examples=(WORDS,))
        index = alike.index_of(store)
        found = alike.like_code(store, tom, index, replace(code, id="unused"))
        return {word for one in found.found for word in one.shared_words}

    assert shared() >= {"worker", "week"}
    _blind(store, source)
    assert not shared() & {"worker", "week"}


def test_an_example_of_whoever_may_not_be_quoted_is_told_and_can_go(desk) -> None:
    store, _, same = desk
    [amira] = store.study.participants()
    said = {**NOTHING_ASKED, Use.QUOTATION: Answer.NO}
    store.consent.record("lead", Consent(amira.id, said))
    app = open_page("codebook_page", store.database.file or "", "di", code=same)
    shown = everything_on(app)
    assert "1 example not shown: whoever says it may not be quoted." in shown
    assert "She stayed." in shown
    assert WORDS not in codebooks.codebook_as_csv(store).decode("utf-8-sig")
    store.codebook.change("priya", replace(_code(store, same), examples=("She left.",)))
    assert _code(store, same).examples == ("She left.",)
