"""The commands of the crawl; click is imported here only."""
