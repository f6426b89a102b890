"""What pages keep in memory of a study, let go of when something is erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from data.people_rights.derived import register_derived

Cached = TypeVar("Cached", bound=Callable[..., Any])


def forgotten_when_erased(cached: Cached) -> Cached:
    """The cached function, whose answers go when people's words are erased.

    Stands above Streamlit's own decorator on every function that keeps something read
    from a study.
    """
    clear = cached.clear  # type: ignore[attr-defined]
    name = f"page memory {cached.__module__}.{cached.__qualname__}"
    register_derived(name, lambda _hashes: clear())
    return cached
