"""One page's bytes to an article, or to the reason why it is none: `extract` and `explain`."""

from crawl.extract.pipeline import Explanation, explain, extract

__all__ = ["Explanation", "explain", "extract"]
