"""How a figure from features was computed, in words."""

from __future__ import annotations

from geodata.i18n import Formatted, Joined, Localised, Message, Text
from geodata.locale_numbers import format_number
from geodata.vectors.vector_recipe import VectorFigure, VectorRecipe


def method_of(recipe: VectorRecipe, figure: VectorFigure) -> Text:
    """The words for the method of one figure of a recipe."""
    words = _operation(figure, _subject(figure))
    return Text.of(Joined("; ", [each for each in (words, recipe.exactness) if each]))


def _operation(figure: VectorFigure, subject: Localised) -> Localised:
    if figure.operation == "length":
        return Message(
            "Length of {subject} in the unit, cut at its border, half of what runs along a"
            " border, {measured}",
            subject=subject,
            measured=_measured(figure),
        )
    if figure.operation == "density":
        return Message(
            "Length of {subject} in the unit, cut at its border, {measured}, for 100 km² of the"
            " drawn shape",
            subject=subject,
            measured=_measured(figure),
        )
    if figure.operation == "count":
        return Message("Number of {subject} in the unit", subject=subject)
    if figure.operation == "share_within":
        return _within(figure, subject)
    return _nearest(figure, subject)


def _within(figure: VectorFigure, subject: Localised) -> Localised:
    metres = figure.distance_m or 0.0
    if not metres:
        return Message("Share of the unit's area that {subject} cover", subject=subject)
    return Message(
        "Share of the unit's area within {distance} km of {subject}, also of those beyond the"
        " border",
        distance=Formatted(format_number, metres / 1000),
        subject=subject,
    )


def _nearest(figure: VectorFigure, subject: Localised) -> Localised:
    name: Localised = figure.to.name if figure.to and figure.to.name else _destination(figure)
    if not figure.network:
        goal = name if figure.to else subject
        return Message("Straight distance from the unit's seat to {goal}", goal=goal)
    if figure.start == "network":
        return Message(
            "Mean of the shortest ways to {goal} along {subject}, from everywhere on these in the"
            " unit that is joined to it",
            goal=name,
            subject=subject,
        )
    return Message(
        "Shortest way from the unit's seat to {goal} along {subject}, with the straight line from"
        " the seat to the nearest of them",
        goal=name,
        subject=subject,
    )


def _destination(figure: VectorFigure) -> Localised:
    if figure.to is None:
        return Text("")
    if figure.to.lonlat is not None:
        return Text(", ".join(f"{degrees:.5f}" for degrees in figure.to.lonlat))
    return Text(" ".join(each.words for each in figure.to.where))


def _measured(figure: VectorFigure) -> Localised:
    if figure.measure == "plane":
        return Message("measured in the plane of the dataset")
    return Message("measured on the ellipsoid")


def _subject(figure: VectorFigure) -> Localised:
    if figure.subject:
        return figure.subject
    if figure.where:
        return Text(" ".join(each.words for each in figure.where))
    return Message("the features of the layer")
