"""What can go wrong between a reader and the search, and the answer that says so.

    WebError    the server cannot start: a port is taken, a folder cannot be written

What happens during a request becomes a page, or JSON under `/api/`, with a sentence and, where the
index is missing or outdated, the command to type; never a stack trace, nor a path of this machine,
which go to the log.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import IO, Any

import click
from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from web.responses import as_json, current_locale, html, request_id
from web.search_params import SearchParams

# The commands inside a sentence of ours, without the options that name places on this machine.
_COMMAND = re.compile(r"bahith [a-z]+(?: --rebuild)?")


# What a program tells errors apart by, whatever language their sentences are in.
CODES = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "unknown-format",
    410: "removed",
    413: "too-large",
    415: "unsupported-encoding",
    429: "too-many-requests",
    500: "internal-error",
    503: "unavailable",
}


class WebError(click.ClickException):
    """The root of this package's exceptions: a sentence on stderr and exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it the way all commands of bahith do."""
        click.echo(f"bahith: {self.format_message()}", file=file, err=file is None)


def commands(error: Exception) -> list[str]:
    """What an error of ours tells to type, fit for the public: without paths.

    >>> commands(Exception("no index at /srv/x. Type: bahith index --index whoosh:/srv/x"))
    ['bahith index']
    """
    return list(dict.fromkeys(_COMMAND.findall(str(error))))


def on_index_unavailable(error: Exception) -> Response:
    """503: the index is missing, outdated or damaged; the answer says what to type."""
    current_app.logger.warning("%s", error)
    return error_response(503, commands(error))


def on_http_error(error: HTTPException) -> Response | HTTPException:
    """The page of 404 and its kin; redirects pass."""
    if error.code is None or error.code < 400:
        return error
    answer = error_response(error.code)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def on_unexpected_error(error: Exception) -> Response:
    """500: logged with its trace, shown without."""
    current_app.logger.error(
        "%s %s (request %s)", request.method, request.path, request_id(), exc_info=error
    )
    return error_response(500)


def error_response(status: int, advised: Sequence[str] = ()) -> Response:
    """An error as the kind of answer that was asked for."""
    text = current_locale().catalog.text
    said = status if f"error_{status}" in text else 500 if status >= 500 else 400
    title, advice = text[f"error_{said}"], text[f"error_{said}_help"]
    if "/api/" in request.path:
        return told_error(status, " ".join((title + ".", advice, *advised)))
    return html(
        "error.html",
        SearchParams.of(request.args),
        status=status,
        title=title,
        advice=advice,
        commands=advised,
    )


def told_error(status: int, message: str, **more: object) -> Response:
    """An error as JSON: a code for programs, a sentence for people, and what else is known."""
    said = status if status in CODES else 500 if status >= 500 else 400
    told = {"status": status, "code": CODES[said], "message": message}
    return as_json({"error": told | more}, status=status)
