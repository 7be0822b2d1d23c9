"""The classes of an indicator of kind ``category``: how its entry lists and cells name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message, Text
from geodata.model import Category, Direction, Indicator, MeasureUnit, Observation
from geodata.toml_reader import TableReader, nearest_names

MIN_CATEGORIES, MAX_CATEGORIES = 2, 9
"""One class says nothing, and more than nine colours are not told apart on a map."""

NO_MEASURE_UNIT = MeasureUnit("", Text(""), Text(""), False)
"""Of indicators whose values are no numbers."""

_CATEGORY_ID = re.compile(r"[a-z0-9][a-z0-9_]*")
_NUMBER_FIELDS = (
    "measure_unit",
    "numerator",
    "denominator",
    "ratio_factor",
    "decimals",
    "range",
    "usual_range",
    "flow",
    "classification",
    "extreme",
)
_CATEGORY_FIELDS = ("categories", "ordered")


def read_category_fields(entry: TableReader, directions: tuple[Direction, ...]) -> dict[str, Any]:
    """The fields that only an indicator of kind ``category`` has, and stand-ins for the others.

    Parameters
    ----------
    entry
        Takes the faults: a field that belongs to numbers, no list of classes, an id twice.
    directions
        The directions there are; only an ordered list can have one other than ``neutral``.

    Returns
    -------
    dict
        Arguments of `geodata.model.Indicator`.
    """
    _refuse(entry, _NUMBER_FIELDS, Message("The values of a category are no numbers"))
    ordered = entry.take("ordered", (bool,), False)
    direction: Direction = entry.choice("direction", directions, "neutral")
    if direction != "neutral" and not ordered:
        what = Message("Classes without an order cannot be better or worse")
        remedy = Message('Write ordered = true, or direction = "neutral"')
        entry.report("direction", what, direction, ("neutral",), remedy)
    return {
        "measure_unit": NO_MEASURE_UNIT,
        "numerator": None,
        "denominator": None,
        "ratio_factor": None,
        "direction": direction,
        "decimals": 0,
        "minimum": None,
        "maximum": None,
        "categories": _categories(entry, ordered),
        "ordered": ordered,
    }


def refuse_category_fields(entry: TableReader) -> None:
    """A fault for each field that only a category has, in the entry of another kind."""
    _refuse(entry, _CATEGORY_FIELDS, Message("Only an indicator of kind category has classes"))


def _refuse(entry: TableReader, fields: tuple[str, ...], what: Message) -> None:
    for field in fields:
        if entry.has(field):
            remedy = Message("Take the field out, or correct the kind")
            entry.report(field, what, entry.take(field, (object,)), remedy=remedy)


def _categories(entry: TableReader, ordered: bool) -> tuple[Category, ...]:
    listed = tuple(_category(each, ordered) for each in entry.tables("categories"))
    allowed = Message("{low} to {high}", low=MIN_CATEGORIES, high=MAX_CATEGORIES)
    if not MIN_CATEGORIES <= len(listed) <= MAX_CATEGORIES:
        remedy = Message('Write categories = [{ id = "…", name = { vi = "…", en = "…" } }, …]')
        what = Message("The number of classes is out of range")
        entry.report("categories", what, str(len(listed)), allowed, remedy)
    what = Message("Two classes have the same id or name")
    for said in zip(*((each.id, each.name.vi, each.name.en) for each in listed), strict=True):
        for twice in sorted({one for one in said if one and said.count(one) > 1}):
            entry.report("categories", what, twice)
    return listed


def _category(entry: TableReader, ordered: bool) -> Category:
    missing = not entry.has("id")
    category = Category(entry.string("id"), entry.text("name"), entry.string("colour", ""))
    if not missing and not _CATEGORY_ID.fullmatch(category.id):
        entry.report("id", Message("Malformed id"), category.id, (_CATEGORY_ID.pattern,))
    if category.colour and ordered:
        what = Message("The colours of an ordered list follow from its order")
        entry.report("colour", what, category.colour)
    entry.finish()
    return category


def read_category(text: str, indicator: Indicator, words: Mapping[str, str] | None = None) -> str:
    """The code of the class that a cell names.

    Parameters
    ----------
    text
        The cell; spaces around it do not count.
    words
        From what cells say to codes, where they hold other words than the codes.

    Raises
    ------
    InvalidInput
        The cell names none of the classes; a number is none either.
    """
    said = text.strip()
    known = dict(words) if words else {each: each for each in indicator.category_ids}
    if said not in known:
        raise InvalidInput(
            Message("The indicator has no such class"),
            found=said,
            allowed=nearest_names(said, known) or tuple(known),
            remedy=Message("Write the code of one of its classes"),
        )
    return known[said]


def with_category_places(
    observations: Iterable[Observation], indicators: Mapping[str, Indicator], where: str
) -> tuple[Observation, ...]:
    """The observations with the values that the codes of their classes have in the catalogue.

    Parameters
    ----------
    where
        The table, for messages.

    Raises
    ------
    FileFault
        A figure of a category names none of its classes, or another figure names one.
    """
    return tuple(
        _with_place(figure, indicators.get(figure.indicator), f"{where}:{number}")
        for number, figure in enumerate(observations, 2)
    )


def with_known_classes(
    observations: Iterable[Observation], indicators: Mapping[str, Indicator]
) -> Iterator[Observation]:
    """The figures with the places of their classes; those of no class that there is are left out.

    A list of classes may have changed since a figure was published, or the indicator its kind.
    """
    for figure in observations:
        indicator = indicators.get(figure.indicator)
        classes = indicator.category_ids if indicator else ()
        if not figure.category and not classes:
            yield figure
        elif indicator is not None and figure.category in classes:
            yield replace(figure, value=indicator.place_of(figure.category))


def _with_place(figure: Observation, indicator: Indicator | None, where: str) -> Observation:
    if not figure.category and (indicator is None or indicator.kind != "category"):
        return figure
    if indicator is None or figure.category not in indicator.category_ids:
        what = Message("The indicator has no such class")
        allowed = indicator.category_ids if indicator else ()
        remedy = Message("Run `portal dataset build`")
        raise FileFault(what, figure.category, allowed, remedy, f"{where} category")
    place = indicator.place_of(figure.category)
    return figure if figure.value == place else replace(figure, value=place)
