"""Storing memos: whose they are, what they are about, who may read them."""
