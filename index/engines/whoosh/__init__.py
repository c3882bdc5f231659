"""index/engines/whoosh."""
