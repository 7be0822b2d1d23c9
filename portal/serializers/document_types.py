"""The documents about units, indicators, sources and figures, field by field.

The functions that make them return these types, and the JSON Schemas are made from them, so that
code and description cannot part.
"""

from __future__ import annotations

from typing import Annotated, TypedDict

from geodata.model import Quality


class UnitLink(TypedDict):
    """The shortest mention of a unit."""

    id: Annotated[str, "Code and first day of the unit"]
    name: Annotated[str, "Name without its rank"]
    full_name: Annotated[str, "Name with its rank"]
    url: Annotated[str, "Page of the unit"]


class UnitDocument(TypedDict):
    """All that is known of a unit itself."""

    id: Annotated[str, "Code and first day of the unit"]
    code: Annotated[str, "Administrative code, as text"]
    level: Annotated[str, "province, district, commune or village"]
    level_label: Annotated[str, "The level in words"]
    kind: Annotated[str, "Rank of the unit"]
    kind_label: Annotated[str, "The rank in words"]
    name: Annotated[str, "Name without its rank"]
    full_name: Annotated[str, "Name with its rank"]
    names: Annotated[dict[str, str], "Name by language"]
    parent: Annotated[UnitLink | None, "The unit above"]
    valid_from: Annotated[str, "First day, ISO 8601"]
    valid_to: Annotated[str | None, "First day on which it is no longer valid; null if it still is"]
    validity_label: Annotated[str, "The validity in words"]
    official_area_km2: Annotated[float | None, "Area by the register or decree, km²"]
    shape_area_km2: Annotated[float | None, "Geodesic area of the shipped shape, km²"]
    seat: Annotated[str, "Address of the people's committee"]
    seat_position: Annotated[list[float | None] | None, "Longitude, latitude of the seat (WGS 84)"]
    boundary_quality: Annotated[str, "How the shape came about"]
    boundary_quality_label: Annotated[str, "The quality in words"]
    source: Annotated[str, "Id of the source of the boundary"]
    aliases: Annotated[list[str], "Other spellings met in the sources"]
    url: Annotated[str, "Page of the unit"]


class SourceDocument(TypedDict):
    """All that is known of a source."""

    id: Annotated[str, "Id of the source"]
    kind: Annotated[str, "What it is: report, register, law, census …"]
    title: Annotated[str, "Its title"]
    number: Annotated[str, "Number and sign; empty where it has none"]
    number_label: Annotated[str, "The number as it is shown"]
    issuer: Annotated[str, "Who issued or published it"]
    date: Annotated[str, "Day of issue, of which the day or the month may be left out"]
    date_label: Annotated[str, "The date in words"]
    place: Annotated[str, "Place of issue"]
    licence: Annotated[str, "Terms under which a data file may be used"]
    rank: Annotated[int, "Precedence: 1 is a register, 2 an official report, 3 anything else"]
    document_url: Annotated[str, "Address of the original; empty where there is none"]
    title_line: Annotated[str, "Title, number, issuer and date in one line"]
    url: Annotated[str, "Page of the source"]


class ObservationFields(TypedDict):
    """One figure with its quote."""

    unit_id: Annotated[str, "The unit it is about"]
    unit_code: Annotated[str, "Administrative code of the unit"]
    indicator: Annotated[str, "Id of the indicator"]
    dimensions: Annotated[str, "Values of its dimensions, as sex:female; empty for the total"]
    series: Annotated[str, "Id of the series: the indicator with the values of its dimensions"]
    period: Annotated[str, "Code of the period"]
    period_label: Annotated[str, "The period in words"]
    value: Annotated[float | str, "The figure in its unit of measure, or the code of its class"]
    text: Annotated[str, "The figure as it is shown"]
    status: Annotated[str, "actual, estimate, plan or target"]
    status_label: Annotated[str, "The status in words"]
    measure_unit: Annotated[str, "Id of the unit of measure"]
    quote: Annotated[str, "The words of the source; empty for collected and derived figures"]
    scale: Annotated[float, "The number in the quote times this is the value"]
    stated_percent: Annotated[float | None, "The share of plan the document states, per cent"]
    stated_change: Annotated[str, "The change the document states, as +240.29 2023-H1"]
    qualifier: Annotated[str, "more_than, at_least, nearly or about; empty for a plain figure"]
    basis: Annotated[str, "restated where a successor reports a period before its own validity"]
    method: Annotated[str, "How a derived value was computed"]
    coverage: Annotated[float | None, "Share of the unit a derived value covers, 0 to 1"]
    doubt: Annotated[str, "Why the figure should not be trusted as it stands"]
    doubt_rules: Annotated[list[str], "Ids of the rules by which it is doubtful; see /doubts"]
    doubt_url: Annotated[str, "Where its first doubt stands on the page of doubts; empty without"]
    quality: Annotated[
        Quality,
        "sound, doubtful, read_as (what a printed slip must mean), impossible (not drawn)",
    ]
    quality_label: Annotated[str, "The quality in words; empty where nothing speaks against it"]
    printed: Annotated[float | None, "With read_as: the figure as the source prints it"]
    printed_text: Annotated[str, "With read_as: what is printed and what it must mean, in words"]
    note: Annotated[str, "Qualifier, stated change and note, in words"]
    concept: Annotated[str, "Id of the concept by which it is counted; empty where none is stated"]
    concept_label: Annotated[str, "Name of the concept"]


class ObservationDocument(ObservationFields):
    """One figure with its source and quote."""

    source: Annotated[str, "Id of the source"]
