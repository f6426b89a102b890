"""The packaged vectors: read from installed files, with sockets blocked."""

from __future__ import annotations

import socket
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coding.suggestions import vectors
from coding.suggestions.vectors import load_vectors, unit_rows, without_vectors


@pytest.fixture
def fresh() -> Any:
    load_vectors.cache_clear()
    yield
    load_vectors.cache_clear()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("something tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.language_model
def test_vectors_are_read_without_reaching_out(fresh: None, no_network: None) -> None:
    with pytest.raises(AssertionError):
        socket.create_connection(("127.0.0.1", 9))  # the block itself holds
    in_use = load_vectors()
    assert in_use.available
    assert in_use.name.startswith("wordllama ")
    assert in_use.name in in_use.in_words
    rows = in_use.of(["We listened.", ""])
    assert rows.shape == (2, 256)
    assert float(np.linalg.norm(rows[0])) == pytest.approx(1, abs=1e-5)
    assert not rows[1].any()


@pytest.mark.language_model
def test_texts_about_one_thing_are_nearer_than_texts_about_two() -> None:
    told, retold, weather = load_vectors().of(
        [
            "We had to repeat our story to every new worker.",
            "Each time another person asked me the same questions again.",
            "The car park floods whenever it rains.",
        ]
    )
    assert told @ retold > told @ weather


def test_a_missing_package_is_said_plainly(
    fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "PACKAGE", "no_such_package")
    in_use = load_vectors()
    assert not in_use.available
    assert in_use.in_words == (
        "No packaged vectors are installed: suggestions rest on cues and shared words "
        "alone."
    )


def test_a_damaged_package_is_said_plainly(
    fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / vectors.TABLE_FILE).write_bytes(b"not a table")
    spec = ModuleSpec("wordllama", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(vectors.util, "find_spec", lambda _: spec)
    in_use = load_vectors()
    assert not in_use.available
    assert in_use.in_words.startswith("The packaged vectors cannot be read:")


def test_without_vectors_every_cosine_is_nought() -> None:
    rows = without_vectors().of(["one", "two"])
    assert (rows @ rows.T).tolist() == [[0, 0], [0, 0]]


def test_rows_of_nought_stay_nought() -> None:
    rows = unit_rows(np.array([[0.0, 0.0], [0.0, 5.0]], dtype=np.float32))
    assert rows.tolist() == [[0, 0], [0, 1]]
