"""The bundled sample newspaper and the loopback server that serves it."""
