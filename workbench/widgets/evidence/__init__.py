"""Choosing and showing evidence, for every page that links some."""
