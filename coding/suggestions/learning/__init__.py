"""What a researcher's codings teach: turns in, probabilities of codes out."""
