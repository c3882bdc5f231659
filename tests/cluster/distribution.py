"""The files of an OpenSearch server, put together from the libraries on Maven Central.

A distribution would be a home with `lib`, `modules`, `config`; the jars of all of it are published
one by one. Maven fetches them in one run; what a distribution adds besides (descriptions and
permissions of the modules) is written here. Each oddity below was needed to start the release
named in `RELEASE`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

RELEASE = "2.19.6"
# Optional in the server's POM, required by its main class.
LOG4J = "2.25.4"

COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
TRIES = 3


class ClusterError(Exception):
    """What could not be done, in a sentence for the developer."""


class Module(NamedTuple):
    """A part of the server with a class loader of its own."""

    artifact: str
    extends: str = ""
    permissions: tuple[str, ...] = ()


MODULES = {
    "transport-netty4": Module(
        "transport-netty4-client",
        permissions=(
            'java.net.SocketPermission "*", "accept,connect,resolve"',
            'java.lang.RuntimePermission "accessDeclaredMembers"',
            # Without these two a node takes half a minute to stop.
            'java.lang.RuntimePermission "getClassLoader"',
            'java.lang.RuntimePermission "setContextClassLoader"',
            'java.lang.reflect.ReflectPermission "suppressAccessChecks"',
            'java.io.FilePermission "/proc/sys/net/core/somaxconn", "read"',
        ),
    ),
    # Scripted scores and similarities.
    "lang-painless": Module(
        "lang-painless",
        permissions=(
            'java.lang.RuntimePermission "createClassLoader"',
            'java.lang.RuntimePermission "getClassLoader"',
        ),
    ),
    # The whitespace tokenizer with a maximal token length.
    "analysis-common": Module("analysis-common", extends="lang-painless"),
    # Deleting and copying by query.
    "reindex": Module("reindex-client", permissions=('java.net.SocketPermission "*", "connect"',)),
}


def prepare_home(home: Path) -> None:
    """Fetch the server and lay it out, unless it is there; a minute and 72 MB the first time."""
    recipe = repr((RELEASE, LOG4J, sorted(MODULES.items())))
    stamp = home / "recipe"
    if stamp.exists() and stamp.read_text() == recipe:
        return
    fresh, work = home.with_name("home.new"), home.with_name("home.work")
    for folder in (home, fresh, work):
        shutil.rmtree(folder, ignore_errors=True)
    _fetch(work)
    for name in ("bin", "plugins"):  # empty, but looked for, and a node may not make them
        (fresh / name).mkdir(parents=True)
    shutil.move(str(work / "server" / "jars"), str(fresh / "lib"))
    for name, module in MODULES.items():
        _lay_out(fresh, work, name, module)
    stamp = fresh / "recipe"
    stamp.write_text(recipe)
    for path in (fresh, *fresh.rglob("*")):  # nodes may run as another user
        path.chmod(0o755 if path.is_dir() else 0o644)
    fresh.rename(home)
    shutil.rmtree(work)


def _fetch(work: Path) -> None:
    """One run of Maven: a folder `jars` for the server and for each module."""
    server = [
        f"org.opensearch:opensearch:{RELEASE}",
        f"org.opensearch:opensearch-plugin-classloader:{RELEASE}",  # for a module that extends
        f"org.apache.logging.log4j:log4j-core:{LOG4J}",
    ]
    wanted = {"server": server} | {
        name: [f"org.opensearch.plugin:{module.artifact}:{RELEASE}"]
        for name, module in MODULES.items()
    }
    for name, artifacts in wanted.items():
        (work / name).mkdir(parents=True)
        (work / name / "pom.xml").write_text(_pom(name, artifacts, ()))
    (work / "pom.xml").write_text(_pom("all", (), wanted))
    command = ["mvn", "--batch-mode", "--quiet", COPY, "-DincludeScope=runtime"]
    command.append("-DoutputDirectory=${project.basedir}/jars")
    for _ in range(TRIES):
        try:
            done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise ClusterError("mvn is not installed (Debian: apt-get install maven)") from None
        if done.returncode == 0:
            return
        command.append("--update-snapshots")  # it remembers a failure for a day
    raise ClusterError(f"Maven could not fetch OpenSearch:\n{(done.stdout + done.stderr)[-2000:]}")


def _pom(name: str, artifacts: Iterable[str], modules: Iterable[str]) -> str:
    fields = ("groupId", "artifactId", "version")
    needed = "".join(
        "<dependency>"
        + "".join(f"<{f}>{v}</{f}>" for f, v in zip(fields, one.split(":"), strict=True))
        + "</dependency>"
        for one in artifacts
    )
    parts = "".join(f"<module>{one}</module>" for one in modules)
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        f"<groupId>local</groupId><artifactId>{name}</artifactId><version>1</version>"
        f"<packaging>pom</packaging><modules>{parts}</modules>"
        f"<dependencies>{needed}</dependencies></project>"
    )


def _lay_out(home: Path, work: Path, name: str, module: Module) -> None:
    """A module's folder: its jars, its description, its permissions."""
    folder = home / "modules" / name
    folder.mkdir(parents=True)
    # A class that two class loaders of one line have is refused as "jar hell".
    taken = {jar.name for jar in (home / "lib").iterdir()}
    if module.extends:
        taken |= {jar.name for jar in (work / module.extends / "jars").iterdir()}
    for jar in (work / name / "jars").iterdir():
        if jar.name not in taken:
            shutil.copy(jar, folder)
    with zipfile.ZipFile(folder / f"{module.artifact}-{RELEASE}.jar") as opened:
        (plugin,) = (
            entry.removesuffix(".class").replace("/", ".")
            for entry in opened.namelist()
            if re.fullmatch(r"[\w/]+Plugin\.class", entry)
        )
    described = {
        "name": name,
        "description": name,
        "version": RELEASE,
        "opensearch.version": RELEASE,
        "java.version": 11,
        "classname": plugin,
        "extended.plugins": module.extends,
        "has.native.controller": "false",
    }
    text = "".join(f"{key}={value}\n" for key, value in described.items())
    (folder / "plugin-descriptor.properties").write_text(text)
    if module.permissions:
        granted = "".join(f"  permission {permission};\n" for permission in module.permissions)
        (folder / "plugin-security.policy").write_text(f"grant {{\n{granted}}};\n")
