"""The pseudonym key: what it holds, its file, how it is sealed."""
