"""Text without HTML: decoding, cleaning, dates. What every later folder of the crawl may use."""
