"""The nodes of one cluster on loopback: configured, started, hung, killed and stopped.

Each is a process of its own with OpenSearch's own main class, so that a test can do to it what
machines do. A node refuses to run as root: root's nodes run as `nobody`.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.cluster.distribution import ClusterError, prepare_home

USER = "nobody"
# Seconds until nodes must be ready: thirty on two idle cores, several times that on busy ones.
PATIENCE = 300.0
# What is added to a node's HTTP port for talking between nodes.
TRANSPORT = 100

# How long nodes wait for one that does not answer. By default a copy that was being made from a
# killed node holds its place for a quarter of an hour before another is tried.
SHORT_WAITS = (
    "cluster.fault_detection.follower_check.timeout: 5s",
    "cluster.fault_detection.leader_check.timeout: 5s",
    "cluster.publish.timeout: 15s",
    "cluster.follower_lag.timeout: 30s",
    "indices.recovery.internal_action_timeout: 20s",
    "indices.recovery.internal_action_retry_timeout: 20s",
    "indices.recovery.internal_action_long_timeout: 40s",
    "indices.recovery.recovery_activity_timeout: 40s",
)

LOGGING = """\
status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${sys:opensearch.logs.base_path}${sys:file.separator}node.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}]%marker %m%n
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
"""

# For short lives on small machines: half the processor time of the defaults until a node is up.
JVM = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Xss1m",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
    "-Djava.security.manager=allow",
    "-Dfile.encoding=UTF-8",
    "-Djna.nosys=true",
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dio.netty.recycler.maxCapacityPerThread=0",
    "-Dlog4j.shutdownHookEnabled=false",
    "-Dlog4j2.disable.jmx=true",
    "-Dopensearch.distribution.type=tar",
    "-Dopensearch.bundled_jdk=false",
)


class Nodes:
    """The nodes of the cluster that lives in a folder, numbered from 1."""

    def __init__(self, base: Path, count: int, port: int, heap: str = "512m") -> None:
        self.base, self.count, self.port, self.heap = base, count, port, heap

    @classmethod
    def of(cls, base: Path) -> Nodes:
        """The cluster that was started in a folder."""
        try:
            return cls(base, **json.loads((base / "cluster.json").read_text()))
        except FileNotFoundError:
            raise ClusterError(f"no cluster was started in {base}") from None

    @property
    def addresses(self) -> list[str]:
        """The HTTP address of each node."""
        return [f"http://127.0.0.1:{self.port + number}" for number in range(self.count)]

    def start(self, *numbers: int) -> None:
        """Start these nodes, or all, and wait until they are ready."""
        self.base.mkdir(parents=True, exist_ok=True)
        _check_reachable(self.base)
        settings = {"count": self.count, "port": self.port, "heap": self.heap}
        (self.base / "cluster.json").write_text(json.dumps(settings))
        prepare_home(self.base / "home")
        started = numbers or tuple(range(1, self.count + 1))
        for number in started:
            if not self.pid(number):
                self._start(number)
        self.wait(*started)

    def pid(self, number: int) -> int | None:
        """The process of a node that lives and is this folder's; process numbers come again."""
        folder = self._folder(number)
        try:
            pid = int((folder / "pid").read_text())
            os.waitpid(pid, os.WNOHANG)  # our own dead child has a command line no longer
        except ChildProcessError:
            pass
        except (OSError, ValueError):
            return None
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return None
        return pid if f"={folder}/config\0".encode() in command else None

    def signal(self, number: int, kind: signal.Signals) -> None:
        """SIGKILL is a power cut, SIGSTOP a node that hangs, SIGCONT its recovery."""
        if pid := self.pid(number):
            os.kill(pid, kind)

    def stop(self) -> None:
        """End all nodes as a shutdown would; after half a minute as a power cut would."""
        numbers = range(1, self.count + 1)
        for kind, seconds in ((signal.SIGTERM, 30), (signal.SIGKILL, 10)):
            for number in numbers:
                self.signal(number, signal.SIGCONT)
                self.signal(number, kind)
            end = time.monotonic() + seconds
            while any(map(self.pid, numbers)) and time.monotonic() < end:
                time.sleep(0.05)

    def wait(self, *numbers: int, copies_of: str = "") -> None:
        """Until these have joined; and, if no node is down, until every shard has its primary.

        `copies_of`: the name that indexes begin with of which every copy must stand as well. Not of
        all: a copy that another test's failures have held up is not waited for.
        """
        end = time.monotonic() + PATIENCE
        up = [number for number in range(1, self.count + 1) if self.pid(number)]
        joined = f"timeout=1s&wait_for_nodes={len(up)}"
        paths = [f"/_cluster/health?{joined}"]
        if len(up) == self.count:
            paths[0] += "&wait_for_status=yellow"
        if copies_of:
            paths.append(f"/_cluster/health/{copies_of}*?{joined}&wait_for_status=green")
        pending = [(number, path) for path in paths for number in numbers]
        while pending:
            number, path = pending[0]
            health = self.ask(path, number)
            if health and not health["timed_out"]:
                pending.pop(0)
            elif not self.pid(number):
                raise ClusterError(f"node {number} ended:\n{self._last_words(number)}")
            elif time.monotonic() > end:
                raise ClusterError(f"not ready: {health}\n{self._last_words(number)}")
            else:
                time.sleep(0.2)

    def manager(self) -> int:
        """The number of the node that manages the cluster."""
        told = self.ask("/_nodes/_cluster_manager?filter_path=nodes.*.name", 1)
        if not told:
            raise ClusterError("node 1 does not say who manages the cluster")
        (node,) = told["nodes"].values()
        return int(node["name"].removeprefix("node"))

    def ask(self, path: str, number: int) -> dict[str, Any] | None:
        """What a node answers to a GET; None if it does not answer."""
        # An environment's proxies are not for loopback.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(self.addresses[number - 1] + path, timeout=5) as answer:
                told: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 408:  # "not within the time asked for" is an answer
                return None
            told = json.load(error)
        except (OSError, ValueError):
            return None
        return told

    def _folder(self, number: int) -> Path:
        return self.base / f"node{number}"

    def _start(self, number: int) -> None:
        folder = self._folder(number)
        self._configure(number, folder)
        command = [_java(), f"-Xms{self.heap}", f"-Xmx{self.heap}", *JVM]
        command += [f"-Djava.io.tmpdir={folder}/tmp", f"-Djna.tmpdir={folder}/tmp"]
        command += [f"-Dopensearch.path.home={self.base}/home"]
        command += [f"-Dopensearch.path.conf={folder}/config"]
        command += ["-cp", f"{self.base}/home/lib/*", "org.opensearch.bootstrap.OpenSearch"]
        user = pwd.getpwnam(USER) if os.geteuid() == 0 else None
        if user:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
        with (folder / "logs" / "console.log").open("ab") as console:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                start_new_session=True,  # Ctrl-C at a test is not for the nodes
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )
        (folder / "pid").write_text(f"{process.pid}\n")

    def _configure(self, number: int, folder: Path) -> None:
        for name in ("config", "data", "logs", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        every = range(1, self.count + 1)
        seeds = ", ".join(f'"127.0.0.1:{self.port + one - 1 + TRANSPORT}"' for one in every)
        lines = [
            f"cluster.name: loopback-{self.port}",
            f"node.name: node{number}",
            f"path.data: {folder}/data",
            f"path.logs: {folder}/logs",
            # Bound to loopback, the checks of kernel limits only warn.
            "network.host: 127.0.0.1",
            f"http.port: {self.port + number - 1}",
            f"transport.port: {self.port + number - 1 + TRANSPORT}",
            # A full disk must not turn an index read-only in the middle of a test.
            "cluster.routing.allocation.disk.threshold_enabled: false",
            *SHORT_WAITS,
        ]
        if self.count == 1:
            lines.append("discovery.type: single-node")
        else:
            names = ", ".join(f"node{one}" for one in every)
            lines.append(f"discovery.seed_hosts: [{seeds}]")
            lines.append(f"cluster.initial_cluster_manager_nodes: [{names}]")
        (folder / "config" / "opensearch.yml").write_text("\n".join(lines) + "\n")
        (folder / "config" / "log4j2.properties").write_text(LOGGING)

    def _last_words(self, number: int) -> str:
        logs = self._folder(number) / "logs"
        return "\n".join(
            (logs / name).read_text(errors="replace")[-2000:]
            for name in ("console.log", "node.log")
            if (logs / name).exists()
        )


def free_port(count: int) -> int:
    """The first of so many ports in a row that are free, as are those for talking between nodes."""
    for first in range(19200, 20000, 10):
        for port in (first + add + n for add in (0, TRANSPORT) for n in range(count)):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        else:
            return first
    raise ClusterError("no ports are free between 19200 and 20000")


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    found = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if not found or not Path(found).exists():
        raise ClusterError("no Java (Debian: apt-get install openjdk-17-jre-headless)")
    return found


def _check_reachable(base: Path) -> None:
    if os.geteuid() == 0:
        for folder in (base, *base.parents):
            if not folder.stat().st_mode & 0o001:
                raise ClusterError(f"{USER}, whom nodes run as, cannot reach {folder}")
