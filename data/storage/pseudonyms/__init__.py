"""Storing pseudonyms: the key held open by who may, names replaced and put back."""
