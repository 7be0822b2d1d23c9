"""The layer that the portal shows, read from its own interface, for the peers to draw as well."""

from __future__ import annotations

import gzip
import html
import json
import re
import urllib.request
from dataclasses import dataclass
from typing import Any

import geopandas as gpd

from geodata.topojson import decode
from tests.benchmarks.chromium import Expected
from tests.benchmarks.peers import Choropleth

WORDS = ("full_name", "name", "formed_from", "value", "period", "status", "rank", "source")


@dataclass(frozen=True)
class Answer:
    """What came for one address: the bytes on the wire, and the body in clear."""

    sent: int
    body: bytes

    def json(self) -> Any:
        """The body as a document."""
        return json.loads(self.body)


def fetch(url: str) -> Answer:
    """Ask for ``url`` as a browser does on the office's plain HTTP, where gzip alone is offered."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        body = answer.read()
        coded = answer.headers.get("Content-Encoding") == "gzip"
    return Answer(len(body), gzip.decompress(body) if coded else body)


@dataclass(frozen=True)
class Shown:
    """The portal's map on arrival: what its page asks for, and the popups it may open.

    Parameters
    ----------
    cards
        By unit id; empty where they were not asked for.
    """

    values: Answer
    boundaries: Answer
    cards: dict[str, Answer]

    @property
    def document(self) -> dict[str, Any]:
        """The values document."""
        return dict(self.values.json())

    @property
    def expected(self) -> Expected:
        """What has to be on the screen for the map to be complete."""
        legend = self.document["legend"]
        return Expected([each["colour"] for each in legend["classes"]], legend["total"])

    @property
    def edges(self) -> tuple[float, ...]:
        """Edges of the classes; the outer two, which may be rounded, take in every value drawn."""
        classes = self.document["legend"]["classes"]
        drawn = [float(cell[0]) for cell in self.document["units"].values() if cell[0] is not None]
        uppers = [float(each["upper"]) for each in classes]
        lowest = min(float(classes[0]["lower"]), *drawn)
        return (lowest, *uppers[:-1], max(uppers[-1], *drawn))

    def choropleth(self) -> Choropleth:
        """The layer for a peer to draw, with the words of the portal's popups."""
        frame = decode(self.boundaries.json(), "units").rename(columns={"id": "unit_id"})
        words = {unit_id: _words(answer.json()) for unit_id, answer in self.cards.items()}
        for word in WORDS:
            frame[word] = [words[unit_id][word] for unit_id in frame["unit_id"]]
        # A value that is shown as printed but not drawn has no class, which a peer cannot say.
        drawn = {unit_id for unit_id, cell in self.document["units"].items() if cell[0] is not None}
        frame["value"] = frame["value"].where(frame["unit_id"].isin(drawn))
        frame = gpd.GeoDataFrame(frame[["unit_id", *WORDS, "geometry"]])
        return Choropleth(frame, WORDS, self.edges, self.document["title"])


def shown(portal: str, with_cards: bool = True) -> Shown:
    """Ask the portal at address ``portal`` for what its first page needs."""
    page = html.unescape(fetch(f"{portal}/").body.decode())
    boundaries = re.search(r"/api/v1/boundaries/[a-z]+\.topojson\?[^\"'\s<>]+", page)
    assert boundaries, "the page does not name its boundaries"
    query = fetch(f"{portal}/api/v1/values").json()["query"]
    values = fetch(f"{portal}/api/v1/values?{query}")
    units = values.json()["units"] if with_cards else ()
    return Shown(
        values,
        fetch(f"{portal}{boundaries[0]}"),
        {unit_id: fetch(f"{portal}/api/v1/cards/{unit_id}?{query}") for unit_id in units},
    )


def _words(card: dict[str, Any]) -> dict[str, Any]:
    """What a popup says, in the plain form in which folium takes it."""
    value = card["value"] or {}
    return {
        "name": card["unit"]["name"],
        "full_name": card["unit"]["full_name"],
        "formed_from": ", ".join(unit["full_name"] for unit in card["formed_from"]),
        "value": value.get("value"),
        "period": value.get("period_label", ""),
        "status": value.get("status_label", ""),
        "rank": (card["rank"] or {}).get("text", ""),
        "source": value.get("source", {}).get("title", ""),
    }
