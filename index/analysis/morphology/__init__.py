"""What a written word may be: prefixes, suffixes and the readings they leave."""
