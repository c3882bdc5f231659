"""Results in a terminal: title, source and date, the passage with its words marked, the address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from click import echo, style

from searcher.hits.results import Hit, Results


def show(results: Results) -> None:
    """Print results to stdout, what is not a result to stderr; colours only on a terminal."""
    for number, hit in enumerate(results.hits, start=1):
        for line in _lines(number, hit):
            echo(line)
        echo()
    for note in results.notes:
        echo(style(note, dim=True), err=True)
    echo(style(_total(results), dim=True), err=True)


def _lines(number: int, hit: Hit) -> Iterator[str]:
    title = _marked(hit.title or hit.url, hit.title_marks if hit.title else (), bold=True)
    yield style(f"{number}. ", bold=True) + title
    about = " · ".join(part for part in (hit.source, hit.section, hit.author, hit.date) if part)
    if about:
        yield "   " + style(about, fg="cyan")
    yield "   " + _marked(hit.snippet.text, hit.snippet.marks)
    if hit.missing:
        yield "   " + style("ليس فيها: " + "، ".join(hit.missing), dim=True)
    if hit.copies_total:
        others = "، ".join(dict.fromkeys(copy.source for copy in hit.copies if copy.source))
        yield "   " + style(f"+ {hit.copies_total}: {others}", dim=True)
    yield "   " + style(hit.url, fg="blue")
    for part, score in hit.score_parts:
        yield style(f"   {score:8.3f}  {part}", dim=True)


def _marked(text: str, marks: Iterable[Sequence[int]], *, bold: bool = False) -> str:
    """A line of text with spans in bold yellow; line breaks become spaces, so that spans stay."""
    text = text.replace("\n", " ")
    parts, done = [], 0
    for start, end in marks:
        parts.append(style(text[done:start], bold=bold))
        parts.append(style(text[start:end], fg="yellow", bold=True))
        done = end
    return "".join(parts) + style(text[done:], bold=bold)


def _total(results: Results) -> str:
    sign = "" if results.total_exact else "≥ "
    lacking = results.total - results.total_whole
    whole = f" ({results.total_whole} فيها كل الكلمات، {lacking} فيها بعضها)" if lacking else ""
    partial = " (انتهى الوقت قبل أن يكتمل البحث)" if results.partial else ""
    return f"{sign}{results.total} نتيجة{whole} في {results.took_ms:.0f} ms{partial}"
