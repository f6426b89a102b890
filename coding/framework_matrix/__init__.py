"""The framework matrix: who by what theme, how much is coded, what is still thin.

Ritchie and Spencer (1994); Gale et al. (2013): codings are charted into a matrix of
people by themes, whose cells hold written summaries that lead back to the words.
"""
