"""In words, how a figure was computed from a raster."""

from __future__ import annotations

from geodata.i18n import Formatted, Joined, Localised, Message, Text, Verbatim
from geodata.locale_numbers import format_number
from geodata.rasters.raster_recipe import RasterFigure, RasterRecipe

_FRACTIONS = Message("cells on the boundary count with the part inside")
_HALF = Message("cells with at least half of them inside")
_METHODS = {
    "mean": Message("Mean of the grid cells by true area, {fractions}", fractions=_FRACTIONS),
    "sum": Message("Sum of the grid cells, {fractions}", fractions=_FRACTIONS),
    "min": Message("Lowest value of the {half}", half=_HALF),
    "max": Message("Highest value of the {half}", half=_HALF),
    "range": Message("Highest less lowest value of the {half}", half=_HALF),
    "share_above": Message(
        "Share of the true area with a value above {bound}, {fractions}", fractions=_FRACTIONS
    ),
    "share": Message("Share of the true area in {classes}, {fractions}", fractions=_FRACTIONS),
    "area": Message("True area in {classes}, {fractions}", fractions=_FRACTIONS),
    "weighted_mean": Message(
        "Mean of the grid cells weighted by those of {weights}, {fractions}", fractions=_FRACTIONS
    ),
}
_MOST_CLASSES = 12


def method_of(recipe: RasterRecipe, figure: RasterFigure) -> Text:
    """The words that stand beside every figure."""
    said: list[Localised] = [
        _METHODS[figure.operation].filled(
            bound=_number(figure.threshold or 0.0),
            classes=_classes(recipe, figure),
            weights=recipe.weights,
        )
    ]
    if recipe.condition and figure.classes:
        said.append(
            Message(
                "only cells where {raster} is above {bound}",
                raster=recipe.condition,
                bound=_number(recipe.condition_above),
            )
        )
    if recipe.coarseness:
        said.append(recipe.coarseness)
    return Text.of(Joined("; ", tuple(said)))


def few_cells_doubt(cells: float) -> Text:
    """Why a figure of few cells is doubtful."""
    return Text.of(Message("It rests on {n} cells of the raster only", n=_number(cells, 1)))


def _classes(recipe: RasterRecipe, figure: RasterFigure) -> Localised:
    """The codes with their names, or how many they are."""
    codes = figure.classes
    if len(codes) > _MOST_CLASSES:
        first, last = codes[0], codes[-1]
        return Message("{n} classes from {first} to {last}", n=len(codes), first=first, last=last)
    named = tuple(_class(recipe, code) for code in codes)
    return Message.plural("class {names}", "classes {names}", len(codes)).filled(
        names=Joined(", ", named)
    )


def _class(recipe: RasterRecipe, code: int) -> Localised:
    name = recipe.class_names.get(code)
    if name is None:
        return Verbatim(str(code))
    return Joined("", (Verbatim(f"{code} ("), name, Verbatim(")")))


def _number(value: float, decimals: int = 2) -> Localised:
    return Formatted(format_number, value, decimals=decimals)
