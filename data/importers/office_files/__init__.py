"""Word and Excel files: checked inside, then read by their libraries."""
