"""What each route promises: its parameters, its answers; strict requests are held against it."""
