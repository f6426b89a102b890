"""What a person does with the codebook: import, change, merge, compare, decide."""
