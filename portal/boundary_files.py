"""Boundaries as the browser takes them: cut, written and compressed once per dataset version."""

from __future__ import annotations

import datetime as dt
import logging
import os
import threading
import uuid
from pathlib import Path
from typing import cast

import geopandas as gpd

from geodata.model import Level
from geodata.store import Store
from geodata.topojson import GRID_STEP, encode
from portal.caching.response_cache import ENCODINGS, ResponseBody, compact_json, compress
from portal.serializers.topology_types import TopologyDocument

OBJECT_NAME = "units"
MIMETYPE = "application/json"
# Boundaries generalised by hundreds of metres need no grid of five metres. Degrees, by detail.
_GRID_STEPS = {1: 4 * GRID_STEP, 2: 2 * GRID_STEP, 3: GRID_STEP}
_COLUMNS = {
    "name_vi": "name",
    "name_en": "name_en",
    "full_name_vi": "full_name",
    "full_name_en": "full_name_en",
    "parent_id": "parent",
    "boundary_quality": "quality",
    "drawn_from": "drawn_from",
}
_log = logging.getLogger("portal")
_PROPERTIES = ("code", "kind", *_COLUMNS.values())


class BoundaryFiles:
    """TopoJSON of each level, step of the timeline and detail, kept on disk and in memory.

    Parameters
    ----------
    folder
        Where the files are kept, in one folder per dataset version.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder / (store.info.shape_version or "unversioned")
        self._bodies: dict[str, ResponseBody] = {}
        self._lock = threading.Lock()

    def body(self, level: Level, step: dt.date, detail: int) -> ResponseBody:
        """The file of one level, timeline step and detail, with its compressed forms."""
        name = f"{level}-{step:%Y%m%d}-{detail}.topojson"
        with self._lock:
            if name not in self._bodies:
                path = self._folder / name
                self._bodies[name] = _read(path) or self._make(path, level, step, detail)
            return self._bodies[name]

    def _make(self, path: Path, level: Level, step: dt.date, detail: int) -> ResponseBody:
        content = compact_json(unit_topology(self._store, level, step, detail)).encode()
        body = ResponseBody(content, MIMETYPE, best=True)
        body.encodings.update({e: compress(content, e, best=True) for e in ENCODINGS})
        try:
            self._keep(path, body)
        except OSError as error:
            # A full or read-only disk costs the next start some seconds, not this reader the map.
            _log.warning("Boundaries are not kept on disk: %s", error)
        return body

    def _keep(self, path: Path, body: ResponseBody) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for encoding, encoded in body.encodings.items():
            _write(path.with_name(f"{path.name}.{encoding}"), encoded)
        # The plain file comes last: where it stands, the others do.
        _write(path, body.content)


def unit_topology(store: Store, level: Level, step: dt.date, detail: int) -> TopologyDocument:
    """The shapes of a level and step of the timeline, as the browser takes them."""
    return boundary_topology(store.boundaries(level, step, detail), _GRID_STEPS[detail])


def boundary_topology(frame: gpd.GeoDataFrame, grid_step: float = GRID_STEP) -> TopologyDocument:
    """The shapes as one topology with the object ``units``; English names where they differ.

    Parameters
    ----------
    grid_step
        Step of the grid the positions are rounded to, degrees.
    """
    renamed = frame.rename(columns=_COLUMNS)
    topology = encode(renamed, OBJECT_NAME, grid_step, properties=_PROPERTIES)
    for geometry in topology["objects"][OBJECT_NAME]["geometries"]:
        properties = {k: v for k, v in geometry["properties"].items() if isinstance(v, str) and v}
        if properties.get("name_en") == properties.get("name"):
            properties.pop("name_en", None)
        geometry["properties"] = properties
    return cast(TopologyDocument, topology)


def _read(path: Path) -> ResponseBody | None:
    try:
        encodings = {e: path.with_name(f"{path.name}.{e}").read_bytes() for e in ENCODINGS}
        return ResponseBody(path.read_bytes(), MIMETYPE, encodings=encodings, best=True)
    except OSError:
        return None


def _write(path: Path, content: bytes) -> None:
    """Write aside, then move: another process never reads half a file."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
