"""A new indicator made in a form, with the denominator that it may need along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.catalogue import Catalogue
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.model import Level
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.columns.indicator_form import IndicatorFaults, IndicatorForm
from geodata.vietnamese_names import normalise

_OF_DENOMINATOR = {
    "name_vi": "denominator_name_vi", "name_en": "denominator_name_vi",
    "measure_unit": "denominator_unit", "measure_unit_name_vi": "denominator_unit",
    "measure_unit_name_en": "denominator_unit",
}  # fmt: skip
"""Where the faults of a denominator that is made along are mended."""


def new_indicator(
    form: Mapping[str, str],
    catalogue: Catalogue,
    level: Level,
    made: Sequence[NewIndicator] = (),
) -> NewIndicator:
    """Make an indicator of what a person filled in.

    Parameters
    ----------
    form
        Texts by the names of `FIELDS`; what is missing counts as empty. ``theme`` and
        ``measure_unit`` are ids of the catalogue; where they are empty, ``theme_name_…`` and
        ``measure_unit_name_…`` name new ones. ``levels`` are ids with commas between.
    catalogue
        What there is already.
    level
        Level of the table's units. Where the form names no levels, the indicator has a meaning at
        this one and those above.
    made
        Indicators made for the same table before.

    Returns
    -------
    NewIndicator
        Its id is made of its English name.

    Raises
    ------
    IndicatorFaults
        Fields are wrong or missing; all of them at once.
    """
    return IndicatorForm(form, catalogue, level, made).indicator()


def new_indicators(
    form: Mapping[str, str],
    catalogue: Catalogue,
    level: Level,
    made: Sequence[NewIndicator] = (),
) -> tuple[NewIndicator, ...]:
    """Make an indicator and, where it is a ratio of something unknown so far, its denominator.

    A denominator named in ``denominator_name_…`` with its ``denominator_unit`` becomes a count
    without figures: the ratio is shown as it was published, and can be worked out anew for merged
    units once the denominator has figures.

    Parameters
    ----------
    form, catalogue, level, made
        As of `new_indicator`.

    Returns
    -------
    tuple
        The denominator, if one is made, and the indicator.

    Raises
    ------
    IndicatorFaults
        As of `new_indicator`, the denominator's faults among them.
    """
    named = normalise(form.get("denominator_name_vi", ""))
    if form.get("kind") != "ratio" or form.get("denominator", "").strip() or not named:
        return (new_indicator(form, catalogue, level, made),)
    faults: dict[str, FileFault] = {}
    found: list[NewIndicator] = []
    try:
        found.append(new_indicator(_denominator_form(form), catalogue, level, made))
    except IndicatorFaults as of_whole:
        faults |= {_OF_DENOMINATOR.get(field, field): f for field, f in of_whole.by_field.items()}
    try:
        whole = found[0].indicator.id if found else next(iter(catalogue.indicators), "")
        said = {**form, "denominator": whole}
        found.append(new_indicator(said, catalogue, level, (*made, *found)))
    except IndicatorFaults as of_ratio:
        faults = {**of_ratio.by_field, **faults}
    if faults:
        raise IndicatorFaults(faults)
    return tuple(found)


def _denominator_form(form: Mapping[str, str]) -> dict[str, str]:
    """The form of a count that a ratio is a share of."""
    name = form["denominator_name_vi"]
    purpose = Message("The whole of which “{ratio}” is a share", ratio=form.get("name_vi", ""))
    unit = form.get("denominator_unit", "")
    kept = ("theme", "theme_name_vi", "theme_name_en", "levels")
    return {
        **{field: form.get(field, "") for field in kept},
        "name_vi": name,
        "name_en": form.get("denominator_name_en", "") or name,
        "definition_vi": purpose["vi"],
        "definition_en": purpose["en"],
        "measure_unit_name_vi": unit,
        "measure_unit_name_en": unit,
        "kind": "count",
        "direction": "neutral",
        "decimals": "0",
        "minimum": "0",
    }
