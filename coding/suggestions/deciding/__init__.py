"""From probabilities to suggestions: how sure is sure enough, and why."""
