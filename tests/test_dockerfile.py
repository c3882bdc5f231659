"""The Dockerfile, where no docker builds it: its instructions say what the project says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from bahith import COMMANDS, bahith
from crawl import in_force

KNOWN = {
    *("FROM", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "ENV", "EXPOSE"),
    *("HEALTHCHECK", "STOPSIGNAL", "ENTRYPOINT", "CMD"),
}


@pytest.fixture
def instructions(root: Path) -> list[tuple[str, str]]:
    """Each instruction with what follows it, lines joined, comments left out."""
    text = (root / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^#.*\n", "", text, flags=re.M).replace("\\\n", " ")
    return [
        (name, rest)
        for name, _, rest in (line.partition(" ") for line in text.splitlines() if line)
    ]


def test_every_instruction_is_one_and_nothing_runs_as_root(
    instructions: list[tuple[str, str]],
) -> None:
    """Versions are named, what is started is a list of words, and the user is set before it."""
    names = [name for name, _ in instructions]
    assert set(names) <= KNOWN
    assert names[0] == "FROM"
    assert all(
        ":" in rest and ":latest" not in rest for name, rest in instructions if name == "FROM"
    )
    last = len(names) - 1 - names[::-1].index("FROM")
    assert last < names.index("USER") < names.index("ENTRYPOINT") < names.index("CMD")
    for name, rest in instructions:
        if name in ("ENTRYPOINT", "CMD"):
            assert all(isinstance(word, str) for word in json.loads(rest))


def test_what_it_installs_and_starts_is_there(
    root: Path, instructions: list[tuple[str, str]]
) -> None:
    """Extras, settings, options and the version of Python are the project's."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    told = dict(instructions)
    extras = {
        one for found in re.findall(r"\[([a-z,]+)\]'", told["RUN"]) for one in found.split(",")
    }
    assert extras == {*project["optional-dependencies"]} - {"dev"}
    version = re.search(r"python:(\d+)\.(\d+)", told["FROM"])
    least = re.search(r"(\d+)\.(\d+)", project["requires-python"])
    assert version
    assert least
    assert tuple(map(int, version.groups())) >= tuple(map(int, least.groups()))
    variables = {name for name, _ in re.findall(r"(BAHITH_\w+)=(\S+)", told["ENV"])}
    assert len(variables) == 2 <= len([*in_force()])
    (program,), (command, *words) = json.loads(told["ENTRYPOINT"]), json.loads(told["CMD"])
    assert (program, command in COMMANDS) == ("bahith", True)
    found = bahith.get_command(click.Context(bahith), command)
    assert found
    options = {option for one in found.params for option in one.opts}
    assert {word for word in words if word.startswith("--")} <= options
    assert "/healthz" in told["HEALTHCHECK"]


def test_docker_builds_it(root: Path) -> None:
    """Where asked for, and docker is: it fetches an image of Python and all libraries."""
    if not os.environ.get("BAHITH_DOCKER") or not shutil.which("docker"):
        pytest.skip("BAHITH_DOCKER=1 builds the image, where docker is")
    subprocess.run(["docker", "build", "--quiet", "."], cwd=root, check=True)
