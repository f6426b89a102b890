"""Framework matrices as files for the team: a workbook, and a landscape Word file."""
