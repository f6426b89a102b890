"""In which order to code: a sample spread over transcripts, and what is left."""
