"""A real Chromium for tests, driven by chromedriver's WebDriver protocol: JSON over HTTP."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

BINARIES = ("chromium", "chromium-browser", "google-chrome")
# Nothing here may talk to anyone but our loopback server.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=ar",
)


def missing() -> str:
    """Why no browser can be driven here; empty when one can."""
    if not any(map(shutil.which, BINARIES)):
        return "no Chromium is installed"
    return "" if shutil.which("chromedriver") else "chromedriver is not installed"


class Browser:
    """One window of Chromium."""

    def __init__(self, driver: str, session: str) -> None:
        self._root = f"{driver}/session/{session}"

    def open(self, url: str) -> None:
        """Load a page and wait for it."""
        _call("POST", f"{self._root}/url", {"url": url})

    def resize(self, width: int, height: int, *, dark: bool = False) -> None:
        """See pages as a screen of this size and scheme does, from the next load on."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._command("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._command("Emulation.setEmulatedMedia", {"media": "", "features": [scheme]})

    def run(self, script: str, *arguments: Any) -> Any:
        """The value that a function body of JavaScript returns; promises are waited for."""
        return _call(
            "POST", f"{self._root}/execute/sync", {"script": script, "args": list(arguments)}
        )

    def press(self, keys: str) -> None:
        """Type on whatever has the focus."""
        pressed = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        action = {"type": "key", "id": "keyboard", "actions": pressed}
        _call("POST", f"{self._root}/actions", {"actions": [action]})

    def strike(self, code: str, letter: str, *, control: bool = False) -> None:
        """Press the key at a place of the keyboard, which writes this letter on the reader's."""
        modifiers = 2 if control else 0
        key = {"code": code, "key": letter, "modifiers": modifiers}
        self._command("Input.dispatchKeyEvent", {"type": "keyDown", **key})
        self._command("Input.dispatchKeyEvent", {"type": "keyUp", **key})

    def on_paper(self) -> None:
        """See the page as it is printed, until the next resize."""
        self._command("Emulation.setEmulatedMedia", {"media": "print"})

    def wait(self, script: str) -> Any:
        """The first true value of an expression, within a few seconds."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if value := self.run(f"return {script}"):
                return value
            time.sleep(0.05)
        raise AssertionError(f"never came true: {script}")

    def complaints(self) -> list[str]:
        """What the console said that is a warning or worse, since last asked."""
        entries = _call("POST", f"{self._root}/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] in ("WARNING", "SEVERE")]

    def picture(self, file: Path) -> None:
        """Save what the window shows as PNG."""
        file.write_bytes(base64.b64decode(_call("GET", f"{self._root}/screenshot")))

    def _command(self, name: str, parameters: dict[str, Any]) -> None:
        _call("POST", f"{self._root}/goog/cdp/execute", {"cmd": name, "params": parameters})


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium that lives as long as the block; its profile is thrown away."""
    port = _free_port()
    driver = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            ["chromedriver", f"--port={port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            session = _start(driver, profile)
            try:
                yield Browser(driver, session)
            finally:
                _call("DELETE", f"{driver}/session/{session}")
        finally:
            # The driver, and whatever of the browser its session left behind.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _start(driver: str, profile: str) -> str:
    options = {
        "binary": next(filter(None, map(shutil.which, BINARIES))),
        "args": [*FLAGS, f"--user-data-dir={profile}"],
    }
    wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
    body = {"capabilities": {"alwaysMatch": wanted}}
    for attempt in range(100):
        try:
            return str(_call("POST", f"{driver}/session", body)["sessionId"])
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError) or attempt == 99:
                raise
            time.sleep(0.1)
    raise AssertionError("unreachable")


def _call(method: str, url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read().decode()[:2000]) from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
