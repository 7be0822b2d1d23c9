"""How a row of column numbers says that a column is worked out: ``3=2/1``, ``5=3*100/2``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geodata.readers.sheet import cell_text
from geodata.table_import.layout_records import TableLayout

Interval = tuple[float, float]
"""The least and the greatest that a figure may be."""

_TOKEN = re.compile(r"[0-9]+[a-wyz]?|[a-wyzđ]|[-+*/()]")
_RUN = re.compile(r"\b([0-9]{1,3})\+\.{2,}\+([0-9]{1,3})\b")
_SIGNS = str.maketrans(
    {"[": "(", "]": ")", ":": "/", "÷": "/", "x": "*", "×": "*", "−": "-", "–": "-", "%": None,
     " ": None, "\u00a0": None, "…": ".."}
)  # fmt: skip
_TENS = frozenset(str(10**power) for power in range(1, 7))
"""Numbers that stand for themselves where no column bears them: 100 for per cent."""


@dataclass(frozen=True, slots=True)
class Formula:
    """How one column is worked out from others.

    Parameters
    ----------
    column
        Number of the column.
    text
        As the table writes it: ``3=2/1``.
    columns
        Numbers of the columns that it names, each once.
    adds
        Whether it only adds and takes away.
    steps
        The operations in the order in which they are done (reverse Polish): an operator, a constant
        or the number of a column.
    """

    column: int
    text: str
    columns: tuple[int, ...]
    adds: bool
    steps: tuple[str | float | int, ...]

    def value(self, figures: Mapping[int, Interval]) -> Interval | None:
        """Between what the figures of the columns make it; None where it divides by zero."""
        stack: list[Interval] = []
        for step in self.steps:
            if isinstance(step, str):
                right, left = stack.pop(), stack.pop()
                found = _worked_out(step, left, right)
                if found is None:
                    return None
                stack.append(found)
            else:
                stack.append((step, step) if isinstance(step, float) else figures[step])
        return stack[0]

    def quotient(self) -> tuple[int, int] | None:
        """Numbers of the columns of numerator and denominator; None where it is no such share.

        A constant such as the 100 of per cent may stand in it.
        """
        if len(self.columns) != 2 or self.adds:
            return None
        for above, below in (self.columns, self.columns[::-1]):
            plain, doubled, halved = (
                self.value({above: (a, a), below: (b, b)}) for a, b in ((1, 1), (2, 1), (1, 2))
            )
            if not (plain and doubled and halved and plain[0]):
                continue
            if (doubled[0] / plain[0], halved[0] / plain[0]) == (2, 0.5):
                return above, below
        return None


def _worked_out(sign: str, left: Interval, right: Interval) -> Interval | None:
    if sign == "+":
        return left[0] + right[0], left[1] + right[1]
    if sign == "-":
        return left[0] - right[1], left[1] - right[0]
    if sign == "/":
        if right[0] <= 0 <= right[1]:
            return None
        right = 1 / right[1], 1 / right[0]
    ends = [one * other for one in left for other in right]
    return min(ends), max(ends)


def column_formulas(layout: TableLayout) -> Iterator[Formula]:
    """The formulas that the row of column numbers states, one for each column that has any.

    What cannot be read, or names a column that is not there, is left out.
    """
    row = next((each for each in layout.rows if each.role == "numbering"), None)
    if row is None:
        return
    texts = {each.number: cell_text(row.value(each.number)).lower() for each in layout.columns}
    labels = {_label(text): number for number, text in texts.items() if _label(text)}
    for number, text in texts.items():
        _, equals, expression = text.partition("=")
        formula = _read(number, text, expression, labels) if equals else None
        if formula is not None and number not in formula.columns:
            yield formula


def _label(text: str) -> str:
    return text.partition("=")[0].strip(" ()[]")


def _read(column: int, text: str, expression: str, labels: Mapping[str, int]) -> Formula | None:
    plain = _RUN.sub(_spelled_out, expression.translate(_SIGNS))
    tokens = _TOKEN.findall(plain)
    if "".join(tokens) != plain:
        return None
    try:
        steps = tuple(_FormulaParser(tokens, labels).steps())
    except (KeyError, IndexError, ValueError):
        return None
    named = tuple(dict.fromkeys(step for step in steps if type(step) is int))
    adds = not any(step in ("*", "/") or type(step) is float for step in steps)
    return Formula(column, text, named, adds, steps) if named else None


def _spelled_out(run: re.Match[str]) -> str:
    """``1+..+4`` as ``1+2+3+4``."""
    return "+".join(map(str, range(int(run[1]), int(run[2]) + 1)))


class _FormulaParser:
    """Reads an expression by the usual precedence of its signs."""

    def __init__(self, tokens: list[str], labels: Mapping[str, int]) -> None:
        self.tokens, self.labels, self.place = tokens, labels, 0

    def steps(self) -> list[str | float | int]:
        """All steps.

        Raises
        ------
        KeyError, IndexError, ValueError
            It is no expression, or names what is no column.
        """
        found = self._chain(("+", "-"))
        if self.place < len(self.tokens):
            raise ValueError(self.tokens[self.place])
        return found

    def _chain(self, signs: tuple[str, str]) -> list[str | float | int]:
        low = signs == ("+", "-")
        part = (lambda: self._chain(("*", "/"))) if low else self._operand
        found = part()
        while self.place < len(self.tokens) and self.tokens[self.place] in signs:
            sign = self.tokens[self.place]
            self.place += 1
            found = [*found, *part(), sign]
        return found

    def _operand(self) -> list[str | float | int]:
        sign = self.tokens[self.place]
        self.place += 1
        if sign == "(":
            found = self._chain(("+", "-"))
            if self.tokens[self.place] != ")":
                raise ValueError(sign)
            self.place += 1
            return found
        if sign not in self.labels and sign in _TENS:
            return [float(sign)]
        return [self.labels[sign]]
