"""Tables of interviews: sources, codes, codings, memos and who codes what."""
