"""The ways into a portal, as the documentation shows them: its examples run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from lxml import html
from werkzeug.test import Client

from crawl import key_of
from index import Filters
from tests.browser import Browser, browser, missing
from tests.newsroom import ARTICLES, ENGLISH, VISIT, VISIT_ID, WHEAT, application, fill, served
from web import blueprint, create_app
from web.rights.keys import KeyFile

BLOCK = re.compile(r"^```(python|html|html\+jinja|js|php|console)\n(.*?)^```", re.M | re.S)


def examples(root: Path, page: str, language: str) -> list[str]:
    """The code blocks of a page of the documentation."""
    text = (root / "docs" / page).read_text(encoding="utf-8")
    return [code for name, code in BLOCK.findall(text) if name == language]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom with all articles indexed, laid out as the examples expect."""
    place = tmp_path_factory.mktemp("portal")
    (place / "data").mkdir()
    fill(place / "data", *ARTICLES)
    return place


def portal_of(code: str, name: str) -> Flask:
    """The application that an example makes."""
    made: dict[str, object] = {"__name__": "portal"}
    exec(compile(code, "docs", "exec"), made)
    app = made[name]
    assert isinstance(app, Flask)
    return app


def test_a_portal_mounts_the_search_in_ten_lines(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own page and ours live together, under the portal's prefix."""
    monkeypatch.chdir(folder)
    code = examples(root, "embedding.md", "python")[0]
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    reader = portal_of(code, "portal").test_client()
    assert "/archive/" in reader.get("/").get_data(as_text=True)
    page = html.fromstring(reader.get("/archive/search?q=السفير").get_data(as_text=True))
    assert page.cssselect(".hit h2 a")[0].get("href") == VISIT.url
    inside = [place for _, _, place, _ in page.iterlinks() if place.startswith("/")]
    assert all(place.startswith("/archive/") for place in inside)
    for place in {place for place in inside if "static" in place}:
        assert reader.get(place).status_code == 200
    assert reader.get(f"/archive/article/{VISIT_ID}").status_code == 200


def test_a_portal_s_login_says_what_each_reader_may_see(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The documentation's portal with rights: two sources for the desk, nothing for guests."""
    monkeypatch.chdir(folder)
    reader = portal_of(examples(root, "embedding.md", "python")[1], "portal").test_client()
    assert reader.get("/archive/search?q=السفير").status_code == 401
    for user, status in (("guest", 401), ("desk", 200)):
        reader.post("/login", data={"user": user})
        assert reader.get("/archive/search?q=السفير").status_code == status
    found = reader.get("/archive/api/search?q=السفير").json
    assert {hit["source"] for hit in found["hits"]} == {"بريد المرسى", "الساحل"}
    outside = key_of(ENGLISH.url)
    assert reader.get(f"/archive/article/{outside}").status_code == 404
    assert reader.get(f"/archive/article/{VISIT_ID}").status_code == 200


def test_the_application_of_operations_md_starts(root: Path) -> None:
    """Before there is an index it says what to type; outside its prefix it is the portal's."""
    (code,) = examples(root, "operations.md", "python")
    reader = portal_of(code, "app").test_client()
    assert reader.get("/archive/").status_code == 503
    assert reader.get("/").status_code == 404


def test_a_prefix_and_a_name_of_the_portals_choice_reach_every_link(folder: Path) -> None:
    """Nothing in our pages, feeds or descriptions knows where it is mounted."""
    app = Flask("portal")
    app.config["BAHITH_INDEX"] = f"whoosh:{folder / 'data' / 'index'}"
    app.register_blueprint(blueprint, url_prefix="/a/b", name="kiosk")
    reader = app.test_client()
    for address in ("/", "/search?q=السوق", "/search?q=زرافة", f"/article/{VISIT_ID}?q=السفير"):
        answer = reader.get(f"/a/b{address}")
        assert answer.status_code == 200
        page = html.fromstring(answer.get_data(as_text=True))
        own = [place for _, _, place, _ in page.iterlinks() if place.startswith("/")]
        assert own
        assert all(place.startswith("/a/b/") for place in own)
    assert reader.get("/a/b/api/search?q=السوق").get_json()["page"]["next"].startswith("/a/b/")
    for address in ("/feed?q=السفير", "/opensearch.xml"):
        assert "http://localhost/a/b/" in reader.get(f"/a/b{address}").get_data(as_text=True)
    assert reader.get("/a/b/nowhere").status_code == 404


def test_without_a_prefix_the_portals_own_static_files_stay(tmp_path: Path) -> None:
    """Ours have an address of their own."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "bahith.css").write_text("portal", encoding="utf-8")
    app = Flask("portal", root_path=str(tmp_path))
    app.register_blueprint(blueprint)
    reader = app.test_client()
    assert reader.get("/static/bahith.css").data == b"portal"
    assert b"--paper" in reader.get("/bahith-static/bahith.css").data


def test_a_portal_may_bring_its_own_layout(folder: Path, tmp_path: Path) -> None:
    """A template of the same name wins, and our pages fill its blocks."""
    (tmp_path / "templates" / "bahith").mkdir(parents=True)
    (tmp_path / "templates" / "bahith" / "layout.html").write_text(
        "<title>{% block title %}{% endblock %}</title><nav>بوابتنا</nav>"
        "{% block head %}{% endblock %}{% block main %}{% endblock %}",
        encoding="utf-8",
    )
    app = Flask("portal", root_path=str(tmp_path))
    app.config["BAHITH_INDEX"] = f"whoosh:{folder / 'data' / 'index'}"
    app.config["BAHITH_CONTENT_POLICY"] = ""
    app.register_blueprint(blueprint, url_prefix="/s")
    answer = app.test_client().get("/s/search?q=السفير")
    assert "بوابتنا" in answer.get_data(as_text=True)
    assert "<mark>" in answer.get_data(as_text=True)
    assert "Content-Security-Policy" not in answer.headers


def test_a_portal_may_answer_in_our_place(folder: Path) -> None:
    """Its login page is not taken for our answer, now or when the reader comes back."""
    app = Flask("portal")
    app.config["BAHITH_INDEX"] = f"whoosh:{folder / 'data' / 'index'}"
    app.register_blueprint(blueprint, url_prefix="/s")
    known: list[str] = []

    @app.before_request
    def who_is_there() -> str | None:
        return None if known else "من أنت؟"

    reader = app.test_client()
    refused = reader.get("/s/search?q=السفير")
    assert refused.get_data(as_text=True) == "من أنت؟"
    assert "ETag" not in refused.headers
    known.append("reader")
    assert reader.get("/s/search?q=السفير").status_code == 200


def test_settings_come_from_the_environment_where_none_are_given(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variables of the command line serve a WSGI server too."""
    monkeypatch.setenv("BAHITH_INDEX", f"whoosh:{folder / 'data' / 'index'}")
    monkeypatch.setenv("BAHITH_NAME", "أرشيفنا")
    page = create_app().test_client().get("/search?q=السفير").get_data(as_text=True)
    assert "أرشيفنا" in page
    assert VISIT.url in page


def open_to(origin: str, folder: Path) -> Flask:
    """The newsroom's application, with one portal whose pages may read it."""
    app = application(folder / "data")
    app.config["BAHITH_ORIGINS"] = origin
    return app


@contextmanager
def plain_site(folder: Path) -> Iterator[str]:
    """Another site, of plain files."""

    class Files(SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    """A real browser."""
    if why := missing():
        pytest.skip(why)
    with browser() as opened:
        yield opened


@pytest.mark.parametrize(
    ("place", "hits"),
    [
        (0, "document.querySelector('bahith-search')?.shadowRoot?.querySelectorAll('li')"),
        (1, "document.querySelectorAll('li')"),
    ],
    ids=["widget", "api"],
)
def test_a_plain_page_of_another_site_shows_results(
    root: Path, folder: Path, tmp_path: Path, window: Browser, place: int, hits: str
) -> None:
    """The documentation's pages on another origin, in a real browser, without a complaint."""
    with plain_site(tmp_path) as portal, served(open_to(portal, folder)) as search:
        code = examples(root, "embedding.md", "html")[place]
        page = code.replace("http://127.0.0.1:8000", search)
        (tmp_path / "index.html").write_text(page, encoding="utf-8")
        (tmp_path / "favicon.ico").touch()
        window.open(portal)
        assert window.wait(f"{hits}?.length") >= 2
        assert "السفير الروسي يزور الميناء" in window.run(f"return {hits}[0].textContent")
        assert window.complaints() == []


def test_the_widget_marks_whole_words_and_links_only_the_web(
    folder: Path, tmp_path: Path, window: Browser
) -> None:
    """Hostile articles are text in other people's pages too; letters beyond UCS-2 shift no mark."""
    with plain_site(tmp_path) as portal, served(open_to(portal, folder)) as search:
        (tmp_path / "index.html").write_text(
            f'<meta charset="utf-8"><link rel="icon" href="data:,">'
            f'<script src="{search}/embed.js" defer></script>'
            f'<bahith-search q="زلزال"></bahith-search>',
            encoding="utf-8",
        )
        window.open(portal)
        shadow = "document.querySelector('bahith-search')?.shadowRoot"
        assert window.wait(f"{shadow}?.querySelectorAll('li').length") == 1
        assert window.run(f"return {shadow}.querySelectorAll('script, img, svg').length") == 0
        links = window.run(f"return [...{shadow}.querySelectorAll('a')].map((a) => a.href)")
        assert all(link.startswith(search) for link in links)
        marks = window.run(f"return [...{shadow}.querySelectorAll('mark')].map((m) => m.innerText)")
        assert set(marks) == {"زلزال"}


@contextmanager
def portal_with_layout(root: Path, folder: Path, tmp_path: Path) -> Iterator[str]:
    """The documentation's portal with its own layout and style, on a real port."""
    (tmp_path / "templates" / "bahith").mkdir(parents=True)
    (layout,) = examples(root, "embedding.md", "html+jinja")
    (tmp_path / "templates" / "bahith" / "layout.html").write_text(layout, encoding="utf-8")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "portal.css").write_text(
        "nav a { color: rgb(200, 0, 0) } h2 { letter-spacing: 3px } body { margin: 40px }"
    )
    app = Flask("portal", root_path=str(tmp_path))
    app.config["BAHITH_INDEX"] = f"whoosh:{folder / 'data' / 'index'}"
    app.config["BAHITH_CONTENT_POLICY"] = ""
    app.register_blueprint(blueprint, url_prefix="/s")
    with served(app) as address:
        yield address


def test_inside_a_portal_s_layout_our_styles_keep_to_themselves(
    root: Path, folder: Path, tmp_path: Path, window: Browser
) -> None:
    """The portal's page looks as without us; ours as it should, with its box inside main."""
    style = "const style = (one) => getComputedStyle(document.querySelector(one));"
    with portal_with_layout(root, folder, tmp_path) as portal:
        window.open(f"{portal}/s/search?q=السفير")
        assert window.wait("document.querySelectorAll('main .bahith .hit').length") >= 2
        told = window.run(
            style + "return [style('nav a').color, style('body').marginTop, style('body').display,"
            " style('main .bahith .ask').display, style('.bahith .page ol').listStyleType]"
        )
        assert told == ["rgb(200, 0, 0)", "40px", "block", "flex", "none"]
        assert window.run("return document.querySelectorAll('main form.ask').length") == 1
        window.open(f"{portal}/s/")
        assert window.wait("document.querySelectorAll('main .bahith.home form.ask').length") == 1
        window.complaints()  # the portal has no icon


def test_the_widget_says_what_the_page_says(folder: Path, tmp_path: Path, window: Browser) -> None:
    """Loaded twice and as a module: corrections, more hits, filters, words, events, English."""
    with plain_site(tmp_path) as portal, served(open_to(portal, folder)) as search:
        (tmp_path / "index.html").write_text(
            '<meta charset="utf-8"><link rel="icon" href="data:,">'
            f'<script src="{search}/embed.js" defer></script>'
            f'<script src="{search}/embed.js" type="module"></script>'
            '<bahith-search q="hgstdv" lang="en" limit="1" filters="source"></bahith-search>'
            "<script>addEventListener('bahith-search', (event) => { window.told = event.detail })"
            "</script>",
            encoding="utf-8",
        )
        window.open(portal)
        shadow = "document.querySelector('bahith-search')?.shadowRoot"
        assert window.wait(f"{shadow}?.querySelectorAll('[part=hit]').length") == 1
        note = window.run(f"return {shadow}.querySelector('[part=note]').textContent")
        assert "These are results for “السفير”" in note
        assert window.run("return window.told") == {"query": "hgstdv", "total": 3}
        window.run(f"{shadow}.querySelector('[part=more]').click()")
        assert window.wait(f"{shadow}.querySelectorAll('[part=hit]').length == 2")
        window.run(
            f"const one = {shadow}.querySelector('select'); one.value = 'الساحل';"
            " one.dispatchEvent(new Event('change'))"
        )
        assert window.wait(f"window.told.total == 1 && {shadow}.querySelectorAll('li').length == 1")
        window.run(
            f"const box = {shadow}.querySelector('input'); box.value = 'السف';"
            " box.dispatchEvent(new Event('input'))"
        )
        assert window.wait(f"{shadow}.querySelectorAll('option[value=السفير]').length") == 1
        assert window.complaints() == []


@pytest.mark.parametrize("framed", [True, False])
def test_a_page_that_takes_no_scripts_holds_ours_in_a_frame(
    root: Path, folder: Path, tmp_path: Path, window: Browser, framed: bool
) -> None:
    """Of the origins that are named; others are refused by the browser."""
    app = application(folder / "data")
    with plain_site(tmp_path) as portal, served(app) as search:
        app.config["BAHITH_FRAMES"] = portal if framed else "https://other.example"
        code = examples(root, "embedding.md", "html")[2].replace("http://127.0.0.1:8000", search)
        page = f'<meta charset="utf-8"><link rel="icon" href="data:,">{code}'
        (tmp_path / "index.html").write_text(page, encoding="utf-8")
        window.open(portal)
        assert window.wait("document.querySelector('iframe') && document.readyState == 'complete'")
        end = time.monotonic() + (2 if framed else 60)
        told: list[str] = []
        while not told and time.monotonic() < end:
            told = window.complaints()
            time.sleep(0.1)
        assert (told == []) if framed else ("frame-ancestors" in told[0])


def test_an_asgi_portal_mounts_the_search(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The documentation's FastAPI portal; every link of ours stays under its prefix."""
    testclient = pytest.importorskip("starlette.testclient")
    monkeypatch.chdir(folder)
    made: dict[str, Any] = {"__name__": "portal"}
    exec(compile(examples(root, "embedding.md", "python")[2], "docs", "exec"), made)
    reader = testclient.TestClient(made["portal"], base_url="http://127.0.0.1")
    assert reader.get("/hello").json() == {"portal": "yours"}
    answer = reader.get("/archive/search?q=السفير")
    assert answer.status_code == 200
    own = [
        place
        for _, _, place, _ in html.fromstring(answer.text).iterlinks()
        if place.startswith("/")
    ]
    assert own
    assert all(place.startswith("/archive/") for place in own)
    assert reader.get("/archive/api/search?q=السفير").json()["total"] == 3


DJANGO = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

class Urls:
    urlpatterns = [path("", lambda request: HttpResponse("portal of Django"))]

settings.configure(ROOT_URLCONF=Urls, SECRET_KEY="tests", ALLOWED_HOSTS=["localhost"])
yours = get_wsgi_application()
"""


def test_a_wsgi_portal_stands_beside_the_search(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The documentation's dispatcher, with what stands there and with Django."""
    monkeypatch.chdir(folder)
    text = examples(root, "embedding.md", "python")[3]
    ours = "from wsgiref.simple_server import demo_app as yours"
    assert ours in text
    for code, said in ((text, "Hello world!"), (text.replace(ours, DJANGO), "portal of Django")):
        made: dict[str, Any] = {"__name__": "portal"}
        exec(compile(code, "docs", "exec"), made)
        reader = Client(made["application"])
        assert said in reader.get("/").get_data(as_text=True)
    page = html.fromstring(reader.get("/archive/search?q=السفير").get_data(as_text=True))
    own = [place for _, _, place, _ in page.iterlinks() if place.startswith("/")]
    assert own
    assert all(place.startswith("/archive/") for place in own)


def test_programs_ask_as_the_documentation_shows(
    root: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every curl line, and Node's and PHP's where those are installed, of a server with keys."""
    keys = tmp_path / "keys.json"
    key = KeyFile(keys).add("program", Filters(), write=True)
    (tmp_path / "articles.jsonl").write_text(json.dumps({"url": "1", "title": "خبر"}))
    monkeypatch.setattr("web.indexing.Indexing.ask", lambda _: None)
    places = (f"whoosh:{folder / 'data' / 'index'}", folder / "data" / "articles.db")
    console = "".join(examples(root, "embedding.md", "console"))
    curls = re.findall(r"^\$ (curl .*)$", console, re.M)
    assert len(curls) == 3
    commands = [["sh", "-c", line] for line in curls]
    (node,), (php,) = (examples(root, "embedding.md", name) for name in ("js", "php"))
    if shutil.which("node"):
        commands.append(["node", "--input-type=module", "-e", node])
    if shutil.which("php"):
        commands.append(["php", "-r", php.removeprefix("<?php")])
    with served(create_app(*places, keys=keys)) as search:
        for command in commands:
            if not shutil.which(command[-1].split()[0]) and command[0] == "sh":
                continue
            asked = [part.replace("http://127.0.0.1:8000", search) for part in command]
            done = subprocess.run(
                asked,
                cwd=tmp_path,
                env=os.environ | {"KEY": key},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            expected = '"new": 1' if "@articles" in asked[-1] else "السفير"
            assert expected in done.stdout or "valid key" in done.stdout, asked


def test_the_widget_tells_copies_and_missing_words(tmp_path: Path, window: Browser) -> None:
    """A story once with its copies, as the page lists it; `fold="0"` lists every article."""
    copies = [replace(VISIT, url=f"https://copy.example/{n}", source=f"ناقل {n}") for n in "12"]
    shared = tmp_path / "stories"
    shared.mkdir()
    long = replace(VISIT, body=" ".join(f"{VISIT.body} {n}" for n in range(20)))
    fill(shared, long, WHEAT, *(replace(one, body=long.body) for one in copies))
    app = application(shared)
    with plain_site(tmp_path) as portal, served(app) as search:
        app.config["BAHITH_ORIGINS"] = portal
        (tmp_path / "index.html").write_text(
            '<meta charset="utf-8"><link rel="icon" href="data:,">'
            f'<script src="{search}/embed.js" defer></script>'
            '<bahith-search q="الروسي سفير بلاده القمح"></bahith-search>'
            '<bahith-search q="الروسي" fold="0"></bahith-search>',
            encoding="utf-8",
        )
        window.open(portal)
        one = "document.querySelector('bahith-search')?.shadowRoot"
        other = "document.querySelectorAll('bahith-search')[1]?.shadowRoot"
        assert window.wait(f"{one}?.querySelector('[part=copies]')")
        listed = f"return {one}.querySelectorAll('[part=copies] li').length"
        assert window.run(listed) == 2
        missing = window.run(f"return {one}.querySelector('[part=missing]').textContent")
        assert "القمح" in missing
        assert window.wait(f"{other}?.querySelectorAll('[part=hit]').length == 3")
        assert window.run(f"return {other}.querySelectorAll('[part=copies]').length") == 0
        assert window.complaints() == []
