"""Which tests stand nearest to a function: by name, by the words they use, by their imports."""

from __future__ import annotations

import ast
import re
from functools import cached_property
from pathlib import Path

PACKAGES = ("geodata", "layers", "portal")
_WORD = re.compile(r"[a-z0-9]+")
_PLAIN = frozenset({"test", "tests", "py", "init", "the", "of", "and", "a", "portal", "geodata"})
AWAY = frozenset({"browser", "benchmarks", "load", "packaging", "mutation"})


class NearestTests:
    """Ranks the test modules of a checkout for each of its modules.

    A test module is near when it imports the module (directly, or by way of few others), when it
    names the function, and when its own name and folder are those of the module.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tests = sorted(
            path
            for path in (root / "tests").rglob("test_*.py")
            if not AWAY & set(path.relative_to(root / "tests").parts)
        )
        self.modules = [path.relative_to(root).as_posix() for path in self.tests]
        self.texts = {path: path.read_text(encoding="utf-8") for path in self.tests}

    @cached_property
    def imports(self) -> dict[str, frozenset[str]]:
        """The project's modules that each of its modules imports."""
        paths = {_module(p, self.root): p for k in PACKAGES for p in (self.root / k).rglob("*.py")}
        return {name: self._imported(path, frozenset(paths)) for name, path in paths.items()}

    def _imported(self, path: Path, known: frozenset[str]) -> frozenset[str]:
        found = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
            elif isinstance(node, ast.Import):
                found |= {each.name for each in node.names}
        return frozenset(found & known)

    def distance(self, test: Path, module: str) -> int:
        """Number of imports from a test to a module, 1 for its own; 9 where there is no way."""
        known = frozenset(self.imports)
        here, seen = self._imported(test, known), set[str]()
        fixtures = test.parent / "conftest.py"
        if fixtures.exists():
            here |= self._imported(fixtures, known)
        for step in range(1, 9):
            if module in here:
                return step
            seen |= here
            here = frozenset(n for name in here for n in self.imports[name]) - seen
        return 9

    def of(self, path: str, function: str) -> list[str]:
        """The test modules, the nearest first, as paths below the root."""
        module = _module(self.root / path, self.root)
        folders = set(path.split("/")[:-1])
        words = set(_WORD.findall(path)) - _PLAIN
        name = function.rsplit(".", 1)[-1].strip("_")

        def closeness(test: Path) -> tuple[float, str]:
            stem = set(_WORD.findall(test.stem)) - _PLAIN
            text = self.texts[test]
            alike = sum(any(_akin(one, word) for word in words) for one in stem)
            score = 6.0 * alike / max(1, len(stem))
            score += 3.0 * len(folders & set(test.parts))
            score += 2.0 * bool(re.search(rf"\b_?{re.escape(name)}\b", text))
            score += 1.0 * sum(word in text for word in words) / max(1, len(words))
            return 2.0 * self.distance(test, module) - score, test.as_posix()

        return [t.relative_to(self.root).as_posix() for t in sorted(self.tests, key=closeness)]


def _akin(one: str, other: str) -> bool:
    """Whether words are the same or forms of one: ``compare`` and ``comparison``."""
    return one == other or (len(one) > 5 and one[:6] == other[:6])


def _module(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
