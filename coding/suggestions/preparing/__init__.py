"""A study's text made ready for learning: once for each import, blind to codes."""
