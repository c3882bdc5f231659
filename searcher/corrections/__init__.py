"""What was meant when little is found: keyboard layout, Latin letters, spelling."""
