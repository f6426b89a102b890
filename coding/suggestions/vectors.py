"""Sentence vectors from a packaged table of word pieces: offline, small and fast.

Reads the two files that lie inside the installed package ``wordllama``. Its own loader
is never called, because that looks for the tokenizer on a hub. Without the package
suggestions go on without vectors and say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata, util
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

PACKAGE = "wordllama"
TABLE_FILE = Path("weights") / "l2_supercat_256.safetensors"
TOKENIZER_FILE = Path("tokenizers") / "l2_supercat_tokenizer_config.json"


@dataclass(frozen=True, slots=True)
class VectorsInUse:
    """The vectors suggestions rest on, or the plain statement that there are none.

    ``name`` is empty where there are none. A text's vector is the mean of the vectors
    of its word pieces (static embeddings; Arora, Liang and Ma 2017, unweighted).
    """

    name: str
    in_words: str
    table: Any = None
    tokenizer: Any = None

    @property
    def available(self) -> bool:
        """Whether there is a table to read vectors from."""
        return self.table is not None

    def of(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text; a row of zeros for a text without words.

        Without a table the rows have no columns, and every cosine between them is 0.
        """
        if not self.available:
            return np.zeros((len(texts), 0), dtype=np.float32)
        rows = np.zeros((len(texts), self.table.shape[1]), dtype=np.float32)
        pieces = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        for row, piece in zip(rows, pieces, strict=True):
            if piece.ids:
                row[:] = self.table[piece.ids].astype(np.float32).mean(axis=0)
        return unit_rows(rows)


def unit_rows(rows: Matrix) -> Matrix:
    """The rows brought to length 1; rows of zeros stay zeros.

    >>> unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)).round(1)
    array([[0.6, 0.8],
           [0. , 0. ]], dtype=float32)
    """
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Matrix = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled


def without_vectors(because: str = "No packaged vectors are installed") -> VectorsInUse:
    """No vectors, with the sentence that says so."""
    return VectorsInUse(
        "", f"{because}: suggestions rest on cues and shared words alone."
    )


@cache
def load_vectors() -> VectorsInUse:
    """The packaged vectors, read once and kept; none where they cannot be read."""
    package = util.find_spec(PACKAGE)  # finds without importing
    if package is None or not package.submodule_search_locations:
        return without_vectors()
    folder = Path(package.submodule_search_locations[0])
    try:
        table, tokenizer = _read_files(folder)
        named = f"{PACKAGE} {metadata.version(PACKAGE)}"
    # The two readers raise bare exceptions of their own for a damaged file, and a
    # study must go on whichever it is.
    except Exception:
        return without_vectors("The packaged vectors cannot be read")
    return VectorsInUse(
        named, f"Passages are compared by the vectors of {named}.", table, tokenizer
    )


def _read_files(folder: Path) -> tuple[Any, Any]:
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    table = next(iter(load_file(str(folder / TABLE_FILE)).values()))
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return table, tokenizer
