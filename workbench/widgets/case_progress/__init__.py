"""What the page on comparing progress shows: evidence, readings, verdicts."""
