"""Two pages made from docstrings: the public interface, and the map of all modules.

    python docs/make_reference.py      writes docs/api.md and docs/modules.md; `make docs` does this

Each root's `__all__` is its public interface. Tests hold both pages to the code.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOTS = ("crawl", "crawl.extract", "index", "searcher", "web")
PACKAGES = ("crawl", "index", "searcher", "web")
MAP = """# Map of the modules

Every file with the first line of what it says of itself; made by `make docs`. Files stand
in the order of the alphabet; [architecture.md](architecture.md) tells in which order to read.
"""
HEAD = """# Python interface

Made from the docstrings by `make docs`. What stands here is stable: names are added, not renamed.
What does not is internal, and may change with any version.
"""


def api() -> str:
    """The page of the public interface."""
    return "\n".join([HEAD, *(line for root in ROOTS for line in section(root))]) + "\n"


def modules() -> str:
    """The page of all modules, a table for each folder."""
    folders: dict[Path, list[Path]] = {}
    for package in PACKAGES:
        for path in sorted((HERE.parent / package).rglob("*.py")):
            folders.setdefault(path.parent.relative_to(HERE.parent), []).append(path)
    lines = [MAP]
    for folder, paths in sorted(folders.items()):
        init = next(path for path in paths if path.name == "__init__.py")
        lines += [f"## {folder}/", "", first_line(init), "", "| module | what it is |", "|---|---|"]
        for path in paths:
            if path is not init:
                told = first_line(path).replace("|", "\\|")
                lines.append(f"| [`{path.name}`](../{path.relative_to(HERE.parent)}) | {told} |")
        lines.append("")
    return "\n".join(lines)


def first_line(path: Path) -> str:
    """What a module says of itself first."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split("\n"))


def section(name: str) -> Iterator[str]:
    """A root: what it is for, then each of its names."""
    root = importlib.import_module(name)
    yield f"## {name}\n\n{_text(root)}\n"
    for public in sorted(root.__all__, key=str.lower):
        if not inspect.ismodule(getattr(root, public)):
            yield from entry(public, getattr(root, public))


def entry(name: str, value: Any) -> Iterator[str]:
    """A name: its signature, what it is, and for a class what it can do."""
    if inspect.isclass(value):
        yield f"### class {name}{_signature(value)}\n\n{_text(value)}\n"
        for method, function in vars(value).items():
            inner = getattr(function, "__func__", getattr(function, "fget", function))
            if not method.startswith("_") and inspect.isfunction(inner) and inner.__doc__:
                shown = "" if isinstance(function, property) else _signature(inner)
                yield f"- **`{method}{shown}`** {_text(inner).replace(chr(10), chr(10) + '  ')}\n"
    elif inspect.isfunction(value):
        yield f"### {name}{_signature(value)}\n\n{_text(value)}\n"
    else:
        yield f"### {name}\n\n`{_plain(repr(value))[:200]}`\n"


def _signature(value: Any) -> str:
    try:
        shown = str(inspect.signature(value))
    except (TypeError, ValueError):
        return ""
    return _plain(shown.replace("(self, ", "(").replace("(self)", "()").replace("(cls, ", "("))


def _plain(text: str) -> str:
    """Without addresses in memory and quotation marks around types."""
    return re.sub(r" at 0x\w+", "", text).replace("'", "")


def _text(value: Any) -> str:
    """A docstring with its examples as code."""
    text = inspect.getdoc(value) or ""
    return re.sub(r"(?ms)^(>>> .*?)(?=\n\n|\Z)", r"```python\n\1\n```", text)


def main(wanted: list[str]) -> None:
    """Write both pages, or print those that are named."""
    pages = {"api": api, "modules": modules}
    for name in wanted:
        sys.stdout.write(pages[name]())
    for name in () if wanted else pages:
        (HERE / f"{name}.md").write_text(pages[name](), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    main(sys.argv[1:])
