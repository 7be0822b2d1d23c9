"""Figures from features as computed figures for the ledger."""

from __future__ import annotations

from geodata.ledger.derived_figures import DerivedFigure, DerivedFigures
from geodata.ledger.ledger_records import Derivation, SeriesKey
from geodata.table_import.column_records import NewIndicator, TableSource
from geodata.vectors.recipe import VectorRecipe, recipe_document
from geodata.vectors.unit_figures import FeatureFigure, VectorOutcome


def derived_of_features(
    recipe: VectorRecipe,
    outcome: VectorOutcome,
    sha256: str,
    source: TableSource,
    new_indicators: tuple[NewIndicator, ...] = (),
) -> DerivedFigures:
    """What a layer gave, to be published with method, coverage, recipe and source.

    Parameters
    ----------
    sha256
        Hash of the bytes of the file.
    source
        The data set as a document.
    """
    return DerivedFigures(
        file=recipe.file,
        sha256=sha256,
        figures=tuple(_derived(recipe, each) for each in outcome.figures),
        recipe=recipe_document(recipe),
        left_out=len(outcome.left_out),
        source=source,
        new_indicators=new_indicators,
    )


def _derived(recipe: VectorRecipe, each: FeatureFigure) -> DerivedFigure:
    key = SeriesKey(each.figure.indicator, "", recipe.period, recipe.status, each.unit.unit_id)
    return DerivedFigure(key, each.value, Derivation(each.method, each.coverage), each.doubt)
