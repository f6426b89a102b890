"""Outcomes of the logic model as people read them: strands, standing, words."""
