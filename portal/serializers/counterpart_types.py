"""Official figures and the estimate of them side by side, field by field."""

from __future__ import annotations

from typing import Annotated, TypedDict

BesideCell = tuple[float | str, str, str, int, float | None]


class AgreementRow(TypedDict):
    """The official figure of a unit and the estimate of it."""

    unit: Annotated[str, "Id of the unit"]
    name: Annotated[str, "Name of the unit"]
    official: Annotated[str, "The official figure as it is shown"]
    official_period: Annotated[str, "Its period in words"]
    estimate: Annotated[str, "The estimate as it is shown"]
    estimate_period: Annotated[str, "Its period in words"]
    difference: Annotated[
        float | None, "Estimate minus official figure; null where their units of measure differ"
    ]
    difference_text: Annotated[str, "The difference as it is shown; empty without one"]
    sentence: Annotated[str, "Both figures with their periods"]
    doubtful: Annotated[bool, "Whether one of both is doubtful"]


class AgreementDocument(TypedDict):
    """How far the estimates and the official figures of a map agree."""

    with_both: Annotated[int, "Units that have both figures"]
    sentence: Annotated[str, "How many have both, and the mean and the range of the differences"]
    mean_difference: Annotated[
        float | None, "Mean of estimate minus official figure, without doubtful figures"
    ]
    farthest: Annotated[list[AgreementRow], "Where they lie farthest apart, the farthest first"]


class CounterpartDocument(TypedDict):
    """The official figures beside an estimate of them, or the estimate beside the official ones."""

    sentence: Annotated[str, "Which of the two the map shows, and what the other one covers"]
    indicator: Annotated[str, "Id of the other indicator"]
    name: Annotated[str, "Name of the other indicator"]
    is_estimate: Annotated[bool, "Whether the other one is the estimate"]
    decimals: Annotated[int, "Digits after the decimal mark of the other one"]
    query: Annotated[str, "Query of its map"]
    units: Annotated[
        dict[str, BesideCell],
        "By unit the other figure of the nearest period: value, code of the period, status, 1 if "
        "doubtful, and estimate minus official figure or null where the unit does not have both",
    ]
    periods: Annotated[dict[str, str], "The periods of those figures in words, by code"]
    agreement: Annotated[AgreementDocument | None, "How far both agree; null of plans and targets"]
