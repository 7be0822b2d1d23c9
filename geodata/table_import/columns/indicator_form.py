"""The form in which an indicator is made or changed, read by the rules of the catalogue's files.

The fields of the form are brought into the shape of an entry of ``indicators/<theme>.toml`` and
read by the reader of such entries, so that what is allowed has one owner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from geodata.catalogue import Catalogue, read_indicator, verify_references
from geodata.category_list import NO_MEASURE_UNIT
from geodata.errors import FileFault, InvalidInput
from geodata.faults import FaultCollector
from geodata.i18n import Localised, Message, Text
from geodata.locale_numbers import parse_number
from geodata.model import LEVELS, Indicator, Level, MeasureUnit
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.columns.form_faults import FormFaults, verify_form_text
from geodata.table_import.columns.made_ids import free_id
from geodata.table_import.columns.new_categories import CLASS_FIELDS, category_entry
from geodata.table_import.columns.new_dimensions import CROSSED, FIRST, code_lines, new_breakdowns
from geodata.table_import.made_entries import known_dimensions
from geodata.toml_reader import TableReader
from geodata.vietnamese_names import match_key, normalise

MOST_CHARACTERS = {"name": 160, "definition": 2000, "theme_name": 60, "measure_unit_name": 60}
"""Longest texts of the form; a name stands in menus and legends."""

FIELDS = (
    "name_vi", "name_en", "definition_vi", "definition_en", "theme", "theme_name_vi",
    "theme_name_en", "measure_unit", "measure_unit_name_vi", "measure_unit_name_en", "kind",
    "extreme", "numerator", "denominator", "ratio_factor", "direction", "decimals", "minimum",
    "maximum", "usual_minimum", "usual_maximum", "levels", "denominator_name_vi",
    "denominator_name_en", "denominator_unit", "ordered", *CLASS_FIELDS, *FIRST,
    *CROSSED.values(),
)  # fmt: skip
"""The fields of the form."""

_TEXTS = ("name", "definition", "theme_name", "measure_unit_name")
_PERCENT = {"%": 100.0, "‰": 1000.0}


class IndicatorFaults(InvalidInput):
    """What is wrong with a form for a new indicator.

    Parameters
    ----------
    by_field
        The first fault of each field, by the field's name in the form.
    """

    def __init__(self, by_field: Mapping[str, FileFault]) -> None:
        self.by_field = dict(by_field)
        first = next(iter(self.by_field.values()))
        super().__init__(first.what, first.found, first.allowed, first.remedy, first.where)


class IndicatorForm:
    """A form while it is read; faults are kept by the field in which they are mended.

    Parameters
    ----------
    form, catalogue, level, made
        As of `new_indicator`.
    """

    kept_classes: tuple[str, ...] = ()
    """Ids of the classes that the first rows of the form have already."""
    names_denominators = True
    """Whether a denominator that nobody knows can be named in the form."""

    def __init__(
        self,
        form: Mapping[str, str],
        catalogue: Catalogue,
        level: Level,
        made: Sequence[NewIndicator],
    ) -> None:
        self.said = {name: normalise(form.get(name, "")) for name in FIELDS}
        for codes in ("codes", CROSSED["codes"]):
            self.said[codes] = code_lines(form.get(codes, ""))
        self.catalogue, self.level = catalogue, level
        self.known = {
            **catalogue.indicators,
            **{each.indicator.id: each.indicator for each in made},
        }
        self.themes = {
            **{theme.id: theme.name for theme in catalogue.themes.values()},
            **{each.indicator.theme: each.theme_name for each in made if each.theme_name},
        }
        units = [*catalogue.measure_units.values(), *(m.indicator.measure_unit for m in made)]
        self.units = {unit.id: unit for unit in units}
        self.dimensions = known_dimensions(made, catalogue.dimensions)
        self.faults = FormFaults()
        self._fault = self.faults.add

    def indicator(self) -> NewIndicator:
        """What was filled in, as an indicator.

        Raises
        ------
        IndicatorFaults
            Fields are wrong or missing; all of them at once.
        """
        self._verify_texts()
        theme, theme_name = self._theme()
        by = new_breakdowns(self.said, self.dimensions, self._fault)
        of_classes = self.said["kind"] == "category"
        unit = NO_MEASURE_UNIT if of_classes else self._measure_unit()
        entry = _FormReader(self._entry(unit), self.faults)
        found = read_indicator(entry, theme, {unit.id: unit})
        self._verify_references(found)
        self._verify_name(found)
        if found_faults := self.faults.by_field:
            order = {name: place for place, name in enumerate(FIELDS)}
            by_place = sorted(found_faults, key=lambda name: order.get(name, len(order)))
            raise IndicatorFaults({name: found_faults[name] for name in by_place})
        broken_down = replace(found, breakdowns=by.breakdowns)
        return NewIndicator(broken_down, theme_name, by.dimension, by.crossed)

    def _verify_texts(self) -> None:
        for base in _TEXTS:
            for field in (f"{base}_vi", f"{base}_en"):
                verify_form_text(field, self.said[field], MOST_CHARACTERS[base], self._fault)

    def _pair(self, base: str) -> Text:
        """A text in both languages, a fault where one is missing."""
        for field in (f"{base}_vi", f"{base}_en"):
            if not self.said[field]:
                self._fault(field, Message("The text is missing"))
        return Text(self.said[f"{base}_vi"], self.said[f"{base}_en"])

    def _theme(self) -> tuple[str, Text]:
        """Id of the theme, and its name where it is new."""
        theme = self.said["theme"]
        if theme in self.themes:
            return theme, Text("") if theme in self.catalogue.themes else self.themes[theme]
        if theme:
            remedy = Message("Choose one of the list, or name a new theme")
            self._fault("theme", Message("There is no such theme"), theme, remedy)
            return theme, Text("")
        if not (self.said["theme_name_vi"] or self.said["theme_name_en"]):
            remedy = Message("Choose one of the list, or name a new theme")
            self._fault("theme", Message("The theme is missing"), remedy=remedy)
            return "", Text("")
        name = self._pair("theme_name")
        same = next((id_ for id_, other in self.themes.items() if _same(other, name)), "")
        if same:
            return same, Text("") if same in self.catalogue.themes else self.themes[same]
        return free_id(name, self.themes), name

    def _measure_unit(self) -> MeasureUnit:
        unit = self.said["measure_unit"]
        if unit in self.units:
            return self.units[unit]
        if unit:
            remedy = Message("Choose one of the list, or name a new unit of measure")
            self._fault("measure_unit", Message("There is no such unit of measure"), unit, remedy)
        elif self.said["measure_unit_name_vi"] or self.said["measure_unit_name_en"]:
            name = self._pair("measure_unit_name")
            same = next((u for u in self.units.values() if _same(u.symbol, name)), None)
            return same or MeasureUnit(free_id(name, self.units), name, name, True)
        else:
            remedy = Message("Choose one of the list, or name a new unit of measure")
            self._fault("measure_unit", Message("The unit of measure is missing"), remedy=remedy)
        return MeasureUnit(unit or "?", Text(""), Text(""), True)

    def _entry(self, unit: MeasureUnit) -> dict[str, Any]:
        """The form as an entry of a catalogue's file."""
        said = self.said
        name = {"vi": said["name_vi"], "en": said["name_en"]}
        entry: dict[str, Any] = {
            "id": self._id(Text(name["vi"], name["en"])),
            "name": name,
            "definition": {"vi": said["definition_vi"], "en": said["definition_en"]},
            "kind": said["kind"],
            "direction": said["direction"],
            "levels": self._levels(),
        }
        if said["kind"] == "category":
            return entry | category_entry(said, self._fault, self.kept_classes)
        entry["measure_unit"] = unit.id
        if said["decimals"]:
            number = self._number("decimals")
            entry["decimals"] = int(number) if number == int(number) else number
        bounds = [self._number(field) for field in ("minimum", "maximum") if said[field]]
        if said["maximum"] and not said["minimum"]:
            what = Message("A highest value needs a lowest one")
            self._fault("minimum", what)
        entry["range"] = bounds
        entry["usual_range"] = self._usual_range()
        if said["kind"] == "ratio":
            entry |= self._parts(unit)
        if said["kind"] == "extreme" and said["extreme"]:
            entry["extreme"] = said["extreme"]
        return entry

    def _usual_range(self) -> list[float]:
        """Both ends of the usual range, or none; a fault where one is missing."""
        fields = ("usual_minimum", "usual_maximum")
        given = [field for field in fields if self.said[field]]
        if len(given) == 1:
            missing = next(field for field in fields if field not in given)
            self._fault(missing, Message("A usual range needs its lowest and its highest value"))
            return []
        return [self._number(field) for field in given]

    def _parts(self, unit: MeasureUnit) -> dict[str, Any]:
        said = self.said
        parts: dict[str, Any] = {
            field: said[field] for field in ("numerator", "denominator") if said[field]
        }
        # Per cent is a hundred times the quotient; a form leaves that to the unit of measure.
        usual = _PERCENT.get(unit.symbol.vi, 1.0)
        parts["ratio_factor"] = self._number("ratio_factor") if said["ratio_factor"] else usual
        return parts

    def _id(self, name: Text) -> str:
        return free_id(name, self.known)

    def _levels(self) -> list[str]:
        named = [each.strip() for each in self.said["levels"].split(",") if each.strip()]
        return named or list(LEVELS[: LEVELS.index(self.level) + 1])

    def _number(self, field: str) -> float:
        """A number in Vietnamese or English notation; a fault where it is none."""
        text = self.said[field]
        for notation in ("plain", "vietnamese"):
            try:
                return parse_number(text, notation)
            except InvalidInput:
                continue
        self._fault(field, Message("Not a number"), text)
        return 0.0

    def _verify_references(self, indicator: Indicator) -> None:
        collected = FaultCollector()
        verify_references(indicator, {**self.known, indicator.id: indicator}, "", collected)
        for fault in collected.faults:
            field = fault.where.strip()
            remedy = Message("Choose one of the list")
            if field == "denominator" and self.names_denominators:
                remedy = Message("Choose one of the list, or name it where the list has none")
            self._fault(field, fault.what, fault.found, remedy)
        if indicator.ratio_factor is not None and indicator.ratio_factor <= 0:
            what = Message("The number must be greater than zero")
            self._fault("ratio_factor", what, self.said["ratio_factor"])

    def _verify_name(self, indicator: Indicator) -> None:
        """No second indicator bears a name that is there already."""
        for other in self.known.values():
            for language, field in (("vi", "name_vi"), ("en", "name_en")):
                own, there = getattr(indicator.name, language), getattr(other.name, language)
                if own and match_key(own) == match_key(there):
                    what = Message("There is an indicator of this name")
                    remedy = Message("Choose it for the column, or give the new one another name")
                    self._fault(field, what, own, remedy)


class _FormReader(TableReader):
    """Reads the entry that was made of a form; faults go to the fields of the form."""

    def __init__(self, table: dict[str, Any], faults: FormFaults) -> None:
        super().__init__("", table, FaultCollector())
        self.of_form = faults

    def report(
        self,
        field: str,
        what: Localised,
        found: object,
        allowed: Localised | tuple[str, ...] = (),
        remedy: Localised | None = None,
    ) -> None:
        """Keep the first fault of a field under its name in the form."""
        name = field.replace(".", "_")
        if field in ("range", "usual_range"):
            name = "usual_maximum" if field == "usual_range" else "maximum"
        elif field == "id":
            name = "name_en"
        shown = found if isinstance(found, str) else repr(found)
        # The remedies of the reader speak of files.
        self.of_form.add(name, what, shown, allowed=allowed)


def _same(one: Text, other: Text) -> bool:
    return bool(one.vi) and match_key(one.vi) == match_key(other.vi)
