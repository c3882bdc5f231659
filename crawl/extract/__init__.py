"""One page's bytes to an article, or to the reason why it is none: `extract` and `explain`.

`parse_page` and `extract_page` are its two halves, for those who read links from the same tree.
"""

from crawl.extract.pipeline import PageExplanation, explain, extract, extract_page
from crawl.extract.tree.parsed_page import ParsedPage, parse_page

__all__ = ["PageExplanation", "ParsedPage", "explain", "extract", "extract_page", "parse_page"]
