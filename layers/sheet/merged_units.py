"""What a sheet of before and after says of its lines: who was merged, by which decree, what moved.

A place can come into another class or another rank though nothing changed there, because it was
merged with others. Where the same figures on the new lines give another class than the place's
largest part had, and the later figure leaves it there, the lines alone have moved it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geodata.i18n import Language, Message
from geodata.i18n.collation import sort_key
from geodata.recast.service import all_successions, unit_sizes
from layers.comparison import Comparison
from layers.formatting import format_value
from layers.labels import date_text
from layers.layer_view import LayerView

if TYPE_CHECKING:
    from geodata.store.interface import Store

MERGED = Message("Merged")
MOVED = Message("Moved by lines")
BOUNDS = Message("Bounds")
_MOST_RANKS = 12
_WEIGHTS = ("population", "households", "area")


@dataclass(frozen=True, slots=True)
class Lineage:
    """Which units on the right were formed of several on the left, and by what decree.

    Parameters
    ----------
    parts
        By unit on the right the units on the left it was formed of, the largest first.
    names
        Names of all of them.
    decree
        The laws or decrees with their days.
    """

    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    decree: str = ""

    def text(self, keys: Mapping[str, str], others: Sequence[str], language: Language) -> str:
        """``Bản Bo ← 1 Bản Bo, 35 Nà Tăm``: numbers are those on the maps.

        Parameters
        ----------
        keys
            By unit id the number that stands on a map instead of the name; empty for none.
        others
            Units that have no room for their names on a map and are in no merger.
        """

        def name(unit: str) -> str:
            return f"{keys[unit]} {self.names[unit]}" if keys.get(unit) else self.names[unit]

        rows = sorted(self.parts, key=lambda unit: sort_key(self.names[unit], language))
        said = [f"{name(new)} ← {', '.join(map(name, self.parts[new]))}" for new in rows]
        words = "; ".join(said)
        head = self.decree + (" " if self.decree else "")
        note = Message("A number stands on the map where the name has no room.")[language]
        tail = f" {note}" if any(keys.values()) else ""
        more = f"; {', '.join(name(unit) for unit in others)}" if others else ""
        return f"{head}{words}{more}.{tail}"


def lineage_of(comparison: Comparison, store: Store) -> Lineage | None:
    """The mergers between the two sides; None where there are none, or time runs backwards."""
    left, right = comparison.left, comparison.right
    start, end = left.layer.date, right.layer.drawn_on
    if start >= end:
        return None
    language = left.layer.language
    parts = {new: olds for new, olds in _parts(comparison, store).items() if len(olds) > 1}
    if not parts:
        return None
    between = [row for row in all_successions(store) if start < row.date <= end]
    shown = {*left.units, *right.units}
    said = dict.fromkeys(
        f"{row.legal_basis[language]}, {date_text(row.date, language)}."
        for row in between
        if row.legal_basis[language] and shown & {row.from_id, row.to_id}
    )
    names = {unit: each.name[language] for side in (left, right)
             for unit, each in side.units.items()}  # fmt: skip
    return Lineage(parts, names, " ".join(said))


def _parts(comparison: Comparison, store: Store) -> dict[str, tuple[str, ...]]:
    """By unit on the right those on the left most of which lies in it, the largest first."""
    sizes = unit_sizes(store)
    weight = next((sizes[name] for name in _WEIGHTS if sizes.get(name)), {})
    found: dict[str, list[str]] = {}
    for unit in comparison.left.units:
        successor = comparison.successors.get(unit)
        if successor and successor.unit_id in comparison.right.units:
            found.setdefault(successor.unit_id, []).append(unit)
    return {
        new: tuple(sorted(olds, key=lambda unit: (-weight.get(unit, 0.0), unit)))
        for new, olds in found.items()
    }


@dataclass(frozen=True, slots=True)
class MovedByLines:
    """Units on the right that lines alone brought into another class or rank.

    Parameters
    ----------
    classes
        Their ids, by class.
    ranks
        Id, rank of the largest part among the largest parts, and rank of the unit.
    """

    classes: frozenset[str] = frozenset()
    ranks: tuple[tuple[str, int, int], ...] = ()


def moved_by_lines(comparison: Comparison, store: Store) -> MovedByLines:
    """What moved though the figures are the same; by rank only where there are numbers."""
    left, base, right = comparison.left, comparison.base, comparison.right
    if left.layer.date >= right.layer.drawn_on:
        return MovedByLines()
    parts = _parts(comparison, store)
    largest = {new: olds[0] for new, olds in parts.items()}
    merged = {new for new, olds in parts.items() if len(olds) > 1}
    before = {new: left.unit_views[old].class_index for new, old in largest.items()}
    redrawn = {new: base.unit_views[new].class_index for new in largest}
    after = {new: right.unit_views[new].class_index for new in largest}
    classes = {
        new
        for new in merged
        if None not in (before[new], redrawn[new]) and before[new] != redrawn[new] == after[new]
    }
    if left.indicator.kind == "category":
        return MovedByLines(frozenset(classes))
    ranked = [
        new for new, old in largest.items()
        if left.unit_views[old].value is not None and base.unit_views[new].value is not None
    ]  # fmt: skip
    was = _ranks({new: left.unit_views[largest[new]].value or 0.0 for new in ranked})
    became = _ranks({new: base.unit_views[new].value or 0.0 for new in ranked})
    moved = [(new, was[new], became[new]) for new in ranked if was[new] != became[new]]
    moved.sort(key=lambda row: (-abs(row[1] - row[2]), row[2]))
    return MovedByLines(frozenset(classes), tuple(moved))


def _ranks(values: Mapping[str, float]) -> dict[str, int]:
    order = sorted(values.values(), reverse=True)
    return {unit: order.index(value) + 1 for unit, value in values.items()}


def moved_text(moved: MovedByLines, right: LayerView) -> str:
    """What the sheet says of them; empty where nothing moved."""
    language = right.layer.language
    names = {unit: each.name[language] for unit, each in right.units.items()}
    parts = []
    if moved.classes:
        listed = sorted((names[u] for u in moved.classes), key=lambda n: sort_key(n, language))
        said = Message(
            "another class than the largest part had, though the figures are the same "
            "(dashed outline): {names}",
            names=", ".join(listed),
        )
        parts.append(said[language])
    if moved.ranks:
        shown = [f"{names[u]} {was}→{now}" for u, was, now in moved.ranks[:_MOST_RANKS]]
        rest = len(moved.ranks) - len(shown)
        if rest:
            shown.append(Message("and {n} more", n=rest)[language])
        said = Message(
            "another rank among the {n} units, from that of the largest part: {names}",
            n=len(right.units),
            names=", ".join(shown),
        )
        parts.append(said[language])
    words = "; ".join(parts)
    return words[:1].upper() + words[1:]


def bounds_text(layer_view: LayerView) -> str:
    """Between what an estimate lies by the weights known; empty where none has bounds."""
    indicator, language = layer_view.indicator, layer_view.layer.language
    rows = []
    for unit, view in layer_view.unit_views.items():
        record = view.recast
        if record is None or record.low is None or record.high is None:
            continue
        low, high = (format_value(v, indicator, language) for v in (record.low, record.high))
        if low != high:
            rows.append(f"{layer_view.units[unit].name[language]} {low} – {high}")
    return "; ".join(sorted(rows, key=lambda row: sort_key(row, language)))
