"""Records of interviews as files: a workbook of all, a Word file of one."""
