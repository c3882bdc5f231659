"""What all tests share: measuring data, archives, a newspaper that misbehaves, a cluster."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import ssl
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from crawl import Archive
from index.engines.opensearch.client import Client
from tests.chances import EXAMPLES
from tests.cluster.distribution import ClusterError
from tests.cluster.nodes import Nodes, free_port
from tests.hostile_server import HostileServer

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"

# Deadlines would measure the machine, and machines are shared.
settings.register_profile(
    "bahith",
    deadline=None,
    max_examples=EXAMPLES,
    derandomize=bool(os.environ.get("CI")),  # a submission is judged by the same examples twice
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("bahith")

# `nohup make test &` starts with SIGINT ignored, and so would every command that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


# Files that take long though they hold few tests: begun first, so that no worker ends alone.
LONG = ("test_docs", "test_law_", "test_crawl_spider", "test_index_whoosh", "test_web_server")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that ask the cluster are marked so, since workers would start one each."""
    for item in items:
        asked = {"nodes", "opensearch_url"} & {*getattr(item, "fixturenames", ())}
        if asked or "[opensearch" in item.name:
            item.add_marker("cluster")
    items.sort(key=lambda item: not item.path.stem.startswith(LONG))


LOG = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is logged yet."""
    config.stash[LOG] = []


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """What tests counted is part of what the run says."""
    if lines := config.stash[LOG]:
        terminalreporter.section("counted")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Adds a line to the end of the run's report, behind the test's name."""
    return lambda line: request.config.stash[LOG].append(f"{request.node.name}: {line}")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of measuring data; the test skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the measuring data is not at ../shared/data")
    return SHARED


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes]:
    """A cluster of three for the whole run, which takes a minute: in CI, and where asked for."""
    if not (os.environ.get("CI") or os.environ.get("BAHITH_CLUSTER")):
        pytest.skip("a cluster is started in CI, or with BAHITH_CLUSTER=1; or see `make cluster`")
    folder = Path(tempfile.mkdtemp(prefix="bahith-cluster-"))
    folder.chmod(0o755)  # root's nodes run as another user
    made = Nodes(folder, 3, free_port(3))
    try:
        made.start()
    except ClusterError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no cluster: {error}")
    else:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def opensearch_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An index of this test alone in a cluster: BAHITH_OPENSEARCH names one that is there.

    All that begins with its name goes with the test: a cluster is slow with what others left.
    """
    hosts = os.environ.get("BAHITH_OPENSEARCH")
    if not hosts:
        hosts = ",".join(request.getfixturevalue("nodes").addresses)
    replicas = hosts.count(",") and 1
    name = f"test-{uuid.uuid4().hex}"
    yield f"opensearch:{hosts}/{name}?shards=3&replicas={replicas}"
    Client(hosts.split(",")).ask("DELETE", f"/{name}*")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    with Archive(tmp_path / "a.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom with all articles indexed, for tests that only read it."""
    from tests.newsroom import ARTICLES, fill  # loads Flask

    place = tmp_path_factory.mktemp("newsroom")
    fill(place, *ARTICLES)
    return place


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """A newspaper on loopback."""
    with HostileServer() as running:
        yield running


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """A server's certificate that it made itself, for another name."""
    from cryptography import x509  # comes with Scrapy
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "other.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (tmp_path / "server.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(pem)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    return context


@pytest.fixture
def warm_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Crawls start from a process that has its imports done."""
    from tests.warm_worker import WarmWorker  # loads Scrapy

    monkeypatch.setattr("crawl.fetch.run._worker", WarmWorker)
