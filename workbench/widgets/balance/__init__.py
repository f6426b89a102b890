"""Pieces of the page on balance: chart, unpaired, other settings, the account."""
