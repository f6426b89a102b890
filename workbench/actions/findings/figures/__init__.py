"""Published figures in a report of findings: their rows and their charts."""
