"""The only package that talks to a database or knows a file format."""
