"""Storing what is marked at the coding desk: codings, decisions on suggestions."""
