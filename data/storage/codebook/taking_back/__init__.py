"""Taking changes of the codebook back, and doing them again."""
