"""Storing what the cases desk works on: cases, plans, pairings, judgements."""
