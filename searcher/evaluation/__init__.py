"""How well an index answers questions whose right answers are known."""
