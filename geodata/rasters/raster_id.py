"""The names of registered rasters, which are parts of addresses and of paths."""

from __future__ import annotations

import re

RASTER_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
