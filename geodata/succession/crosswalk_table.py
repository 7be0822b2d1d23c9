"""The open old-new table: which unit of one day became (part of) which unit of another, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from geodata.i18n import LANGUAGES, Message
from geodata.model import Succession, Unit
from geodata.succession.crosswalk import WEIGHTS, Crosswalk, Link
from geodata.succession.crosswalk_chain import steps_between

COLUMNS: dict[str, Message] = {
    "from_id": Message("id of the source unit, <code>-<valid from>"),
    "from_code": Message("code of the source unit; text, keep the zeros"),
    "from_name": Message("full name of the source unit"),
    "from_parent": Message("id of the unit above the source"),
    "to_id": Message("id of the target unit"),
    "to_code": Message("code of the target unit"),
    "to_name": Message("full name of the target unit"),
    "to_parent": Message("id of the unit above the target"),
    "whole": Message("true when all of the source lies in the target"),
    "share_area": Message(
        "share of the source's area that lies in the target, 0 to 1; empty: unknown"
    ),
    "share_population": Message(
        "share of the source's people who live in the target, 0 to 1; empty: unknown"
    ),
    "share_households": Message(
        "share of the source's households in the target, 0 to 1; empty: unknown"
    ),
    "part_area": Message(
        "part of the target's area that comes from the source, 0 to 1; empty: unknown"
    ),
    "part_population": Message(
        "part of the target's people who come from the source, 0 to 1; empty: unknown"
    ),
    "part_households": Message(
        "part of the target's households that come from the source, 0 to 1; empty: unknown"
    ),
    "note_vi": Message(
        "where the shares come from, or why they are not known (divided units), Vietnamese"
    ),
    "note_en": Message("the same in English"),
}
"""The documented header: column -> what stands in it, in file order."""

NOTE_LANGUAGES = [v for v in LANGUAGES if f"note_{v}" in COLUMNS]
OVERLAY_NOTE = Message("Estimated from the land that both shapes share; no legal table links them")


def crosswalk_csv(
    crosswalk: Crosswalk, units: Mapping[str, Unit], successions: Iterable[Succession] = ()
) -> str:
    """The table as CSV: UTF-8 text, comma, LF, one row per pair, by source and target.

    Parameters
    ----------
    crosswalk
        From `geodata.succession.crosswalk_chain.compose_crosswalk`; its direction is the direction
        of the table. Units without a link have a row with the other side empty, so that nothing
        goes unseen.
    units
        All units by id.
    successions
        The rows the table was composed of, for the notes on divided units.
    """
    steps = list(successions)
    rows = [
        _row(crosswalk, k, link, units) | _notes(crosswalk, link, units, steps)
        for k, link in enumerate(crosswalk.links())
    ]
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
    shares = {f"share_{w}": _number(link.shares[w]) for w in WEIGHTS if w in link.shares}
    parts = {
        f"part_{w}": _number(float(crosswalk.parts[w][k]))
        for w in WEIGHTS
        if w in crosswalk.parts and crosswalk.parts_known[w][k]
    }
    ends = _side("from", link.source, units) | _side("to", link.target, units)
    return {**ends, "whole": str(link.whole).lower(), **shares, **parts}


def _notes(
    crosswalk: Crosswalk, link: Link, units: Mapping[str, Unit], steps: list[Succession]
) -> dict[str, str]:
    """Where shares come from: the notes of divided units on the way, or that shapes were used.

    Nothing is said where the parts of a unit have met again.
    """
    if crosswalk.overlay is not None and not link.whole:
        return {f"note_{v}": OVERLAY_NOTE[v] for v in NOTE_LANGUAGES}
    if link.whole or not any(step.note for step in steps):
        return {}
    ends = sorted((link.source, link.target), key=lambda unit: units[unit].valid_from)
    notes = [step.note for step in steps_between(steps, *ends) if step.note]
    return {
        f"note_{v}": "; ".join(dict.fromkeys(note[v] for note in notes)) for v in NOTE_LANGUAGES
    }


def _side(side: str, unit_id: str, units: Mapping[str, Unit]) -> dict[str, str]:
    unit = units[unit_id]
    cells = (unit.unit_id, unit.code, unit.full_name.vi, unit.parent_id or "")
    return dict(zip((f"{side}_{c}" for c in ("id", "code", "name", "parent")), cells, strict=True))


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
