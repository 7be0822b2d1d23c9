"""What kind of table a file is: figures of units, a list of places, or the villages of communes.

Told by headings, by the words that names begin with, and by shapes; never by a guess alone: what
speaks for a kind is said with it, and a person may say another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from geodata.dataset import Dataset
from geodata.errors import FileFault
from geodata.i18n import Localised, Message
from geodata.list_import.listed_file import ListedFile
from geodata.places.place_vocabulary import PLACE_VOCABULARY
from geodata.point_tables.commune_names import CommuneFinder
from geodata.point_tables.headings import ORDINAL_HEADINGS, ListVocabulary
from geodata.point_tables.table_file import TableFile, rows_of_sheet
from geodata.readers.sheet import Sheet
from geodata.table_import.list_answers import TableKind
from geodata.vietnamese_names import fold, match_key
from geodata.villages.village_headings import VILLAGE_VOCABULARY, heads_villages
from geodata.villages.village_units import split_kind

_MOST = 0.6
"""Share of the rows from which most of them are of a kind."""

_AT_ONCE = 400
"""Rows that are looked at: the first ones tell what a list is."""

_UNTELLING = ORDINAL_HEADINGS | {"ghi chu", "note"}


@dataclass(frozen=True, slots=True)
class FoundKind:
    """The kind of a file, and what speaks for it.

    Parameters
    ----------
    sheet
        The sheet it was found in; empty for a file of shapes and for figures.
    said
        Whether a person said so.
    """

    kind: TableKind
    reasons: tuple[Localised, ...] = ()
    sheet: str = ""
    said: bool = False


@dataclass(frozen=True)
class _Signs:
    """What can be seen of a list before it is read."""

    fields: dict[str, str]
    names: Sequence[str]
    others: Sequence[str]
    heading: str = ""
    shapes: frozenset[str] = field(default_factory=frozenset)

    @property
    def placed(self) -> bool:
        return {"x", "y"} <= self.fields.keys() or "position" in self.fields or bool(self.shapes)

    @property
    def polygons(self) -> bool:
        return bool(self.shapes & {"Polygon", "MultiPolygon"})

    @property
    def with_village_word(self) -> int:
        return sum(bool(split_kind(name)[0]) for name in self.names)

    @property
    def of_villages(self) -> bool:
        named = self.with_village_word >= _MOST * len(self.names) if self.names else False
        return heads_villages(self.heading) or named


def find_kind(file: ListedFile, dataset: Dataset, said: str = "", sheet: str = "") -> FoundKind:
    """The kind of a file.

    Parameters
    ----------
    dataset
        Its communes and villages: names of units speak for figures.
    said
        The kind that a person said; empty where nobody did.
    sheet
        The sheet that a person named.
    """
    if file.table is None:
        found = _kind_of_shapes(file, sheet)
        return found if not said else FoundKind(_kind(said), found.reasons, said=True)
    best = FoundKind("figures", (Message("Its rows name units, its columns hold figures"),))
    for each in file.sheets(sheet):
        found = _kind_of_sheet(each, file.name, dataset)
        if found.kind in ((said,) if said else ("places", "villages")):
            best = found
            break
    if said:
        own = best.sheet if best.kind == said else sheet
        reasons = best.reasons if best.kind == said else ()
        return FoundKind(_kind(said), reasons, own, said=True)
    return best


def _kind(said: str) -> TableKind:
    kinds: dict[str, TableKind] = {"places": "places", "villages": "villages"}
    return kinds.get(said, "figures")


def _kind_of_shapes(file: ListedFile, layer: str) -> FoundKind:
    """A file of shapes holds no figures of units: points are places unless they name villages."""
    with suppress(FileFault):
        table = file.read(VILLAGE_VOCABULARY, layer)
        shapes = frozenset(row.shape.geom_type for row in table.rows[:_AT_ONCE] if row.shape)
        found = _decided(_signs(table, VILLAGE_VOCABULARY, shapes), True, 0)
        if found is not None and found.kind == "villages":
            return found
        if "Polygon" in shapes or "MultiPolygon" in shapes:
            signs = _signs(table, PLACE_VOCABULARY, shapes)
            if "category" not in signs.fields:
                return FoundKind("villages", (Message("Its shapes are areas"),))
    return FoundKind("places", (Message("It is a file of shapes"),))


def _kind_of_sheet(sheet: Sheet, file: str, dataset: Dataset) -> FoundKind:
    for vocabulary in (VILLAGE_VOCABULARY, PLACE_VOCABULARY):
        with suppress(FileFault):
            table = rows_of_sheet(_top(sheet), file, vocabulary)
            villages = vocabulary is VILLAGE_VOCABULARY
            if not table.rows:
                continue
            signs = _signs(table, vocabulary)
            known = _known(signs.names, dataset, villages=villages)
            if found := _decided(signs, villages, known):
                return FoundKind(found.kind, found.reasons, sheet.name)
    return FoundKind("figures")


def _top(sheet: Sheet) -> Sheet:
    return replace(sheet, rows=sheet.rows[:_AT_ONCE], unworked=())


def _signs(
    table: TableFile, vocabulary: ListVocabulary, shapes: frozenset[str] = frozenset()
) -> _Signs:
    fields: dict[str, str] = {}
    others = []
    for column in table.columns:
        name = vocabulary.field_of(table.headings.get(column, (column,)))
        if name and name not in fields:
            fields[name] = column
        elif not name and fold(column) not in _UNTELLING:
            others.append(column)
    column = fields.get("name", "")
    names = [row.cells[column] for row in table.rows if column and row.cells[column]]
    numeric = [each for each in others if _holds_numbers(table, each)]
    heading = (table.headings.get(column, (column,)) or ("",))[-1]
    return _Signs(fields, names, numeric, heading, shapes)


def _holds_numbers(table: TableFile, column: str) -> bool:
    values = [row.values.get(column) for row in table.rows]
    given = [value for value in values if value is not None]
    return bool(given) and all(isinstance(v, int | float) for v in given)


def _known(names: Sequence[str], dataset: Dataset, *, villages: bool) -> int:
    """How many of the names are units that the dataset has: villages, or communes."""
    if not villages:
        finder = CommuneFinder(dataset)
        return sum(finder.find(name) is not None for name in names)
    known = {match_key(unit.name.vi) for unit in dataset.units if unit.level == "village"}
    return sum(match_key(split_kind(name)[1]) in known for name in names)


def _decided(signs: _Signs, villages: bool, known: int) -> FoundKind | None:
    """The kind of a list that was read with a vocabulary; None where it is none of that kind."""
    if "name" not in signs.fields:
        return None
    if villages:
        return _decided_villages(signs, known) if signs.of_villages else None
    if known >= _MOST * len(signs.names):
        return None  # It names communes: what stands beside them are figures.
    if signs.placed or "category" in signs.fields:
        return FoundKind("places", tuple(_reasons_for_places(signs)))
    return None


def _decided_villages(signs: _Signs, known: int) -> FoundKind | None:
    """Villages, unless they are known already and what stands beside them are figures."""
    listed = signs.placed or "joined" in signs.fields
    if not listed and (signs.others or known >= _MOST * len(signs.names)):
        return None
    return FoundKind("villages", tuple(_reasons_for_villages(signs, known)))


def _reasons_for_places(signs: _Signs) -> Iterator[Localised]:
    yield Message("A column names places: “{column}”", column=signs.heading)
    if signs.placed and not signs.shapes:
        columns = [signs.fields[f] for f in ("x", "y", "position") if f in signs.fields]
        yield Message("Columns hold positions: {columns}", columns=", ".join(columns))
    if "category" in signs.fields:
        column = signs.fields["category"]
        yield Message("A column says what kind of place each is: “{column}”", column=column)


def _reasons_for_villages(signs: _Signs, known: int) -> Iterator[Localised]:
    if heads_villages(signs.heading):
        yield Message("A column names villages: “{column}”", column=signs.heading)
    else:
        yield Message(
            "{n} of {total} names begin with a word for a village",
            n=signs.with_village_word, total=len(signs.names),
        )  # fmt: skip
    if signs.polygons:
        yield Message("Its shapes are areas")
    elif signs.placed:
        yield Message("Its rows have positions")
    elif "joined" in signs.fields:
        yield Message("A column says which village each joined")
    elif known < len(signs.names):
        yield Message("{n} of its villages are not known yet", n=len(signs.names) - known)
