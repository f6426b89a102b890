"""Storing who codes what: assignments, blind first passes, what coders agreed on."""
