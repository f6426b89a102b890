"""What the debrief team looks at: themes, quotations, indicators."""
