"""Figures from features as computed figures for the ledger."""

from __future__ import annotations

from geodata.ledger.derived_figures import DerivedFigures, derived_figure
from geodata.table_import.column_records import NewIndicator, TableSource
from geodata.vectors.vector_recipe import VectorOutcome, VectorRecipe, recipe_document


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
        figures=tuple(derived_figure(each, recipe.status) for each in outcome.figures),
        recipe=recipe_document(recipe),
        left_out=len(outcome.left_out),
        source=source,
        new_indicators=new_indicators,
    )
