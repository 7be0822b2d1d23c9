"""From figures as found to figures as shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.build.derived_observations import derive_observations
from geodata.build.quality_flags import add_quality_flags
from geodata.build.split_population import with_population_shares
from geodata.catalogue import Catalogue
from geodata.concepts_file import with_concepts
from geodata.model import Observation, Succession, Unit


def shipped_figures(
    catalogue: Catalogue,
    figures: Sequence[Observation],
    units: Sequence[Unit],
    successions: Sequence[Succession],
    members: Mapping[str, Sequence[str]],
) -> tuple[tuple[Succession, ...], list[Observation]]:
    """Figures as shipped, and the shares by population that follow from them.

    Parameters
    ----------
    figures
        Figures of documents, tables and grids as found.
    units
        With their areas.
    members
        For each unit the communes of the horizon that make it up.

    Returns
    -------
    tuple
        The successions in their order, and the figures found and derived, with quality flags.
    """
    flagged = add_quality_flags(catalogue, figures, successions)
    shared = with_population_shares(successions, members, flagged, catalogue)
    marked = add_quality_flags(catalogue, figures, shared)
    derived = derive_observations(catalogue, marked, units)
    # Marked again: a derived figure may fall out of its range or disagree with one read.
    flagged = add_quality_flags(catalogue, [*marked, *derived], shared)
    return shared, with_concepts(catalogue.concepts.values(), flagged)
