"""The open table of old and new units and the balance of a recast figure, field by field."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from portal.serializers.document_types import UnitLink
from portal.serializers.values_types import Named, StepEnds


class SuccessionUnit(UnitLink):
    """A unit of the table."""

    code: Annotated[str, "Administrative code, as text"]
    kind_label: Annotated[str, "Its rank in words"]
    parent: Annotated[UnitLink | None, "The unit above"]


class Shares(TypedDict, total=False):
    """Shares by what they are shares of, 0 to 1; those not known are left out."""

    area: Annotated[float, "Share of the area"]
    households: Annotated[float, "Share of the households"]
    population: Annotated[float, "Share of the population"]


class SuccessionEvent(TypedDict):
    """An event on the way from one unit to another."""

    date: Annotated[str, "Day from which it holds, ISO 8601"]
    label: Annotated[str, "The day in words"]
    legal_basis: Annotated[str, "Law or decision"]
    note: Annotated[str, "What else a reader needs to know"]


# A field named by a word that Python keeps for itself.
_PairEnds = TypedDict(
    "_PairEnds",
    {
        "from": Annotated[SuccessionUnit | None, "The unit before; null where there is none"],
        "to": Annotated[SuccessionUnit | None, "The unit afterwards; null where there is none"],
    },
)


class SuccessionPair(_PairEnds):
    """Two units of which one came of the other, or one without a counterpart."""

    whole: Annotated[bool, "Whether the unit before went whole into the one afterwards"]
    share: Annotated[Shares, "Of the unit before, what lies in the one afterwards"]
    part: Annotated[Shares, "Of the unit afterwards, what comes from the one before"]
    events: Annotated[list[SuccessionEvent], "What happened on the way, oldest first"]


class SuccessionsDocument(StepEnds):
    """The table of old and new units."""

    level: Annotated[str, "Level of the units"]
    method: Annotated[
        Literal["succession", "overlay"],
        "Whether shares come from law, or from the shapes where no law links the units",
    ]
    columns: Annotated[dict[str, str], "What the columns of the CSV mean, by name"]
    csv: Annotated[str, "Address of the table as CSV"]
    items: Annotated[list[SuccessionPair], "Pairs, then units without a counterpart"]
    total: Annotated[int, "Number of items"]
    next: Annotated[str | None, "Address of what follows; always null"]


class BalanceRowDocument(TypedDict):
    """A total before and after recasting; in the unit of measure."""

    group: Annotated[str, "Id of the unit above; empty for the whole and for units without one"]
    name: Annotated[str, "Its name"]
    before: Annotated[float, "Total on the units before"]
    before_text: Annotated[str, "The total before as it is shown"]
    after: Annotated[float, "Total on the units afterwards"]
    after_text: Annotated[str, "The total afterwards as it is shown"]
    undivided: Annotated[float, "What is known of several units only together"]
    undivided_text: Annotated[str, "What is not divided as it is shown"]
    residual: Annotated[float, "After plus undivided, minus before"]
    residual_text: Annotated[str, "The residual as it is shown"]
    units: Annotated[int, "Units before"]
    missing: Annotated[list[UnitLink], "Units before without a figure"]


class UnreachedUnit(TypedDict):
    """A unit that got no value."""

    unit: Annotated[UnitLink, "The unit"]
    reason: Annotated[str, "Why it got none"]


class BalanceDocument(TypedDict):
    """Totals of a count before and after recasting."""

    indicator: Annotated[Named, "The indicator"]
    period: Annotated[str, "Code of the period"]
    query: Annotated[str, "Query of the balance's own address"]
    csv: Annotated[str, "Address of the balance as CSV"]
    columns: Annotated[dict[str, str], "What the columns of the CSV mean, by name"]
    total: Annotated[BalanceRowDocument, "The whole"]
    rows: Annotated[list[BalanceRowDocument], "By the unit above"]
    shown: Annotated[float, "Total of what the map shows, in the unit of measure"]
    shown_text: Annotated[str, "The total of the map as it is shown"]
    unreached: Annotated[list[UnreachedUnit], "Units that got no value"]
    crossing: Annotated[list[UnitLink], "Units before that went to more than one group"]
    slivers: Annotated[int, "Overlaps of shapes too small to count"]
    sliver_area_km2: Annotated[float, "Their area, km²"]
    sliver_area_text: Annotated[str, "Their area as it is shown"]
