"""Every speed or quality claim has a command here that prints it."""
