"""Coverage: when and where a question was written about, and in which words."""
