"""Reading files: one module a format; everything is checked before a row is kept."""
