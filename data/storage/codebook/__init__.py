"""Storing the codebook: codes, how they changed, and what a change touched."""
