"""The figures, codes and order of what the API answers, and the marks of charts, are as they were.

Words are left out: sentences may be worded anew. ``KEPT_LINES=write`` keeps what is answered now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.kept_lines import hold

FOLDER = Path(__file__).parent / "kept"
OLD, NEW = "98001-20130101", "98001-20250701"
BEFORE = "date=2025-06-30"
ANSWERS = (
    "balance?indicator=population",
    "boundaries/commune.topojson",
    f"cards/{NEW}?indicator=population",
    f"cards/{NEW}?indicator=population_density&lang=en",
    "cards/98003-20250701?indicator=population&period=2019-04-01",
    f"cards/{OLD}?indicator=population&{BEFORE}",
    f"cards/{NEW}?indicator=difficulty_area",
    "compare?indicator=population&level=commune",
    "compare?indicator=population_density&level=commune&measure=relative",
    "compare?indicator=difficulty_area&level=commune",
    "dimensions",
    "figure-cards?indicator=population&period=2026-H1",
    "indicators/population",
    "indicators/population_density",
    "indicators/difficulty_area",
    "observations?indicator=population",
    "observations?unit=98003-20250701",
    "place-points?category=school",
    "places?limit=5",
    "rasters",
    "search?q=lam",
    "search?q=dan so",
    "search?q=bai lau",
    "sources",
    "succession",
    "units?level=commune",
    f"units?level=commune&{BEFORE}",
    f"units/{NEW}",
    f"units/{OLD}",
    "values?indicator=population&level=commune",
    f"values?indicator=population&level=commune&{BEFORE}",
    "values?indicator=population_density&classes=3&scheme=quantiles",
    "values?indicator=population_density&classes=4&scheme=equal_interval",
    "values?indicator=population_density&classes=5&scheme=natural_breaks&style=choropleth",
    "values?indicator=difficulty_area",
    "values?indicator=water_supply",
    "values?indicator=elevation_mean",
    "values?indicator=schools&thresholds=2,4",
    "values?indicator=population_density&isolate=334.5",
    "values?indicator=population&level=district",
    "values?indicator=population&level=province",
)
CHARTS = (
    "units/98001-20250701", "units/98003-20250701", "units/98009-20130101",
    "indicators/population", "indicators/population_density", "indicators/forest_cover_rate",
    "indicators/schools", "indicators/elevation_mean", "mergers",
)  # fmt: skip
_STAMP = re.compile(r"\b[0-9a-f]{10,}\b")
_TAG = re.compile(r"<([a-z]+)((?: [^<>]*)?)>")
_ATTRIBUTE = re.compile(r'([A-Za-z][A-Za-z0-9-]*)="([^"]*)"')


def plain(value: Any) -> Any:
    """The same without sentences and stamps, its figures to six digits."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, str):
        return "…" if " " in value else _STAMP.sub("#", value)
    return value


def lines_of(name: str, value: Any) -> Iterator[str]:
    """One line for each field of the first two levels and for each entry of a list."""
    if isinstance(value, dict) and name.count(".") < 2:
        for key, each in value.items():
            yield from lines_of(f"{name}.{key}", each)
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        yield from (f"{name}[] {json.dumps(each, ensure_ascii=False)}" for each in value)
    elif value != "…":
        yield f"{name} {json.dumps(value, ensure_ascii=False)}"


@pytest.mark.slow
@pytest.mark.parametrize("address", ANSWERS)
def test_what_is_answered_is_as_it_was(address: str, lam_khe_client: FlaskClient) -> None:
    answer = lam_khe_client.get(f"/api/v1/{address}")
    lines = [f"{answer.status_code} {answer.mimetype}", *lines_of("", plain(answer.json))]
    assert answer.status_code == 200, lines
    hold(FOLDER / "answers", address, lines)


def marks_of(page: str) -> Iterator[str]:
    """One line for each element of the charts of a page: its name and what is not said in words."""
    for chart in re.findall(r'<svg [^>]*role="img".*?</svg>', page, re.DOTALL):
        for tag, attributes in _TAG.findall(chart):
            told = [f"{key}={each}" for key, each in _ATTRIBUTE.findall(attributes)
                    if not key.startswith(("aria", "data", "xmlns"))]  # fmt: skip
            yield " ".join([tag, *told])


@pytest.mark.slow
@pytest.mark.parametrize("page", CHARTS)
def test_every_mark_of_a_chart_stands_where_it_stood(
    page: str, lam_khe_client: FlaskClient
) -> None:
    answer = lam_khe_client.get(f"/{page}")
    assert answer.status_code == 200
    hold(FOLDER / "charts", page, list(marks_of(answer.text)))
