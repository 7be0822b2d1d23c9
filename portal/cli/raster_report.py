"""What a raster gives, and which rasters are known, in words and as documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from geodata.computed_figures import UnitLeftOut
from geodata.i18n import Formatted, Joined, Localised, Message, Verbatim
from geodata.locale_numbers import format_number, format_share
from geodata.model import Level, Unit
from geodata.rasters.presets import Preset
from geodata.rasters.raster_recipe import RasterFigure, RasterOutcome, RasterRecipe, recipe_document
from layers.labels import LEVEL_NAMES

Bounds = tuple[float, float, float, float]

_MOST_TOLD = 20


def outcome_lines(outcome: RasterOutcome, recipe: RasterRecipe) -> Iterator[Localised]:
    """How many units get a figure of each kind, and why the others get none."""
    for figure in recipe.statistics:
        yield from _figure_lines(outcome, recipe, figure)
    for place, left in enumerate(outcome.left_out):
        if place == _MOST_TOLD:
            yield Message("and {n} more", n=len(outcome.left_out) - _MOST_TOLD)
            return
        yield _left_out_line(left)


def _figure_lines(
    outcome: RasterOutcome, recipe: RasterRecipe, figure: RasterFigure
) -> Iterator[Localised]:
    given = [each for each in outcome.figures if each.figure is figure]
    without = [each for each in outcome.left_out if each.figure is figure]
    yield Message(
        "{indicator}, {period}: {n} figures", indicator=figure.indicator,
        period=recipe.period_of(figure), n=len(given),
    )  # fmt: skip
    if given:
        yield Message("method: {method}", method=given[0].method)
    have = Counter(_era(each.unit) for each in given)
    wanted = have + Counter(_era(each.unit) for each in without)
    for era, number in sorted(wanted.items()):
        level, first_day = era
        yield Message(
            "{level} since {day}: {n} of {total}", level=LEVEL_NAMES[level], day=first_day,
            n=have[era], total=number,
        )  # fmt: skip
    if given:
        values = [each.value for each in given]
        yield Message(
            "from {low} to {high}, coverage at least {share}",
            low=Formatted(format_number, min(values)),
            high=Formatted(format_number, max(values)),
            share=Formatted(format_share, min(each.coverage for each in given)),
        )
    doubtful = sum(bool(each.doubt) for each in given)
    if doubtful:
        yield Message("doubtful, since they rest on few cells: {n}", n=doubtful)


def _era(unit: Unit) -> tuple[Level, str]:
    return unit.level, unit.valid_from.isoformat()


def _left_out_line(left: UnitLeftOut[RasterFigure]) -> Localised:
    name = Joined(" ", (left.unit.full_name, Verbatim(f"({left.unit.unit_id})")))
    return Message(
        "no figure of {indicator} for {unit}: {why}", indicator=left.figure.indicator, unit=name,
        why=left.why,
    )  # fmt: skip


def outcome_document(outcome: RasterOutcome, recipe: RasterRecipe) -> dict[str, Any]:
    """The figures, the units without one, and the recipe."""
    return {
        "recipe": recipe_document(recipe),
        "figures": [
            {
                "unit_id": each.unit.unit_id,
                "indicator": each.figure.indicator,
                "period": recipe.period_of(each.figure),
                "status": recipe.status,
                "value": each.value,
                "coverage": each.coverage,
                "cells": round(each.cells or 0.0, 3),
                "method": {"vi": each.method.vi, "en": each.method.en},
                "doubt": {"vi": each.doubt.vi, "en": each.doubt.en},
            }
            for each in outcome.figures
        ],
        "left_out": [
            {
                "unit_id": each.unit.unit_id,
                "indicator": each.figure.indicator,
                "period": recipe.period_of(each.figure),
                "why": {"vi": each.why["vi"], "en": each.why["en"]},
            }
            for each in outcome.left_out
        ],
    }


def preset_lines(preset: Preset, area: Bounds) -> Iterator[Localised]:
    """What a preset is, which files of it cover an area, and the command.

    Parameters
    ----------
    area
        West, south, east and north in degrees.
    """
    yield Joined(": ", (Verbatim(preset.id), preset.title))
    yield Joined("", (Verbatim("  "), preset.download))
    if preset.tiles:
        names = ", ".join(preset.tiles.covering(area))
        yield Message("files of this area: {names}", names=names)
    yield Verbatim(f"  {preset.page}")
    yield Message(
        "credit: {issuer}; terms: {licence}", issuer=preset.source.issuer,
        licence=preset.source.licence,
    )  # fmt: skip
    yield Verbatim(f"  {preset_command(preset)}")


def preset_command(preset: Preset) -> str:
    """The one command that adds a preset's raster."""
    second = " --condition FILE2" if preset.second else ""
    return f"portal raster add FILE --preset {preset.id}{second} --account NAME --write"


def preset_document(preset: Preset, area: Bounds) -> dict[str, Any]:
    """A preset as a document."""
    return {
        "id": preset.id,
        "title": {"vi": preset.title.vi, "en": preset.title.en},
        "period": preset.period,
        "download": {"vi": preset.download.vi, "en": preset.download.en},
        "files": list(preset.tiles.covering(area)) if preset.tiles else [],
        "page": preset.page,
        "credit": preset.source.issuer,
        "licence": preset.source.licence,
        "indicators": list(preset.indicators),
        "command": preset_command(preset),
    }
