"""Hypotheses, debriefs and learning circles: what a person does with them."""
