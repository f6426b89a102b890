"""How two cases are set side by side: values read, distances, reasons in words."""
