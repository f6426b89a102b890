"""What changing a codebook means: merging, splitting, moving, comparing, likeness."""
