"""Results in a terminal: title, source and date, the passage with its words marked, the address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from searcher.hits.results import Hit, Results

MARKED = "bold yellow"


def show(results: Results) -> None:
    """Print results to stdout, what is not a result to stderr; colours only on a terminal."""
    console = Console(highlight=False, soft_wrap=True)
    for number, hit in enumerate(results.hits, start=1):
        for line in _lines(number, hit):
            console.print(line)
        console.print()
    aside = Console(stderr=True, highlight=False, soft_wrap=True, style="dim")
    for note in results.notes:
        aside.print(Text(note))
    aside.print(Text(_total(results)))


def _lines(number: int, hit: Hit) -> Iterator[Text]:
    title = _marked(hit.title or hit.url, hit.title_marks if hit.title else ())
    title.stylize("bold")
    yield Text(f"{number}. ").append_text(title)
    about = " · ".join(part for part in (hit.source, hit.section, hit.author, hit.date) if part)
    if about:
        yield Text("   " + about, style="cyan")
    yield Text("   ").append_text(_marked(hit.snippet.text, hit.snippet.marks))
    if hit.missing:
        yield Text("   ليس فيها: " + "، ".join(hit.missing), style="dim")
    yield Text("   " + hit.url, style="blue")
    for part, score in hit.score_parts:
        yield Text(f"   {score:8.3f}  {part}", style="dim")


def _marked(text: str, marks: Iterable[Sequence[int]]) -> Text:
    """A line of text with spans in bold; line breaks become spaces, so that spans stay."""
    line = Text(text.replace("\n", " "))
    for start, end in marks:
        line.stylize(MARKED, start, end)
    return line


def _total(results: Results) -> str:
    sign = "" if results.total_exact else "≥ "
    lacking = results.total - results.total_whole
    whole = f" ({results.total_whole} فيها كل الكلمات، {lacking} فيها بعضها)" if lacking else ""
    partial = " (انتهى الوقت قبل أن يكتمل البحث)" if results.partial else ""
    return f"{sign}{results.total} نتيجة{whole} في {results.took_ms:.0f} ms{partial}"
