"""How fast Arabic analysis is, on running news, in one process.

    python -m benchmarks.analysis_speed

Prints what was done beside each speed. The lexicon is compiled before anything is timed.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable

from benchmarks.data import read_news
from index import Document, Tokens, analysis, vocabulary_of
from index.analysis.lemmatizer import FORMS
from index.analysis.lexicon.cache import lexicon

ARTICLES = 3000
NEW_WORDS = 50_000
QUERIES = 2000


def timed(work: Callable[[], int]) -> tuple[int, float]:
    """What some work counted, and its seconds of processor time: machines are shared."""
    began = time.process_time()
    count = work()
    return count, time.process_time() - began


def main() -> None:
    """Print every speed."""
    lexicon()
    code = "import time, index.analysis.lexicon.cache as l; t = time.perf_counter(); l.lexicon();"
    loads = subprocess.run(
        [sys.executable, "-c", code + "print(time.perf_counter() - t)"],
        capture_output=True,
        text=True,
        check=True,
    )
    print(f"lexicon, from its cache      {1000 * float(loads.stdout):.1f} ms")
    texts = [f"{row['title']}\n{row['body']}" for row in read_news(ARTICLES)]
    for name, work in (
        ("columns, cold", lambda: sum(len(analysis.columns(text).starts) for text in texts)),
        ("columns, warm", lambda: sum(len(analysis.columns(text).starts) for text in texts)),
        ("analyze, warm", lambda: sum(len(analysis.analyze(text)) for text in texts)),
    ):
        count, seconds = timed(work)
        print(f"{name}   {count:,} tokens, {count / seconds:,.0f} tokens/s")
    words = {
        text[start:end] for text in texts for start, end in zip(*analysis.cut(text), strict=True)
    }
    sample = random.Random(1).sample(sorted(words), min(NEW_WORDS, len(words)))
    FORMS.forget()
    count, seconds = timed(lambda: len([analysis.forms(word) for word in sample]))
    print(f"new written words            {count:,} words, {count / seconds:,.0f} words/s")
    tokens = Tokens.of(Document(key="", url="", title="", body=" ".join(words)))
    vocabulary = vocabulary_of([tokens])
    _, seconds = timed(lambda: len(analysis.variants("كتاب", vocabulary)))
    held = len(set(tokens.columns["body"].exact))
    print(f"first variants of an index   {held:,} terms, {seconds:.2f} s")
    asked = sample[:QUERIES]
    for name in ("new words", "warm     "):
        count, seconds = timed(lambda: sum(len(analysis.variants(w, vocabulary)) for w in asked))
        print(
            f"variants, {name}          {count:,} found, {1000 * seconds / len(asked):.3f} ms each"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"peak memory                  {peak} MB")


if __name__ == "__main__":
    main()
