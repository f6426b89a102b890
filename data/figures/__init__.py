"""Published figures and how a page reads them: quarterly indicators, survey results."""
