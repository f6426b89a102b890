"""Tables of cases: their files, pairs, judgements and progress."""
