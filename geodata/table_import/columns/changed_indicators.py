"""Another definition of an indicator that a publication made: the form in which it was made, again.

The rules are those of the form for a new one, and so of the catalogue's files. Its id stays, since
figures and addresses name it; so do the code lists by which it is broken down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geodata.catalogue import Catalogue
from geodata.errors import InvalidInput
from geodata.i18n import Message, Text
from geodata.model import Indicator
from geodata.series_id import split_series_id
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.columns.indicator_form import FIELDS, IndicatorForm
from geodata.table_import.columns.new_categories import CLASS_ROWS

_NOT_CHANGED = frozenset(
    field for field in FIELDS
    if field.startswith(("breakdown", "dimension_", "codes", "crossed_", "denominator_"))
)  # fmt: skip

CHANGED_FIELDS = tuple(field for field in FIELDS if field not in _NOT_CHANGED)
"""The fields of a form for an indicator that is there; the others make something new along."""


def form_of_indicator(indicator: Indicator) -> dict[str, str]:
    """The fields of the form as they give this very indicator."""
    low, high = (*indicator.usual_range, None, None)[:2]
    numbers = {
        "ratio_factor": indicator.ratio_factor,
        "minimum": indicator.minimum,
        "maximum": indicator.maximum,
        "usual_minimum": low,
        "usual_maximum": high,
    }
    form = dict.fromkeys(CHANGED_FIELDS, "") | {
        "name_vi": indicator.name.vi,
        "name_en": _own_english(indicator.name),
        "definition_vi": indicator.definition.vi,
        "definition_en": _own_english(indicator.definition),
        "theme": indicator.theme,
        "kind": indicator.kind,
        "direction": indicator.direction,
        "extreme": indicator.extreme or "",
        "numerator": indicator.numerator or "",
        "denominator": indicator.denominator or "",
        "levels": ",".join(indicator.levels),
        **{field: _plain(number) for field, number in numbers.items()},
    }
    if indicator.kind != "category":
        return form | {
            "measure_unit": indicator.measure_unit.id,
            "decimals": str(indicator.decimals),
        }
    rows = enumerate(indicator.categories[:CLASS_ROWS], start=1)
    for row, each in rows:
        form |= {
            f"class_{row}_vi": each.name.vi,
            f"class_{row}_en": _own_english(each.name),
            f"class_{row}_order": str(row),
        }
    return form | {"ordered": "1" if indicator.ordered else ""}


def changed_indicator(
    form: Mapping[str, str], catalogue: Catalogue, present: Indicator
) -> NewIndicator:
    """Read the form for an indicator that is there already.

    Parameters
    ----------
    form
        Texts by the names of `CHANGED_FIELDS`, as of `new_indicator`.
    catalogue
        What there is, the indicator among it.
    present
        The indicator as it is.

    Returns
    -------
    NewIndicator
        With the id of the present one, and the name of its theme where that is new.

    Raises
    ------
    IndicatorFaults
        Fields are wrong or missing; all of them at once.
    InvalidInput
        Numbers would become classes, or classes numbers.
    """
    kind = form.get("kind", "")
    if kind and (kind == "category") != (present.kind == "category"):
        raise InvalidInput(
            Message("Numbers cannot become classes, nor classes numbers"),
            found=kind,
            allowed=("category",) if present.kind == "category" else ("count", "ratio", "extreme"),
            remedy=Message("Make a new indicator of the table's column instead"),
            where="kind",
        )
    return _ChangedForm(form, catalogue, present).indicator()


class _ChangedForm(IndicatorForm):
    """The form of an indicator that has an id, classes and parts already."""

    names_denominators = False

    def __init__(self, form: Mapping[str, str], catalogue: Catalogue, present: Indicator) -> None:
        said = {field: form.get(field, "") for field in CHANGED_FIELDS}
        for field in (each for each in CHANGED_FIELDS if each.endswith("_en")):
            said[field] = said[field].strip() or said[f"{field.removesuffix('_en')}_vi"]
        super().__init__(said, catalogue, present.levels[-1], ())
        self.present = present
        self.kept_classes = present.category_ids
        # Its own name and those of its parts are free for it; a ratio is no share of itself.
        self.known = {
            name: one for name, one in self.known.items() if split_series_id(name)[0] != present.id
        }

    def indicator(self) -> NewIndicator:
        """What was filled in, with what no form asks for as it was."""
        made, present = super().indicator(), self.present
        kept = replace(
            made.indicator,
            group=present.group,
            not_applicable_kinds=present.not_applicable_kinds,
            classification=present.classification,
            palette=present.palette,
            style=present.style,
            breakdowns=present.breakdowns,
            former_ids=present.former_ids,
            estimates=present.estimates,
        )
        return NewIndicator(kept, made.theme_name)

    def _id(self, name: Text) -> str:
        return self.present.id


def _own_english(text: Text) -> str:
    """The English text, empty where it is the Vietnamese one, which it follows then."""
    return "" if text.en == text.vi else text.en


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:.15g}"
