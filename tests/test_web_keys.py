"""Keys: each reader of a server sees what its key lets see, and nothing without one."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bahith import bahith
from crawl import key_of
from index import Filters
from tests.newsroom import VISIT_ID, WHEAT
from web import WebError, create_app
from web.rights.keys import KeyFile

WHEAT_ID = key_of(WHEAT.url)


@pytest.fixture(scope="module")
def guarded(folder: Path) -> FlaskClient:
    """A reader without a key of a server that has some."""
    typed(folder / "keys.json", "add", "desk")
    return client_of(folder, folder / "keys.json")


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Where keys are kept."""
    return tmp_path / "keys.json"


def typed(keys: Path, *words: str) -> str:
    """What `bahith keys …` prints."""
    done = CliRunner().invoke(bahith, ["keys", *words, "--keys", str(keys)])
    assert done.exit_code == 0, done.output
    return done.stdout.strip()


def client_of(folder: Path, keys: Path) -> FlaskClient:
    """A reader of a server with keys."""
    app = create_app(f"whoosh:{folder / 'index'}", folder / "articles.db", keys=keys)
    return app.test_client()


def bearer(secret: str) -> dict[str, str]:
    """A key as programs send it."""
    return {"Authorization": f"Bearer {secret}"}


def test_a_key_lets_see_its_articles_alone(folder: Path, keys: Path) -> None:
    """The page, the API, files, feeds, the stored text and the counts; nothing widens it."""
    secret = typed(keys, "add", "coast", "--source", "الساحل")
    everything = bearer(typed(keys, "add", "all"))
    client, sent = client_of(folder, keys), bearer(secret)
    whole = client.get("/api/search?q=سفير", headers=everything).json
    part = client.get("/api/search?q=سفير", headers=sent).json
    assert whole["total"] > part["total"] == 1
    assert {hit["source"] for hit in part["hits"]} == {"الساحل"}
    assert [value for value, _ in part["facets"]["source"]] == ["الساحل"]
    asked = client.get("/api/search?q=سفير&source=بريد المرسى", headers=sent).json
    assert asked["total"] == 0
    assert "بريد المرسى" not in asked["notes"][0].replace("«بريد المرسى»", "")
    assert client.get(f"/article/{WHEAT_ID}", headers=sent).status_code == 200
    for address in (f"/article/{VISIT_ID}", f"/api/article/{VISIT_ID}", "/article/none"):
        assert client.get(address, headers=sent).status_code == 404
    assert "السفير الروسي" not in client.get("/search.csv?q=سفير", headers=sent).text
    assert "السفير الروسي" not in client.get("/feed", headers=sent).text
    told = client.get("/api/stats", headers=sent).json
    assert told["archive"] is None
    assert told["index"] == {"documents": 24, "bytes": 0, "segments": 1, "behind": 0}
    assert client.get("/api/stats", headers=everything).json["archive"]["articles"] == 40
    assert client.get("/metrics", headers=sent).status_code == 404
    assert client.get("/metrics", headers=everything).status_code == 200


def test_a_key_is_sent_as_programs_browsers_and_feed_readers_can(folder: Path, keys: Path) -> None:
    """Bearer, a header of its own, or the password of Basic; never in the address."""
    secret = typed(keys, "add", "all")
    client = client_of(folder, keys)
    basic = base64.b64encode(f"anyone:{secret}".encode()).decode()
    for sent in (bearer(secret), {"X-API-Key": secret}, {"Authorization": f"Basic {basic}"}):
        assert client.get("/search?q=سفير", headers=sent).status_code == 200
    for address in (f"/search?q=س&key={secret}", f"/search?q=س&api_key={secret}"):
        assert client.get(address).status_code == 401
    assert client.get("/search").headers["WWW-Authenticate"].startswith("Basic ")
    refused = client.get("/api/search?q=س", headers=bearer("wrong"))
    assert refused.status_code == refused.json["error"]["status"] == 401
    assert "مفتاح" in refused.json["error"]["message"]
    assert refused.headers["WWW-Authenticate"].startswith("Bearer ")


def test_an_expired_or_revoked_key_is_refused_by_the_next_request(folder: Path, keys: Path) -> None:
    """Without starting the server again; the others stay."""
    old = bearer(typed(keys, "add", "old", "--expires", "2020-01-31"))
    new = bearer(typed(keys, "add", "new", "--expires", "2999"))
    client = client_of(folder, keys)
    assert client.get("/search?q=س", headers=old).status_code == 401
    assert client.get("/search?q=س", headers=new).status_code == 200
    typed(keys, "revoke", "new")
    assert client.get("/search?q=س", headers=new).status_code == 401
    assert typed(keys, "list") == "old\teverything\t2020-01-31\texpired"
    listed = json.loads(typed(keys, "list", "--json"))
    assert listed == {
        "name": "old",
        "scope": "everything",
        "expires": "2020-01-31",
        "valid": False,
        "write": False,
    }


def test_the_file_keeps_no_key_and_nobody_else_reads_it(keys: Path) -> None:
    """A digest of random bits leads nobody back."""
    secret = typed(keys, "add", "desk", "--section", "سياسة", "--since", "2015-08")
    assert secret not in keys.read_text(encoding="utf-8")
    assert keys.stat().st_mode & 0o777 == 0o600
    (key,) = KeyFile(keys).listed()
    assert key.scope == Filters(section=("سياسة",), since="2015-08-01")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "desk"), "there is a key desk already"),
        (("revoke", "nobody"), "there is no key nobody"),
        (("add", "one", "--source", " "), "empty value"),
        (("add", "one", "--expires", "someday"), "is no date"),
    ],
)
def test_what_cannot_be_done_with_keys_is_said(
    keys: Path, words: tuple[str, ...], said: str
) -> None:
    """With exit code 2, and the keys stay as they were."""
    typed(keys, "add", "desk")
    before = keys.read_bytes()
    done = CliRunner().invoke(bahith, ["keys", *words, "--keys", str(keys)])
    assert done.exit_code == 2
    assert said in done.output
    assert keys.read_bytes() == before


def test_a_server_with_keys_does_not_start_without_their_file(folder: Path, keys: Path) -> None:
    """A typing error in a path must not open the archive to everyone."""
    with pytest.raises(WebError, match="bahith keys add"):
        client_of(folder, keys)


def test_a_file_that_breaks_while_it_is_served_opens_nothing(folder: Path, keys: Path) -> None:
    """What is not understood might have narrowed a key."""
    sent = bearer(typed(keys, "add", "desk"))
    client = client_of(folder, keys)
    whole = json.loads(keys.read_text(encoding="utf-8"))
    for scope in ({"sources": ["الوطن"]}, {"source": []}, {"source": "الوطن"}, {"since": "x"}):
        whole["keys"][0]["scope"] = scope
        keys.write_text(json.dumps(whole), encoding="utf-8")
        assert client.get("/search?q=س", headers=sent).status_code == 401, scope
    keys.write_bytes(b"{")
    assert client.get("/search?q=س", headers=sent).status_code == 401


@given(st.binary(max_size=80))
def test_whatever_stands_in_a_file_of_keys_is_refused_or_understood(
    tmp_path: Path, content: bytes
) -> None:
    """Never another error than the one that names the file."""
    place = tmp_path / "keys.json"
    place.write_bytes(content)
    with pytest.raises(WebError, match=r"keys\.json"):
        KeyFile(place).listed()


@given(sent=st.dictionaries(st.sampled_from(["Authorization", "X-API-Key"]), st.text(max_size=40)))
def test_whatever_is_sent_as_a_key_is_refused(guarded: FlaskClient, sent: dict[str, str]) -> None:
    """401, never an exception."""
    letters = {name: value.encode("utf-8").decode("latin-1") for name, value in sent.items()}
    headers = {name: "".join(c for c in v if c.isprintable()) for name, v in letters.items()}
    assert guarded.get("/api/stats", headers=headers).status_code == 401


def test_other_origins_may_ask_with_a_key_where_they_are_named(folder: Path, keys: Path) -> None:
    """A preflight is answered without one, and tells nothing."""
    typed(keys, "add", "desk")
    app = create_app(f"whoosh:{folder / 'index'}", keys=keys)
    app.config["BAHITH_ORIGINS"] = "https://portal.example"
    portal = {"Origin": "https://portal.example", "Access-Control-Request-Method": "GET"}
    asked = app.test_client().options("/api/search", headers=portal)
    assert asked.status_code == 200
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    other = app.test_client().options("/api/search", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Headers" not in other.headers
    refused = app.test_client().get("/api/search?q=س", headers=portal)
    assert refused.status_code == 401
    assert refused.headers["Access-Control-Allow-Origin"] == "https://portal.example"


def test_a_reader_who_asks_too_often_is_told_when_to_come_again(
    folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each key and each address for itself; what tells of no article is not counted."""
    monkeypatch.setenv("BAHITH_RATE", "3/hour")
    one, other = (bearer(typed(keys, "add", name)) for name in ("one", "other"))
    client = client_of(folder, keys)
    answers = [client.get("/api/stats", headers=one) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[3].headers["Retry-After"]) <= 3600
    assert client.get("/api/stats", headers=other).status_code == 200
    for expected in (401, 401, 401, 429):  # guessing keys is counted by address
        assert client.get("/api/stats", headers=bearer("guess")).status_code == expected
    assert client.get("/embed.js").status_code == 200
    monkeypatch.setenv("BAHITH_RATE", "often")
    with pytest.raises(WebError, match="60/minute"):
        client_of(folder, keys)
