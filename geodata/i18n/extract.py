"""The sentences and labels that source files use, to compare the catalogues with."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_KEY = re.compile(r"""["'`]([a-z_]+\.[a-z_0-9]+)["'`]""")
# What is completed when it runs: f"jobs.{state}", "about.limit_" ~ name, `choose.${name}`.
_BEGINNING = re.compile(
    r"""["'`]([a-z_]+\.[a-z_0-9]*)(?:\$?\{|["'`] ?[~+])|["'`]([a-z_]+\.)["'`]"""
)
GAP = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the code has it.

    Parameters
    ----------
    context
        Empty for most.
    forms
        English: one form, or singular and plural.
    parameters
        Names that a translation may use.
    where
        File and line.
    """

    context: str
    forms: tuple[str, ...]
    parameters: frozenset[str]
    where: str


def sentences(files: Iterable[Path]) -> Iterator[Sentence]:
    """Every ``Message(…)`` and ``Message.plural(…)`` of Python files.

    Raises
    ------
    ValueError
        A message is not a literal, so no catalogue can have it; names file and line.
    """
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                function = ast.unparse(node.func)
                if function in ("Message", "Message.plural"):
                    yield _sentence(node, function == "Message.plural", f"{path}:{node.lineno}")


def _sentence(call: ast.Call, plural: bool, where: str) -> Sentence:
    forms = tuple(_literal(argument, where) for argument in call.args[: 2 if plural else 1])
    named = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    context = _literal(named.pop("context"), where) if "context" in named else ""
    known = {*named, *GAP.findall("".join(forms)), *({"n"} if plural else ())}
    return Sentence(context, forms, frozenset(known), where)


def _literal(node: ast.expr, where: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise ValueError(f"{where}: a message is written as a literal, not as {ast.unparse(node)}")


def used_labels(files: Iterable[Path], known: Iterable[str]) -> set[str]:
    """Which of the ``known`` keys of labels stand in files, whole or as their beginning."""
    whole: set[str] = set()
    beginnings: set[str] = set()
    for path in files:
        content = path.read_text(encoding="utf-8")
        whole.update(_KEY.findall(content))
        beginnings.update(one or other for one, other in _BEGINNING.findall(content))
    starts = tuple(beginnings)
    return {key for key in known if key in whole or key.startswith(starts)}
