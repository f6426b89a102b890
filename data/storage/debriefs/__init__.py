"""Storing hypotheses and debriefs: what was put up, challenged, agreed and not."""
