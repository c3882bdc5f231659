"""`bahith eval judge`: the page that a pool is judged on."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bahith import bahith
from crawl import key_of
from searcher import Searcher
from searcher.evaluation.judgements import Judgement, PoolEntry
from tests.browser import browser, missing
from tests.newsroom import ARTICLES, HOSTILE, VISIT_ID, WHEAT, fill, served
from tests.test_web_server import running
from web.serving.judging import JudgingSession, judging_app

POOL = [
    PoolEntry("1", "السفير الروسي", VISIT_ID),
    PoolEntry("1", "السفير الروسي", key_of(WHEAT.url)),
    PoolEntry("2", "زلزال", key_of(HOSTILE.url)),
    PoolEntry("2", "زلزال", "gone"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom's index."""
    place = tmp_path_factory.mktemp("judged")
    fill(place, *ARTICLES)
    return place


@pytest.fixture(scope="module")
def searcher(folder: Path) -> Iterator[Searcher]:
    """What finds in it."""
    with closing(Searcher.open(f"whoosh:{folder / 'index'}")) as opened:
        yield opened


@pytest.fixture
def session(searcher: Searcher, tmp_path: Path) -> JudgingSession:
    """A pool of which nothing is judged."""
    return JudgingSession(searcher, POOL, tmp_path / "qrels")


@pytest.fixture
def client(session: JudgingSession) -> FlaskClient:
    """Who judges it."""
    return judging_app(session).test_client()


def graded(client: FlaskClient, session: JudgingSession, at: int, grade: int) -> str:
    """Where the page goes when a button is pressed."""
    form = {"token": session.token, "at": str(at), "grade": str(grade)}
    answer = client.post("/", data=form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_a_page_shows_a_question_and_an_article_with_its_words_marked(client: FlaskClient) -> None:
    """With the place in the pool, three grades, and nothing inline that could run."""
    answer = client.get("/")
    page = answer.text
    for shown in ("السفير الروسي", "بريد المرسى", "١ آب/أغسطس ٢٠١٥", "١/٤", "<mark>السفير"):
        assert shown in page
    assert re.findall(r'name="grade" value="(\d)"', page) == ["0", "1", "2"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Judge results" in client.get("/?lang=en").text
    assert "1/4" in client.get("/?lang=en").text


def test_what_an_article_says_is_text(client: FlaskClient) -> None:
    """No markup and no address of it reaches the page; one that is gone can be skipped."""
    page = client.get("/?at=3").text
    assert "&lt;script&gt;" in page
    assert not re.search(r"<script>|<img|<svg|javascript:", page)
    assert "لم تعد هذه المقالة" in client.get("/?at=4").text


def test_a_grade_is_in_the_file_before_the_next_pair_is_shown(
    client: FlaskClient, session: JudgingSession
) -> None:
    """What is skipped comes again at the end; going back and judging again adds a line."""
    assert graded(client, session, 2, 0) == "/?at=3"
    assert session.qrels.read_text(encoding="utf-8") == f"1 0 {key_of(WHEAT.url)} 0\n"
    assert [graded(client, session, at, 2) for at in (3, 4)] == ["/?at=4", "/?at=1"]
    assert graded(client, session, 1, 2) == "/"
    assert "bahith eval" in client.get("/").text
    assert 'value="0" aria-keyshortcuts="0" aria-pressed="true"' in client.get("/?at=2").text
    graded(client, session, 2, 1)
    assert session.qrels.read_text(encoding="utf-8").splitlines()[-1].endswith(" 1")


def test_what_is_judged_is_not_asked_again(session: JudgingSession) -> None:
    """A start goes on where the file ends; judgements of other pools are nothing to it."""
    judged = [Judgement("1", VISIT_ID, 2), Judgement("7", "other", 1)]
    again = JudgingSession(session.searcher, POOL, session.qrels, judged)
    assert (again.judged(), again.open_after(0)) == (1, 2)
    assert "٢/٤" in judging_app(again).test_client().get("/").text


def test_only_this_page_of_this_machine_gives_grades(
    client: FlaskClient, session: JudgingSession
) -> None:
    """A strange page has no token, a strange name that points here is not answered."""
    form = {"at": "1", "grade": "2"}
    for token in ({}, {"token": "x"}, {"token": "ظ"}, {"token": session.token[:-1]}):
        answer = client.post("/?lang=en", data=form | token)
        assert (answer.status_code, "reload it" in answer.text) == (403, True)
    whole = form | {"token": session.token}
    assert client.post("/", data=whole, headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert not session.qrels.exists()


@given(at=st.text(max_size=5) | st.integers(), grade=st.text(max_size=3) | st.integers())
def test_what_is_no_place_and_no_grade_is_refused(
    searcher: Searcher, at: str | int, grade: str | int
) -> None:
    """400, before the file is touched, which could not even be written here."""
    session = JudgingSession(searcher, POOL, Path("/nowhere/qrels"))
    client = judging_app(session).test_client()
    form = {"token": session.token, "at": str(at), "grade": str(grade)}
    is_right = str(at) in {"1", "2", "3", "4"} and str(grade) in {"0", "1", "2"}
    status = client.post("/", data=form).status_code
    assert status == 400 or (is_right and status == 503)


def test_a_grade_that_cannot_be_kept_is_said(searcher: Searcher) -> None:
    """503 with the reason, and the pair is asked again."""
    session = JudgingSession(searcher, POOL, Path("/nowhere/qrels"))
    form = {"token": session.token, "at": "1", "grade": "1"}
    answer = judging_app(session).test_client().post("/?lang=en", data=form)
    assert (answer.status_code, "Nothing was kept" in answer.text) == (503, True)
    assert session.open_after(0) == 1


def test_a_pool_is_judged_from_the_first_command_to_the_measures(
    folder: Path, tmp_path: Path
) -> None:
    """Pool, page, a second start that goes on, and what `bahith eval` makes of it."""
    index = ["--index", f"whoosh:{folder / 'index'}"]
    (tmp_path / "q.tsv").write_text("1\tالسفير الروسي\n", encoding="utf-8")
    queries = ["--queries", str(tmp_path / "q.tsv")]
    made = CliRunner().invoke(bahith, ["eval", "pool", *queries, *index, "--depth", "2"])
    (tmp_path / "pool").write_text(made.stdout, encoding="utf-8")
    assert json.loads(made.stdout.splitlines()[0])["article"] == VISIT_ID
    words = ["eval", "judge", "pool", "--qrels", "qrels", "--port", "0", *index]
    for place, grade in (("1/2", "2"), ("2/2", "0")):
        with running(*words, cwd=tmp_path) as base:
            page = urllib.request.urlopen(f"{base}?lang=en", timeout=60).read().decode()
            assert place in page
            fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
            form = urllib.parse.urlencode(fields | {"grade": grade}).encode()
            urllib.request.urlopen(base, form, timeout=60).close()
    lines = (tmp_path / "qrels").read_text(encoding="utf-8").splitlines()
    assert [line[-1] for line in lines] == ["2", "0"]
    pytest.importorskip("ir_measures")
    done = CliRunner().invoke(bahith, ["eval", str(tmp_path / "qrels"), *queries, *index])
    assert done.stdout.splitlines()[-1] == "all\t1.0\t1.0\t1.0"


def test_files_that_cannot_be_used_are_refused_with_their_line(
    folder: Path, tmp_path: Path
) -> None:
    """Exit code 2 before anything is served."""
    pool, qrels = tmp_path / "pool", tmp_path / "qrels"
    row = json.dumps({"id": "1", "query": "س", "article": "k"})
    words = ["eval", "judge", str(pool), "--index", f"whoosh:{folder / 'index'}", "--qrels"]
    for text, judged, file, said in (
        ("", "", qrels, "pool is empty"),
        (f'{row}\n{{"id": "a b"}}\n', "", qrels, "line 2 of the pool"),
        (row, "1 0 k 1\n1 0\n", qrels, "line 2 of the judgements"),
        (row, "", tmp_path / "nowhere" / "qrels", "cannot be written"),
    ):
        pool.write_text(text, encoding="utf-8")
        qrels.write_text(judged, encoding="utf-8")
        done = CliRunner().invoke(bahith, [*words, str(file)])
        assert (done.exit_code, said in done.stderr) == (2, True), done.output


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_keys_grade_skip_and_go_back_whatever_the_layout(session: JudgingSession) -> None:
    """In a real browser, with an Arabic keyboard."""
    shown = "document.querySelector('.place')?.textContent"
    with served(judging_app(session)) as base, browser() as opened:
        opened.open(f"{base}/?lang=en")
        opened.strike("KeyJ", "ت")
        opened.wait(f"{shown} === '2/4'")
        opened.strike("KeyK", "ن")
        opened.wait(f"{shown} === '1/4'")
        opened.strike("Digit2", "٢")
        opened.wait(f"{shown} === '2/4'")
    assert session.qrels.read_text(encoding="utf-8") == f"1 0 {VISIT_ID} 2\n"
