"""The rows that the numbers of a report lead back to."""
