"""The only place that makes markup out of text."""
