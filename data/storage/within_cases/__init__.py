"""Storing cases compared with themselves, and guarding what came later in them."""
