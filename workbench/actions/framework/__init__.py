"""The framework matrix: made, read, its cells written, and taken away as files."""
