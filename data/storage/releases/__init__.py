"""Storing what leaves the study: the rule for small numbers, requests, releases."""
