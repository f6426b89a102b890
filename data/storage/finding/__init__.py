"""Finding in a study: turns by their words, passages by their codes."""
