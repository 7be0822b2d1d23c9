"""Small changes of real logic, one at a time, made on the syntax tree.

The operators are those of mutation testing's standard set (DeMillo, Lipton and Sayward 1978, "Hints
on test data selection"): relations, connectives, constants, arithmetic, branches and statements.
Only the bodies of functions are changed: docstrings, annotations, decorators and sentences say
what the code does, they do not do it.
"""

from __future__ import annotations

import ast
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_RELATIONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("boundary", "<="),
    ast.LtE: ("boundary", "<"),
    ast.Gt: ("boundary", ">="),
    ast.GtE: ("boundary", ">"),
    ast.Eq: ("comparison", "!="),
    ast.NotEq: ("comparison", "=="),
    ast.In: ("comparison", "not in"),
    ast.NotIn: ("comparison", "in"),
    ast.Is: ("comparison", "is not"),
    ast.IsNot: ("comparison", "is"),
}
_ARITHMETIC: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
    ast.BitAnd: ast.BitOr(),
    ast.BitOr: ast.BitAnd(),
}
_SAID = frozenset({"Message", "Text", "Formatted", "warning", "info", "debug", "exception"})
# What no result shows: the next questions to a shape are faster; a loss of power loses no file.
_UNSEEN = frozenset({"prepare", "fsync"})
# What is allowed for the rounding of doubles: nothing lies exactly there but by rounding itself.
_MOST_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: bytes ``start`` to ``end`` of a file give way to ``new``."""

    path: str
    function: str
    line: int
    kind: str
    start: int
    end: int
    old: str
    new: str

    def applied(self, source: bytes) -> bytes:
        """The text of the file with the change."""
        return source[: self.start] + self.new.encode() + source[self.end :]


def mutants_of(path: Path, root: Path) -> list[Mutant]:
    """Every change of one module, in the order of its lines."""
    source = path.read_bytes()
    finder = _Finder(path.relative_to(root).as_posix(), source)
    finder.visit(ast.parse(source))
    return finder.found


def choose(mutants: Sequence[Mutant], root: Path, number: int, seed: int) -> list[Mutant]:
    """``number`` changes by chance: of every kind alike, of no function two, all of them Python."""
    by_kind: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        by_kind[mutant.kind].append(mutant)
    chance, kinds = random.Random(seed), sorted(by_kind)
    for kind in kinds:
        chance.shuffle(by_kind[kind])
    chosen: list[Mutant] = []
    places: set[tuple[str, str]] = set()
    while len(chosen) < number and any(by_kind.values()):
        for kind in kinds:
            while by_kind[kind] and len(chosen) < number:
                mutant = by_kind[kind].pop()
                place = (mutant.path, mutant.function)
                if place not in places and _compiles(
                    mutant.applied((root / place[0]).read_bytes())
                ):
                    places.add(place)
                    chosen.append(mutant)
                    break
    return chosen


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


class _Finder(ast.NodeVisitor):
    """Collects the changes inside functions."""

    def __init__(self, path: str, source: bytes) -> None:
        self.path, self.source = path, source
        lines = source.splitlines(keepends=True)
        self.line_starts = [0]
        for line in lines:
            self.line_starts.append(self.line_starts[-1] + len(line))
        self.names: list[str] = []
        self.in_function = 0
        self.margins = {name for name, value in _constants(source) if _is_rounding(value)}
        self.found: list[Mutant] = []

    def add(self, node: ast.AST, kind: str, new: str) -> None:
        if not self.in_function:
            return
        start = self.line_starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        end = self.line_starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
        old = self.source[start:end].decode()
        self.found.append(
            Mutant(self.path, ".".join(self.names), node.lineno, kind, start, end, old, new)  # type: ignore[attr-defined]
        )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.names.append(node.name)
        for each in node.body:
            self.visit(each)
        self.names.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.names.append(node.name)
        self.in_function += 1
        for each in node.body:
            self.visit(each)
        self.in_function -= 1
        self.names.pop()

    def visit_Raise(self, node: ast.Raise) -> None:
        """What an error says is not logic; that it is raised hangs on the conditions above."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) == 1:
            kind, operator = _RELATIONS[type(node.ops[0])]
            if kind != "boundary" or not (_reads_clock(node) or self._is_of_rounding(node)):
                left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
                self.add(node, kind, f"({left} {operator} {right})")
        self.generic_visit(node)

    def _is_of_rounding(self, node: ast.Compare) -> bool:
        """Whether a number is compared with a margin for rounding, by itself or beside others."""
        return any(
            (isinstance(each, ast.Constant) and _is_rounding(each.value))
            or (isinstance(each, ast.Name) and each.id in self.margins)
            for side in _sides(node)
            for each in ast.walk(side)
        )

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        operator = " or " if isinstance(node.op, ast.And) else " and "
        new = operator.join(f"({ast.unparse(each)})" for each in node.values)
        self.add(node, "connective", f"({new})")
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.Invert):
            self.add(node, "negation", f"({ast.unparse(node.operand)})")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        swapped = _ARITHMETIC.get(type(node.op))
        texts = any(isinstance(side, ast.JoinedStr) or _is_text(side) for side in _sides(node))
        if swapped is not None and not texts:
            self.add(
                node, "arithmetic", f"({ast.unparse(ast.BinOp(node.left, swapped, node.right))})"
            )
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if type(node.value) in (int, float):
            self.add(node, "constant", repr(node.value + 1))

    def visit_IfExp(self, node: ast.IfExp) -> None:
        test, body, other = (f"({ast.unparse(n)})" for n in (node.test, node.body, node.orelse))
        self.add(node, "branch", f"({other} if {test} else {body})")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        self.add(node.test, "branch", f"(not ({ast.unparse(node.test)}))")
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self.add(test, "branch", f"(not ({ast.unparse(test)}))")
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call) and _name(node.value) not in _SAID | _UNSEEN:
            self.add(node, "statement", "pass")
        self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        self.add(node, "statement", "pass")

    def visit_Call(self, node: ast.Call) -> None:
        if _name(node) not in _SAID:
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Formats are left as they are: their widths are no logic."""


def _constants(source: bytes) -> Iterator[tuple[str, object]]:
    """The names that a module gives to numbers and texts, each with what it stands for."""
    for each in ast.parse(source).body:
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant):
            yield from ((t.id, each.value.value) for t in each.targets if isinstance(t, ast.Name))


def _is_rounding(value: object) -> bool:
    return isinstance(value, float) and 0 < value <= _MOST_ROUNDING


def _sides(node: ast.BinOp | ast.Compare) -> Iterator[ast.expr]:
    yield node.left
    yield from [node.right] if isinstance(node, ast.BinOp) else node.comparators


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)


def _reads_clock(node: ast.Compare) -> bool:
    """Whether a time is compared with the present one, which is never the same to the last bit."""
    return any(
        isinstance(each, ast.Call) and _name(each) in ("monotonic", "time", "thread_time")
        for side in _sides(node)
        for each in ast.walk(side)
    )


def _name(call: ast.Call) -> str:
    """The last word of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
