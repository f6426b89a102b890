"""Pieces of page that several pages show; each draws and returns what was done."""
