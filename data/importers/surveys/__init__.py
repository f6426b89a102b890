"""Reading the published results of surveys."""
