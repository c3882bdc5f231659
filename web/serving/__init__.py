"""The production server, its bounds on sockets, and the demo that starts it."""
