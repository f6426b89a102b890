"""The list of tasks on the home page: how far each is, and who does what next."""
