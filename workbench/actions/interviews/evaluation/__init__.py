"""Measuring how well codes are suggested, on tables that people coded."""

from workbench.actions.interviews.evaluation.coded_tables import (
    SuggestionsEvaluated,
    evaluate_tables,
)
from workbench.actions.interviews.evaluation.figures import (
    evaluation_as_values,
    evaluation_in_lines,
)

__all__ = [
    "SuggestionsEvaluated",
    "evaluate_tables",
    "evaluation_as_values",
    "evaluation_in_lines",
]
