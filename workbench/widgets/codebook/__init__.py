"""Pieces of the codebook page: the tree, a code, what is done to it, its history."""
