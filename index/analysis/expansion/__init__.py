"""The query's side: which terms of an index a word may mean, and by what evidence."""
