"""The documents about doubts, field by field."""

from __future__ import annotations

from typing import Annotated, TypedDict

from portal.serializers.document_types import UnitLink
from portal.serializers.list_types import ListEnd


class DoubtFigureDocument(TypedDict):
    """A figure of a doubt."""

    unit: Annotated[UnitLink, "The unit it is about"]
    indicator: Annotated[str, "Id of the series: the indicator with the values of its dimensions"]
    indicator_name: Annotated[str, "Name of the indicator"]
    indicator_url: Annotated[str, "Page of the indicator"]
    period: Annotated[str, "Code of the period"]
    period_label: Annotated[str, "The period in words"]
    status: Annotated[str, "actual, estimate, plan or target"]
    status_label: Annotated[str, "The status in words"]
    value: Annotated[float | str, "The figure in its unit of measure"]
    text: Annotated[str, "The figure as it is shown"]
    source: Annotated[str, "Id of the source"]
    source_url: Annotated[str, "Page of the source"]
    source_name: Annotated[str, "Number of the source, else its title"]
    quote: Annotated[str, "The words of the source"]
    doubted: Annotated[bool, "Whether it is doubtful, or what the doubtful are held against"]


class DoubtDocument(TypedDict):
    """A doubt with its figures."""

    id: Annotated[str, "Of the rule and the figures; the same as long as these are"]
    rule: Annotated[str, "Id of the rule"]
    rule_name: Annotated[str, "What is wrong, in a few words"]
    sentence: Annotated[str, "Why, with figures, values and units of measure"]
    remarks: Annotated[list[str], "What was noted when the document was read"]
    sources: Annotated[list[str], "Ids of the documents that are to answer it"]
    figures: Annotated[list[DoubtFigureDocument], "The figures"]
    url: Annotated[str, "Where it stands on the page of doubts"]


class DoubtsDocument(ListEnd):
    """A stretch of the list of doubts."""

    items: Annotated[list[DoubtDocument], "Doubts"]
