"""A table of villages that the portal takes, made from the shapes the portal itself shows."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from tests.load.server import ask
from tests.village_lists import ACCOUNT

HEADINGS = ("Mã xã", "Tên bản", "Kinh độ", "Vĩ độ", "Dân số", "Số hộ", "Nhập vào")
TITLE = "Danh sách thử"
TOLD = ("--as", "villages", "--title", TITLE, "--account", ACCOUNT, "--period", "2026-06-30")
"""Options of ``portal data publish``; the account is made with `make_account`."""
CHECKED = ("--as", "villages", "--source-title", TITLE, "--period", "2026-06-30")
"""Options of ``portal data check``."""

VILLAGES = 12


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune that exists, with points inside it (degrees, WGS 84)."""

    code: str
    unit_id: str
    points: tuple[tuple[float, float], ...]


def communes(port: int, seed: int, number: int = 3) -> list[Commune]:
    """Some communes of today that the portal has shapes of."""
    answer = ask(port, "/export/data.geojson?level=commune", seconds=60)
    features: list[dict[str, Any]] = json.loads(answer.body)["features"]
    chance = random.Random(seed)
    shaped = [one for one in features if one.get("geometry")]
    return [_commune(one, chance) for one in shaped[:number]]


def _commune(feature: dict[str, Any], chance: random.Random) -> Commune:
    named = feature["properties"]
    unit_id = str(named.get("unit_id") or named.get("id") or feature.get("id"))
    area = shapely.geometry.shape(feature["geometry"])
    west, south, east, north = area.bounds
    found: list[tuple[float, float]] = []
    while len(found) < VILLAGES:
        x, y = chance.uniform(west, east), chance.uniform(south, north)
        if area.buffer(-0.002).contains(shapely.Point(x, y)):
            found.append((round(x, 5), round(y, 5)))
    return Commune(unit_id[:5], unit_id, tuple(found))


def rows(commune: Commune) -> list[list[str]]:
    """Heading and rows of a table that is in order."""
    listed = [[commune.code, f"Bản Thử {at + 1}", str(x), str(y), str(100 + at), str(20 + at), ""]
              for at, (x, y) in enumerate(commune.points)]  # fmt: skip
    return [list(HEADINGS), *listed]


def as_csv(table: list[list[str]]) -> str:
    """The table as CSV text."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue()


def write_table(path: Path, commune: Commune) -> Path:
    """The table of a commune as a CSV file."""
    path.write_text(as_csv(rows(commune)), encoding="utf-8")
    return path
