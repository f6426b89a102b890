"""Storing framework matrices: what each shows, its cells, what they rest on."""
