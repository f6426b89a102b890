"""Pseudonyms: names reviewed, listed, replaced, and looked for in new sources."""
