"""Who may see what: keys, and the one place where a request's scope is decided."""
