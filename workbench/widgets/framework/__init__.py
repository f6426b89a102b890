"""The themes matrix on its page: the grid, the open cell, how a matrix is made."""
