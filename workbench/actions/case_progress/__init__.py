"""Comparing how a pair progressed: both files, readings, two people's verdicts."""
