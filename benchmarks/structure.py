"""Structure: the map, the words and the sizes of the code, as figures that can be held.

    python -m benchmarks.structure [CHECKOUT]

Of the four packages and the front door: files in the fullest folder, class names that mean two
things, modules named in the docs, modules that a test imports, import cycles between files, and how
long files and functions are. `tests/test_law_structure.py` holds all but the last; give another
checkout to compare with it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.data import ROOT

PACKAGES = ("crawl", "index", "searcher", "web")
DOCS = ("README.md", "CONTRIBUTING.md", "docs/*.md")


@dataclass(frozen=True, slots=True)
class Structure:
    """What was counted; `files` and `functions` give lines by name."""

    folders: Counter[str]
    classes: dict[str, list[str]]
    unnamed: list[str]
    untested: list[str]
    cycles: list[str]
    files: dict[str, int]
    functions: dict[str, int]
    untyped: list[str]

    @property
    def homonyms(self) -> dict[str, list[str]]:
        """Class names used twice or more, each with the modules that do."""
        return {name: places for name, places in self.classes.items() if len(places) > 1}


def read_structure(root: Path) -> Structure:
    """Count a checkout; nothing of it is imported or run."""
    modules = dict(_modules(root))
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in modules.items()}
    docs = "\n".join(
        page.read_text(encoding="utf-8") for pattern in DOCS for page in sorted(root.glob(pattern))
    )
    functions: dict[str, int] = {}
    untyped: list[str] = []
    for name, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions[f"{name}:{node.name}"] = (node.end_lineno or 0) - node.lineno + 1
                if not _is_typed(node):
                    untyped.append(f"{name}:{node.name}")
    paths = {name: path.relative_to(root) for name, path in modules.items()}
    return Structure(
        Counter(str(path.parent) for path in paths.values() if path.name != "__init__.py"),
        _classes(trees),
        [str(path) for path in paths.values() if not is_named(path, docs)],
        _untested(root, modules, trees),
        _cycles(trees),
        {name: len(path.read_text("utf-8").splitlines()) for name, path in modules.items()},
        functions,
        untyped,
    )


def is_named(path: Path, docs: str) -> bool:
    """Whether the docs name a module: by its path, or by its file below a heading of its folder."""
    if path.name == "__init__.py":
        return str(path.parent) in docs
    return str(path) in docs


def _modules(root: Path) -> Iterator[tuple[str, Path]]:
    for path in [root / "bahith.py", *(p for one in PACKAGES for p in (root / one).rglob("*.py"))]:
        parts = path.relative_to(root).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), path


def _classes(trees: dict[str, ast.Module]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found[node.name.lstrip("_")].append(name)
    return dict(found)


def _untested(root: Path, modules: dict[str, Path], trees: dict[str, ast.Module]) -> list[str]:
    """The modules that no test file imports, under their own name or through a package's root."""
    homes = {
        f"{name}.{alias.asname or alias.name}": f"{node.module}.{alias.name}"
        for name, tree in trees.items()
        if modules[name].name == "__init__.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    tested: set[str] = set()
    for path in (root / "tests").glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                tested |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    name = f"{node.module}.{alias.name}"
                    while name in homes:  # `from searcher import Searcher` is searcher.search
                        name = homes[name]
                    tested |= {name, name.rpartition(".")[0]}
    return [
        name for name, path in modules.items() if path.name != "__init__.py" and name not in tested
    ]


def _cycles(trees: dict[str, ast.Module]) -> list[str]:
    """The modules that can't be put into an order, each importing only those before it."""
    graph = {name: set(_imports(tree, trees)) - {name} for name, tree in trees.items()}
    while leaves := [name for name, targets in graph.items() if not targets & graph.keys()]:
        for name in leaves:
            del graph[name]
    return sorted(graph)


def _imports(tree: ast.Module, known: dict[str, ast.Module]) -> Iterator[str]:
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in known else node.module or "" for name in names]
        yield from (name for name in names if name in known)


def _is_typed(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    given = [one for one in given if one.arg not in ("self", "cls")]
    return node.returns is not None and all(one.annotation for one in given)


def main(arguments: list[str]) -> None:
    """Print the figures of this checkout, or of the one given."""
    found = read_structure(Path(arguments[0]).resolve() if arguments else ROOT)
    files, functions = found.files, found.functions
    (fullest, most), *_ = found.folders.most_common(1)
    print(f"modules: {len(files)}, lines: {sum(files.values()):,}")
    print(f"files in the fullest folder: {most} ({fullest})")
    print(f"class names used twice: {len(found.homonyms)}")
    for name, places in sorted(found.homonyms.items()):
        print(f"    {name}: {', '.join(places)}")
    named = len(files) - len(found.unnamed)
    print(f"modules named in the docs: {named} of {len(files)} ({named / len(files):.0%})")
    for path in found.unnamed[:20]:
        print(f"    {path}")
    print(f"modules that no test imports: {len(found.untested)}")
    print(f"import cycles: {len(found.cycles)} files in one")
    for what, lines in (("file", files), ("function", functions)):
        longest = max(lines, key=lambda name: lines[name])
        print(
            f"lines a {what}: median {median(lines.values()):.0f}, "
            f"most {lines[longest]} ({re.sub('^.*[.]', '', longest)})"
        )
    print(f"typed functions: {1 - len(found.untyped) / len(functions):.1%}")


if __name__ == "__main__":
    main(sys.argv[1:])
