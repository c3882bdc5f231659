"""From a request to its outcome: the spider, what a response is, and the process it runs in."""
