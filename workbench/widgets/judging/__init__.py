"""Pieces of judging by one or two people: verdicts, blind list, supervision."""
