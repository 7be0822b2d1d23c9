"""Changes that no test can catch, for they change no result: each with its reason.

They are left out of the draw. A change that merely is not caught does not belong here.
"""

from __future__ import annotations

from tests.mutation.mutants import Mutant

EQUIVALENT: dict[tuple[str, str, str], str] = {
    ("geodata/vectors/border_cuts.py", "_close_pairs", "lines.line[1:] != lines.line[:-1]"):
        "The groups only save time: each segment is held against the borders after them.",
    ("geodata/recast/service.py", "ratio_denominators",
     """(row.level, row.step_date, row.status_group) == (query.level, query.date, "actual")
        and row.with_value"""):
        "Other rows name periods in which the units of this level and day have no figures.",
    ("geodata/recast/polygon_intersections.py", "pairwise_intersection_areas",
     "strip * first.sign[e] * second.sign[f]"): "Signs are 1 or -1.",
    ("geodata/recast/polygon_intersections.py", "pairwise_intersection_areas",
     "strip * first.sign[e]"): "Signs are 1 or -1.",
    ("geodata/recast/ratios.py", "_quotients", "1.0"):
        "What is divided by it is not taken.",
    ("geodata/rasters/accumulators.py", "is_one_of", "values.dtype.itemsize > 2"):
        "The table only saves time.",
    ("geodata/table_import/layout/sheet_tables.py", "tables_of_sheet", "0"):
        "Where nothing was found nothing is measured against the best.",
    ("geodata/vectors/line_network.py", "_divided_at_feet", "along < 1"):
        "What is divided at its end has a part without length, which is left out.",
    ("geodata/vectors/line_network.py", "_divided_at_feet", "along > 0"):
        "What is divided at its begin has a part without length, which is left out.",
    ("geodata/rasters/cell_area.py", "_ScaledAreas._fitted",
     "np.abs(found / truth - 1).max() < _EXACT"):
        "Both ways to the area are exact to this margin.",
    ("portal/caching/response_cache.py", "compress", "5"): "How small, not what is told.",
    ("portal/caching/response_cache.py", "compress", "6"): "How small, not what is told.",
    ("portal/caching/response_cache.py", "_smallest_gzip", "9"): "How small, not what is told.",
    ("portal/caching/response_cache.py", "_smallest_gzip", "5"): "How small, not what is told.",
    ("portal/caching/response_cache.py", "_smallest_gzip", "8"): "How small, not what is told.",
    ("portal/export/spec.py", "ExportSpec.cache_key", "20"): "How long the key is.",
}  # fmt: skip
"""(path, function, old text) -> why the result stays the same."""


def is_equivalent(mutant: Mutant) -> bool:
    """Whether a change is known to leave every result as it is."""
    return (mutant.path, mutant.function, mutant.old) in EQUIVALENT
