"""Tables and code blocks in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; line breaks and bars within cells are taken care of."""
    lines = [_line(header), _line(["---"] * len(header)), *(_line(row) for row in rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def code(name: str) -> str:
    """A name set as code; empty for an empty name."""
    return f"`{name}`" if name else ""


def code_block(text: str, language: str = "") -> str:
    """Lines set as code."""
    return f"```{language}\n{text}\n```\n"
