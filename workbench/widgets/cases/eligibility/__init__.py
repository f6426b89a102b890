"""Who may be paired with whom, in words: what each rule left, what a change brings."""
