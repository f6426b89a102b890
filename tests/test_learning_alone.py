"""Learning without its models, and by itself after a batch of decisions."""

from __future__ import annotations

import pytest
from interview_desk import PRIYA, an_operation
from page_tests import open_page, words_on
from test_learning import taught

from coding.suggestions.vectors import without_vectors
from workbench.actions.interviews import suggesting

__all__ = ["taught"]

pytestmark = pytest.mark.language_model


def test_without_vectors_suggestions_still_learn_and_say_so(
    taught, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _, left = taught
    broken = without_vectors("The packaged vectors cannot be read")
    for module in ("preparing.prepared", "engine"):
        monkeypatch.setattr(f"coding.suggestions.{module}.load_vectors", lambda: broken)
    made = suggesting.make_suggestions(store, PRIYA, [left])
    assert made.waiting
    assert made.models.startswith("Learned from")
    assert "vectors" in made.models


def test_nothing_is_learned_from_where_nothing_can_be(taught) -> None:
    store, _, left = taught
    for source in store.sources.summaries():
        store.suggestion_settings.mark_read_through("priya", source.id, is_read=False)
    made = suggesting.make_suggestions(store, PRIYA, [left])
    assert "Too little is decided to learn from" in made.models
    last = store.lessons.last()
    assert last is not None
    assert not last.has_learned


def test_a_batch_of_decisions_on_a_page_begins_learning_by_itself(
    taught, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _, left = taught
    suggesting.make_suggestions(store, PRIYA, [left])
    first = store.lessons.last()
    assert first is not None
    begun: list[str] = []
    monkeypatch.setattr(
        "workbench.jobs.start_job", lambda key, title, work: begun.append(title)
    )
    monkeypatch.setattr(suggesting, "A_BATCH", 1)
    app = open_page("suggestions_page", store.database.file, "priya")
    app.button(key="reject seen").click().run()
    assert not app.exception
    assert "rejected." in words_on(app)
    assert begun == ["Learning from what was decided"]


def test_moved_and_rejected_are_counted_towards_the_next_batch(taught) -> None:
    store, _, left = taught
    suggesting.make_suggestions(store, PRIYA, [left])
    last = store.lessons.last()
    assert last is not None
    waiting = store.suggestions.open_of(left)
    assert waiting
    reject = an_operation("reject", suggestion_id=waiting[0].id)
    store.coding.apply("priya", left, [reject])
    assert store.lessons.decided_since(last.learned_at) == 1
