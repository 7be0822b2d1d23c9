"""The CSV tables of a dataset that people fill in, column by column.

The readers take the headers from here and the data dictionary takes the descriptions, so that the
two cannot part.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a table.

    Parameters
    ----------
    name
        As it stands in the header.
    kind
        What a cell may hold, in a word or two.
    meaning
        What the cell says, with its unit or format.
    """

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table that people fill in.

    Parameters
    ----------
    path
        Below the folder of the dataset; ``<theme>`` stands for any name.
    meaning
        What the table holds, in a sentence.
    columns
        Every column the header must have, in the order in which they are usually written.
    optional_columns
        Columns that the header may have; a column that is not there is an empty one.
    open_ended
        Whether further columns may follow under any heading.
    """

    path: str
    meaning: str
    columns: tuple[ColumnSpec, ...]
    optional_columns: tuple[ColumnSpec, ...] = ()
    open_ended: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns that the header must have."""
        return tuple(column.name for column in self.columns)


def _bilingual(name: str, meaning: str, empty: str = "") -> tuple[ColumnSpec, ColumnSpec]:
    """A text in both languages: both cells are filled, or neither; ``empty`` says when."""
    ending = f"; {empty}." if empty else "."
    return (
        ColumnSpec(f"{name}_vi", "text", f"{meaning}, in Vietnamese{ending}"),
        ColumnSpec(f"{name}_en", "text", f"{meaning}, in English{ending}"),
    )


_PERIOD = "Period, as `2025`, `2025-H1`, `2026-Q1`, `2026-06`, `2026-06-11` or `2026/2030`."
_SOURCE = "Id of the source in the catalogue."
_QUOTE = "Words of the document, verbatim; empty where there are none to quote."

_REMARKS = (
    *_bilingual(
        "doubt",
        "Why the row should not be trusted as it stands",
        "empty where nothing speaks against it",
    ),
    *_bilingual("note", "What else a reader needs to know", "may be empty"),
)

OBSERVATIONS = CsvTable(
    "observations/<theme>.csv",
    "Figures that people read in documents, with the words of the document.",
    (
        ColumnSpec("unit_id", "text", "Unit: its code and first day, as `03390-20250701`."),
        ColumnSpec("indicator", "text", "Id of the indicator in the catalogue."),
        ColumnSpec("period", "text", _PERIOD),
        ColumnSpec("status", "text", "`actual`, `estimate`, `plan` or `target`."),
        ColumnSpec(
            "value",
            "number or text",
            "The figure, in the indicator's unit of measure; of a category the code of the class.",
        ),
        ColumnSpec("source", "text", _SOURCE),
        ColumnSpec("quote", "text", _QUOTE),
        ColumnSpec("scale", "number", "The number in the quote times this is the value; empty: 1."),
        ColumnSpec(
            "stated_percent", "number", "Share of the plan that the document states, per cent."
        ),
        ColumnSpec(
            "basis",
            "text",
            "`restated`: a successor reports a period before its own validity; "
            "`successor_of_parts`: it reports the sum of what its parts had; else empty.",
        ),
        *_bilingual("method", "How parts given in the document make the value", "may be empty"),
        *_REMARKS,
    ),
    (
        ColumnSpec(
            "quality",
            "text",
            "`impossible`: the figure cannot be right, as `doubt` says; it is shown as printed, "
            "but not drawn, classed, summed or compared. `read_as`: `value` is what the printed "
            "figure must mean. Else empty.",
        ),
        ColumnSpec(
            "printed",
            "number",
            "With `read_as`: the figure as the document prints it, in the indicator's unit of "
            "measure; `doubt` says why it is a slip. Else empty.",
        ),
        ColumnSpec(
            "concept",
            "text",
            "Id of the concept by which it is counted, where that is not the one of "
            "`concepts.toml`. Else empty.",
        ),
        ColumnSpec(
            "dimensions",
            "text",
            "Values of the indicator's dimensions, as `sex:female,level:primary`; empty for the "
            "total.",
        ),
        ColumnSpec(
            "qualifier",
            "text",
            "How exactly the document gives the figure: `more_than` (hơn, trên), `at_least` "
            "(trở lên), `nearly` (gần), `about` (khoảng). Else empty.",
        ),
        ColumnSpec(
            "stated_change",
            "text",
            "A change that the document states beside the figure: sign and amount, with `%` where "
            "it is per cent and else in the indicator's unit of measure, then the period compared "
            "with, or `plan`; as `+240.29 2023-H1`. Else empty.",
        ),
    ),
)

VILLAGE_NAMES = CsvTable(
    "villages/names.csv",
    "Villages as documents name them, one row for each mention.",
    (
        ColumnSpec("commune", "text", "Id of the commune: its code and first day."),
        ColumnSpec(
            "number",
            "text",
            "Number of the village within the commune, `001` to `999`; rows of one number are "
            "mentions of the same village.",
        ),
        ColumnSpec("kind", "text", "`village`, `hamlet`, `residential_group` or `quarter`."),
        ColumnSpec("name", "text", "Name of the village, without its kind."),
        ColumnSpec(
            "aliases", "list of text", "Other spellings, joined by a vertical bar; may be empty."
        ),
        ColumnSpec("written", "text", "Name as this document writes it."),
        ColumnSpec("period", "text", _PERIOD),
        ColumnSpec("source", "text", _SOURCE),
        ColumnSpec("quote", "text", _QUOTE),
        *_REMARKS,
    ),
)

JOINT_FIGURES = CsvTable(
    "joint_figures.csv",
    "Figures that a source gives for several units together and for none of them alone.",
    (
        ColumnSpec("unit_ids", "list of text", "Ids of the units, joined by a vertical bar."),
        ColumnSpec("indicator", "text", "Id of the indicator, or of its series, in the catalogue."),
        ColumnSpec("period", "text", _PERIOD),
        ColumnSpec("status", "text", "`actual`, `estimate`, `plan` or `target`."),
        ColumnSpec("value", "number", "The figure, in the indicator's unit of measure."),
        ColumnSpec("source", "text", _SOURCE),
        ColumnSpec("quote", "text", _QUOTE),
        *_bilingual("note", "What a reader needs to know", "may be empty"),
    ),
)

VILLAGE_CHANGES = CsvTable(
    "villages/changes.csv",
    "How many villages of each kind a commune had before and after they were rearranged.",
    (
        ColumnSpec("commune", "text", "Id of the commune: its code and first day."),
        ColumnSpec("period", "text", _PERIOD),
        ColumnSpec(
            "before",
            "list of text",
            "Number of villages of each kind before, as `hamlet:35`, joined by a vertical bar.",
        ),
        ColumnSpec(
            "after", "list of text", "Number of villages of each kind after, in the same form."
        ),
        ColumnSpec("source", "text", _SOURCE),
        ColumnSpec("quote", "text", _QUOTE),
        *_REMARKS,
    ),
)

ALIASES = CsvTable(
    "aliases.csv",
    "Other spellings of the names of units, by which they are found and joined.",
    (
        ColumnSpec("unit_id", "text", "Unit: its code and first day, as `03390-20250701`."),
        ColumnSpec("alias", "text", "The other spelling, without the rank of the unit."),
        ColumnSpec("source_id", "text", "Id of the source that writes the name this way."),
    ),
)

LEFT_OUT = CsvTable(
    "left_out.csv",
    "Numbers of the documents that are no figures of the dataset, with the reason.",
    (
        ColumnSpec("source", "text", "Id of the source of kind `report`."),
        ColumnSpec(
            "words",
            "text",
            "Words of the document around the numbers, enough of them to stand there once.",
        ),
        *_bilingual("reason", "Why the numbers are left out"),
    ),
)

PLACES = CsvTable(
    "places.csv",
    "Points of a category: schools, health stations, tourist sites. Every other column is kept "
    "with the place under its heading.",
    (
        ColumnSpec("category", "text", "Id of the category in `place_categories.toml`."),
        ColumnSpec("name", "text", "Name of the place."),
        ColumnSpec("lon", "number", "Longitude, degrees (WGS 84); empty where it is not known."),
        ColumnSpec("lat", "number", "Latitude, degrees (WGS 84); empty where it is not known."),
        ColumnSpec(
            "commune",
            "text",
            "Id of the commune, as `03390-20250701`; must agree with the position. May be empty "
            "where there is a position.",
        ),
        ColumnSpec("source", "text", _SOURCE),
    ),
    open_ended=True,
)

SEATS = CsvTable(
    "inputs/seats.csv",
    "Seats of units by a map, where the register puts them elsewhere or nowhere.",
    (
        ColumnSpec("unit", "unit id", "The unit, as `03390-20250701`."),
        ColumnSpec("lon", "number", "Longitude of the seat, degrees (WGS 84)."),
        ColumnSpec("lat", "number", "Latitude of the seat, degrees (WGS 84)."),
        ColumnSpec("found", "text", "What on the map it was found by."),
    ),
)

CSV_TABLES = (
    OBSERVATIONS,
    JOINT_FIGURES,
    VILLAGE_NAMES,
    VILLAGE_CHANGES,
    ALIASES,
    LEFT_OUT,
    PLACES,
    SEATS,
)
"""Every table of a dataset that people fill in."""
