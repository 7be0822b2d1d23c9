"""The open old-new table: which unit of one day became (part of) which unit of another, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from geodata.model import Unit
from geodata.succession.crosswalk import Crosswalk, Link
from geodata.text import Text

COLUMNS: dict[str, Text] = {
    "from_id": Text("mã định danh đơn vị nguồn", "id of the source unit, <code>-<valid from>"),
    "from_code": Text("mã đơn vị nguồn, dạng chữ", "code of the source unit; text, keep the zeros"),
    "from_name": Text("tên đầy đủ đơn vị nguồn", "full name of the source unit"),
    "from_parent": Text("mã định danh cấp trên của nguồn", "id of the unit above the source"),
    "to_id": Text("mã định danh đơn vị đích", "id of the target unit"),
    "to_code": Text("mã đơn vị đích, dạng chữ", "code of the target unit"),
    "to_name": Text("tên đầy đủ đơn vị đích", "full name of the target unit"),
    "to_parent": Text("mã định danh cấp trên của đích", "id of the unit above the target"),
    "whole": Text(
        "true nếu toàn bộ nguồn nằm trong đích", "true when all of the source lies in the target"
    ),
    "share_area": Text(
        "phần diện tích của nguồn nằm trong đích, 0–1; trống là không rõ",
        "share of the source's area that lies in the target, 0 to 1; empty: unknown",
    ),
    "share_population": Text(
        "phần dân số của nguồn nằm trong đích, 0–1; trống là không rõ",
        "share of the source's people who live in the target, 0 to 1; empty: unknown",
    ),
    "share_households": Text(
        "phần số hộ của nguồn nằm trong đích, 0–1; trống là không rõ",
        "share of the source's households in the target, 0 to 1; empty: unknown",
    ),
    "part_area": Text(
        "phần diện tích của đích đến từ nguồn, 0–1; trống là không rõ",
        "part of the target's area that comes from the source, 0 to 1; empty: unknown",
    ),
    "part_population": Text(
        "phần dân số của đích đến từ nguồn, 0–1; trống là không rõ",
        "part of the target's people who come from the source, 0 to 1; empty: unknown",
    ),
}
"""The documented header: column -> what stands in it, in file order."""


def old_new_table(crosswalk: Crosswalk, units: Mapping[str, Unit]) -> str:
    """The table as CSV: UTF-8 text, comma, LF, one row per pair, by source and target.

    Parameters
    ----------
    crosswalk
        From `geodata.succession.chains.compose`; its direction is the direction of the table.
        Units without a link have a row with the other side empty, so that nothing goes unseen.
    units
        All units by id.
    """
    rows = [_row(crosswalk, k, link, units) for k, link in enumerate(crosswalk.links())]
    linked = {row["from_id"] for row in rows} | {row["to_id"] for row in rows}
    rows += [_side("from", u, units) for u in crosswalk.sources if u not in linked]
    rows += [_side("to", u, units) for u in crosswalk.targets if u not in linked]
    rows.sort(key=lambda row: (row.get("from_id", "~"), row.get("to_id", "")))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _row(crosswalk: Crosswalk, k: int, link: Link, units: Mapping[str, Unit]) -> dict[str, str]:
    weights = ("area", "population", "households")
    target = int(crosswalk.col[k])
    shares = {f"share_{w}": _number(link.shares[w]) for w in weights if w in link.shares}
    parts = {
        f"part_{w}": _number(float(crosswalk.parts[w][k]))
        for w in weights[:2]
        if crosswalk.parts_known[w][target]
    }
    ends = _side("from", link.source, units) | _side("to", link.target, units)
    return {**ends, "whole": str(link.whole).lower(), **shares, **parts}


def _side(side: str, unit_id: str, units: Mapping[str, Unit]) -> dict[str, str]:
    unit = units[unit_id]
    cells = (unit.unit_id, unit.code, unit.full_name.vi, unit.parent_id or "")
    return dict(zip((f"{side}_{c}" for c in ("id", "code", "name", "parent")), cells, strict=True))


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
