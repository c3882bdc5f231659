"""Scopes over HTTP: whatever is asked, no answer tells anything of an article outside."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Checkpoint, Document, Engine, Filters, open_engine
from searcher import Searcher
from web import bahith_blueprint

# Corpora; each is asked three times under a scope, with two different worlds outside of it.
TRIALS = 40

SEEN = ["السفير", "الروسي", "ميناء", "المدينة", "وزيرة", "كتب"]
UNSEEN = ["زلزال", "الزلازل", "انفجار", "السفيرة", "غوتيريش", "ميناؤها"]
SOURCES = ["الوطن", "الوطن العربي", "الخبر", "وكالة"]
KEYS = [f"{number:08x}" for number in range(12)]
# A workbook holds the time it was made at; its rows are those of the other files.
UNLIKE = {"/search.xlsx", "/bahith-static/<path:filename>"}


def documents(words: list[str], keys: list[str]) -> st.SearchStrategy[list[Document]]:
    """Small articles of some words, each under its key."""
    text = st.lists(st.sampled_from(words), max_size=5).map(" ".join)
    return st.tuples(
        *(
            st.builds(
                Document,
                st.just(key),
                st.just(f"https://news.example/{key}"),
                text,
                text,
                date=st.sampled_from(["", "2015-07-01", "2015-08-02", "2016-01-09"]),
                author=st.sampled_from(["", "سمير", "سميرة"]),
                source=st.sampled_from(SOURCES),
                section=st.sampled_from(["رياضة", "سياسة"]),
                tags=st.sampled_from([(), ("ميناء",), ("ميناء", "سر")]),
            )
            for key in keys
        )
    ).map(list)


SCOPES = st.builds(
    Filters,
    source=st.sampled_from([("الوطن",), ("الخبر", "وكالة")]),
    section=st.sampled_from([(), ("رياضة",)]),
    tags=st.sampled_from([(), (), ("ميناء",)]),
    since=st.sampled_from(["", "2015-08-01"]),
)
VALUES: dict[str, list[str]] = {
    "q": [
        *SEEN,
        *UNSEEN,
        "زلزل",
        "gu]",
        "ambassador",
        "السفير الروس",
        "«السفير الروسي»",
        "ز",
        "س",
        f"story:{KEYS[7]}",
    ],
    "source": [*SOURCES, "الوطنن"],
    "author": ["سمير", "سميره"],
    "section": ["سياسة"],
    "tags": ["سر", "ميناء"],
    "since": ["2015-08", "2016"],
    "sort": ["newest", "oldest"],
    "limit": ["1", "30"],
    "page": ["2"],
    "last": ["year"],
    "find.source": ["الوط"],
    "literal": ["1"],
    "story": [KEYS[0], KEYS[7]],
    "fold": ["1"],
    "lang": ["en"],
    "at": ["2"],
    "after": [f"1.{KEYS[0]}", f"1.{KEYS[7]}"],
    "fields": ["title"],
    "strict": ["1"],
    "by": ["side"],
    "pick": [KEYS[0], KEYS[7]],
    "id": [KEYS[0], KEYS[7]],
    "format": ["ris"],
}
ASKED = st.fixed_dictionaries(
    {"q": st.sampled_from(VALUES["q"])},
    optional={name: st.sampled_from(some) for name, some in VALUES.items() if name != "q"},
)


class World:
    """An application over an index in memory, whose articles can all be exchanged."""

    def __init__(self, engine: Engine, client: FlaskClient) -> None:
        self.engine, self.client = engine, client
        self._step = 0

    def hold(self, articles: list[Document]) -> None:
        """Hold these articles and no others."""
        self._step += 1
        gone = set(KEYS) - {one.key for one in articles}
        self.engine.update(articles, gone, Checkpoint("archive", self._step))

    def answer(self, address: str) -> tuple[int, list[tuple[str, str]], bytes]:
        """All that a reader gets."""
        got = self.client.get(address)
        # A clock runs in the one, the other is a new name for each request.
        told = [pair for pair in got.headers if pair[0] not in ("Server-Timing", "X-Request-Id")]
        return got.status_code, sorted(told), got.get_data()


class Portal:
    """Two worlds that are seen under one scope."""

    def __init__(self) -> None:
        self.scope: Filters | None = Filters()
        self.engines = {name: open_engine("memory:") for name in ("one", "other")}
        self.worlds = [World(self.engines[name], self._client(name)) for name in self.engines]
        rules = self.worlds[0].client.application.url_map.iter_rules()
        self.paths = sorted(
            rule.rule for rule in rules if rule.rule not in UNLIKE and "GET" in (rule.methods or ())
        )

    def _client(self, name: str) -> FlaskClient:
        app = Flask("portal", static_folder=None)
        made = bahith_blueprint(index=name, archive="/nowhere", allowed=lambda _: self.scope)
        app.register_blueprint(made)
        return app.test_client()


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Portal:
    """The worlds; no clock runs in their answers."""
    made: dict[str, Portal] = {}

    def opened(name: str, **_: object) -> Searcher:
        return Searcher(made["portal"].engines[name])

    monkeypatch.setattr(Searcher, "open", opened)
    monkeypatch.setattr("searcher.search.time", SimpleNamespace(perf_counter=lambda: 0.0))
    made["portal"] = Portal()
    return made["portal"]


@settings(max_examples=TRIALS)
@given(st.data())
def test_no_answer_tells_of_an_article_outside_the_scope(
    portal: Portal, data: st.DataObject
) -> None:
    """Bodies, statuses and headers are the same, byte for byte, whatever is outside."""
    scope = portal.scope = data.draw(SCOPES, "scope")
    held = data.draw(documents([*SEEN, *UNSEEN[:1]], KEYS[:6]), "inside")
    inside = [one for one in held if scope.passes(one)]
    stories = st.sampled_from(["", KEYS[0], KEYS[7]])  # what an archive says of copies elsewhere
    for world in portal.worlds:
        inside = [replace(one, story=data.draw(stories, "story")) for one in inside]
        outside = data.draw(documents([*SEEN, *UNSEEN], KEYS[6:]), "outside")
        world.hold(inside + [one for one in outside if not scope.passes(one)])
    for _ in range(3):
        path = data.draw(st.sampled_from(portal.paths), "path")
        path = path.replace("<key>", data.draw(st.sampled_from(KEYS), "key"))
        address = f"{path}?{urlencode(data.draw(ASKED, 'asked'))}"
        one, other = (world.answer(address) for world in portal.worlds)
        assert one == other, address
        assert "ETag" not in dict(one[1])


def test_a_reader_who_may_see_nothing_is_refused_everywhere(portal: Portal) -> None:
    """401 with a sentence, also for what is not there; nothing is searched for it."""
    portal.scope = None
    world = portal.worlds[0]
    public = {"/openapi.json", "/opensearch.xml", "/embed.js", "/favicon.ico", "/robots.txt"}
    for path in portal.paths:
        address = path.replace("<key>", KEYS[0])
        got = world.client.get(address)
        if address in public | {"/healthz"}:
            assert got.status_code == 200, address
            assert "documents" not in got.get_data(as_text=True) or address == "/openapi.json"
        else:
            assert got.status_code == 401, address
            assert "no-store" in got.headers["Cache-Control"]
    assert "إذن" in world.client.get("/search?q=س").get_data(as_text=True)
    assert "WWW-Authenticate" not in world.client.get("/").headers  # the portal has its own way


def test_a_route_that_nobody_thought_of_is_guarded(portal: Portal) -> None:
    """It reads through the state of its request, which gives nothing without a scope."""
    from web.app_state import current_state

    app = Flask("portal", static_folder=None)
    made = bahith_blueprint(
        "other", index="one", archive="/nowhere", allowed=lambda _: portal.scope
    )
    made.add_url_rule("/new", "new", lambda: str(current_state().documents()))
    app.register_blueprint(made)
    app.add_url_rule("/outside", "outside", lambda: str(current_state().documents()))
    portal.worlds[0].hold([Document(KEYS[0], "https://a.example/", "س", "س", source="الوطن")])
    client = app.test_client()
    portal.scope = None
    assert client.get("/new").status_code == 401
    portal.scope = Filters(source=("الخبر",))
    assert client.get("/new").text == "0"
    portal.scope = Filters(source=("الوطن",))
    assert client.get("/new").text == "1"
    assert client.get("/outside").status_code == 401


def test_what_may_be_seen_whole_is_tagged_and_kept_by_its_reader_alone(portal: Portal) -> None:
    """A shared cache must not hand one reader's answer to another."""
    portal.scope = Filters()
    world = portal.worlds[0]
    world.hold([Document(KEYS[0], "https://a.example/", "س", "س", source="الوطن")])
    got = world.client.get("/search?q=س", headers={"Accept-Encoding": "gzip"})
    assert got.headers["Cache-Control"] == "private, no-cache"
    assert "Content-Encoding" not in got.headers
    tag = {"If-None-Match": got.headers["ETag"]}
    assert world.client.get("/search?q=س", headers=tag).status_code == 304
    portal.scope = None
    assert world.client.get("/search?q=س", headers=tag).status_code == 401


def test_several_indexes_stand_in_one_application(portal: Portal) -> None:
    """Each under its prefix and title, one of them confined; links stay where they are."""
    app = Flask("portal", static_folder=None)
    for name, scope in (("one", None), ("other", Filters(section=("رياضة",)))):
        made = bahith_blueprint(name, index=name, archive="/nowhere", title=name, scope=scope)
        app.register_blueprint(made, url_prefix=f"/{name}")
    both = [
        Document(key, f"https://a.example/{key}", "السفير", "نص", section=section)
        for key, section in zip(KEYS, ("رياضة", "سياسة"), strict=False)
    ]
    for world in portal.worlds:
        world.hold(both)
    client = app.test_client()
    assert client.get("/one/api/search?q=السفير").json["total"] == 2
    assert client.get("/other/api/search?q=السفير").json["total"] == 1
    assert client.get("/other/api/stats").json["index"]["documents"] == 1
    page = client.get("/other/search?q=السفير").text
    assert f"/other/article/{KEYS[0]}" in page
    assert "/one/" not in page
    assert "<title>السفير" in page
    assert "other" in client.get("/other/opensearch.xml").text
    assert client.get(f"/other/article/{KEYS[1]}").status_code == 404
