"""The dictionaries compiled into one table of stems: nouns, verbs, broken plurals."""
