"""Choosing partners from ranked lists: optimal over all cases, or nearest in turn."""
