"""Storing the comparison of progress: settings, form, readings, verdicts."""
