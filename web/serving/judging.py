"""The page that a pool is judged on: a question, an article, three grades.

It is for the one who started it: it answers this machine alone, takes grades only from its own
forms (a token a process, so that no other page can send one), and each is on the disk before the
next pair is shown. Buttons and links do all; keys press them where JavaScript runs.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Sequence
from pathlib import Path

from flask import Flask, Response, abort, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from index import EngineError
from searcher import Searcher, SearchError, lead
from searcher.evaluation.judgements import Judgement, PoolEntry, append_judgement
from web.access import refuse_unknown_host
from web.blueprint import CONTENT_POLICY, HEADERS
from web.html import markup
from web.html.highlight import marks
from web.locale.locale import CATALOGS, Locale
from web.responses import query_string

# Worth of an answer, by its key: not, partly, wholly right.
GRADES = (0, 1, 2)
# Hits whose snippets are shown as readers see them; an article further down shows its beginning.
DEPTH = 100


class JudgingSession:
    """A pool, its file of judgements, and what is judged so far."""

    def __init__(
        self,
        searcher: Searcher,
        pool: Sequence[PoolEntry],
        qrels: Path,
        judged: Sequence[Judgement] = (),
    ) -> None:
        """Go on where the file of judgements, of which `judged` was read, ends."""
        self.searcher, self.pool, self.qrels = searcher, pool, qrels
        self.token = secrets.token_urlsafe()
        self._grades = {(one.question, one.article): one.grade for one in judged}
        self._lock = threading.Lock()

    def grade_of(self, place: int) -> int | None:
        """The grade of a pair by its place in the pool, counted from one."""
        entry = self.pool[place - 1]
        return self._grades.get((entry.question, entry.article))

    def open_after(self, place: int) -> int:
        """The next pair without a grade, from the first on behind the last; 0 when all have one."""
        places = range(1, len(self.pool) + 1)
        around = (*places[place:], *places[:place])
        return next((one for one in around if self.grade_of(one) is None), 0)

    def judged(self) -> int:
        """How many pairs have a grade."""
        return sum((one.question, one.article) in self._grades for one in self.pool)

    def grade(self, place: int, grade: int) -> None:
        """Keep a grade: first in the file."""
        entry = self.pool[place - 1]
        with self._lock:
            append_judgement(self.qrels, Judgement(entry.question, entry.article, grade))
            self._grades[entry.question, entry.article] = grade


def judging_app(session: JudgingSession) -> Flask:
    """The application of one page; `GET /?at=N` shows a pair, `POST /` grades it."""
    app = Flask("web", static_url_path="/bahith-static")
    app.config["BAHITH_HOSTS"] = ""
    app.before_request(refuse_unknown_host)
    app.after_request(_with_headers)
    app.register_error_handler(HTTPException, _refusal)
    for kind in (EngineError, SearchError, OSError):
        app.register_error_handler(kind, _failure)
    app.add_url_rule("/", "page", lambda: _page(session))
    app.add_url_rule("/", "grade", lambda: _grade(session), methods=["POST"])
    return app


def _page(session: JudgingSession) -> str:
    locale = Locale.of(request.args)
    asked = "at" in request.args
    place = _number(request.args.get("at", ""), session) if asked else session.open_after(0)
    return render_template(
        "bahith/judge.html",
        **(_pair(session, place) if place else {}),
        session=session,
        place=place,
        total=len(session.pool),
        grades=GRADES,
        locale=locale,
        t=locale.catalog.text,
        markup=markup,
        here=lambda at=None: _here(locale, at),
        others=[one for one in CATALOGS.values() if one is not locale.catalog],
        other_address=lambda one: _here(Locale(one), place or None),
    )


def _pair(session: JudgingSession, place: int) -> dict[str, object]:
    """What a page shows of a pair; without a document where the index has it no more."""
    entry = session.pool[place - 1]
    document = session.searcher.document(entry.article)
    if document is None:
        return {"entry": entry, "document": None}
    hits = session.searcher.search(entry.query, limit=DEPTH).hits
    hit = next((one for one in hits if one.id == entry.article), None)
    return {
        "entry": entry,
        "document": document,
        "title": markup.marked(document.title, marks(entry.query, document.title)),
        "snippet": hit.snippet if hit else lead(document.body),
        "paragraphs": list(markup.paragraphs(document.body, marks(entry.query, document.body))),
        "link": markup.web_link(document.url),
    }


def _grade(session: JudgingSession) -> AnyResponse:
    locale = Locale.of(request.args)
    sent = request.form.get("token", "").encode("utf-8", "replace")
    if not hmac.compare_digest(sent, session.token.encode()):
        return _plain(locale.text("judge_stale"), 403)
    place, grade = _number(request.form.get("at", ""), session), request.form.get("grade", "")
    if grade not in map(str, GRADES):
        abort(400)
    session.grade(place, int(grade))
    return redirect(_here(locale, session.open_after(place) or None), 303)


def _number(text: str, session: JudgingSession) -> int:
    """A place of the pool; anything else is a bad request."""
    place = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return place if 0 < place <= len(session.pool) else abort(400)


def _here(locale: Locale, at: int | None) -> str:
    query = query_string({"at": at, **locale.arguments})
    return f"/?{query}" if query else "/"


def _refusal(error: HTTPException) -> Response:
    text, code = Locale.of(request.args).catalog.text, error.code or 500
    return _plain(text.get(f"error_{code}", text["error_400"]), code)


def _failure(error: Exception) -> Response:
    """503 with the reason: who judges is who started the command. Nothing was kept."""
    said = Locale.of(request.args).text("judge_failed")
    return _plain(f"{said} {error}", 503)


def _plain(said: str, status: int) -> Response:
    return Response(f"{said}\n", status, content_type="text/plain; charset=utf-8")


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers.setdefault("Cache-Control", "no-store")
    return response
