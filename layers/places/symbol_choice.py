"""Which symbol each category of places is drawn with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.model import PlaceCategory
from geodata.vietnamese_names import fold
from layers.places.symbol_shapes import COLOURS, OUTLINES, SIGNS


@dataclass(frozen=True, slots=True)
class PlaceSymbol:
    """How the places of a category are drawn.

    Parameters
    ----------
    sign
        Id of the sign within; see `layers.places.symbol_shapes.SIGNS`.
    outline
        Id of the outline around it.
    colour
        Fill of the outline, ``#rrggbb``; the sign is white.
    """

    sign: str
    outline: str
    colour: str


_OUTLINE_OF_SIGN = {
    "school": "square",
    "health": "circle",
    "tourism": "triangle",
    "camera": "hexagon",
    "water": "drop",
    "works": "pentagon",
    "culture": "diamond",
    "market": "house",
    "office": "shield",
    "place": "star",
}
"""The outline a sign has while no other category has it."""

_WORDS = {
    "school": ("truong", "hoc", "mam non", "giao duc", "school"),
    "health": ("y te", "benh vien", "phong kham", "health", "hospital", "clinic"),
    "camera": ("camera", "giam sat"),
    "tourism": ("du lich", "thac", "homestay", "canh quan", "tourist", "tourism"),
    "water": ("nuoc", "thuy loi", "ho chua", "dap", "water"),
    "market": ("cho", "sieu thi", "cua hang", "market", "shop"),
    "culture": ("di tich", "van hoa", "den", "chua", "culture", "heritage"),
    "office": ("tru so", "uy ban", "cong an", "co quan", "office"),
    "works": ("cong trinh", "nha may", "thuy dien", "cau", "du an", "works", "plant"),
}
"""Words in the name of a category by which its sign is chosen where the catalogue names none."""


def check_symbol(category: PlaceCategory) -> None:
    """Refuse a symbol that there is not.

    Raises
    ------
    InvalidInput
    """
    if category.symbol and category.symbol not in SIGNS:
        what = Message("There is no such symbol")
        raise InvalidInput(what, found=category.symbol, allowed=tuple(SIGNS))


def choose_symbols(categories: Iterable[PlaceCategory]) -> dict[str, PlaceSymbol]:
    """A symbol for each category, by its id; no two have one outline while there are outlines left.

    The outline alone tells them apart in grey and for readers who see colours differently; from
    the eleventh category on, an outline comes again in another colour.
    """
    chosen: dict[str, PlaceSymbol] = {}
    for category in categories:
        sign = category.symbol if category.symbol in SIGNS else _sign_by_name(category)
        chosen[category.id] = _free_symbol(sign, chosen.values())
    return chosen


def _free_symbol(sign: str, taken: Iterable[PlaceSymbol]) -> PlaceSymbol:
    used = [(symbol.outline, symbol.colour) for symbol in taken]
    own = _OUTLINE_OF_SIGN[sign]
    order = [own, *(outline for outline in OUTLINES if outline != own)]
    rounds = len(used) // len(OUTLINES)
    outline = min(order, key=lambda each: sum(each == other for other, _ in used))
    colour = COLOURS[(list(OUTLINES).index(outline) + rounds) % len(COLOURS)]
    return PlaceSymbol(sign, outline, colour)


def _sign_by_name(category: PlaceCategory) -> str:
    names = [f" {fold(category.name.vi)} ", f" {fold(category.name.en)} "]
    for sign, words in _WORDS.items():
        if any(f" {word} " in name for word in words for name in names):
            return sign
    return "place"
