"""Pieces of the page Before and after: the chart, a kept comparison, choosing one."""
