"""The sample study: built from the files that ship, and enlarged for trying sizes."""

from workbench.actions.sample.building import (
    FILE_NAME,
    build_sample_study,
    ensure_sample_study,
)
from workbench.actions.sample.enlarging import SampleSize, enlarge_sample

__all__ = [
    "FILE_NAME",
    "SampleSize",
    "build_sample_study",
    "enlarge_sample",
    "ensure_sample_study",
]
