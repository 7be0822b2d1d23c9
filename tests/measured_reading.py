"""Reads files named on standard input, each in a process of its own, and says what that took.

One line of JSON for each: processor seconds, MiB above the start, and the outcome. A process that
goes far beyond what is allowed is ended by the system instead of ending the machine.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

import shapely

from geodata.errors import PortalError
from geodata.i18n import LANGUAGES
from geodata.point_tables.table_file import read_table_file
from geodata.readers.tables import TABLE_SUFFIXES, read_sheets
from geodata.villages.village_areas import check_polygons
from geodata.villages.village_headings import VILLAGE_VOCABULARY

MOST_SECONDS, MOST_BYTES = 60, 1_500_000_000


def _peak() -> int:
    """The most memory this process has held at once, KiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _read(path: Path) -> str:
    """Read a file as the village loader does, and check its polygons as far as it has any."""
    try:
        if path.name.startswith("sheets"):
            return str([len(sheet.rows) for sheet in read_sheets(path)])
        table = read_table_file(path, VILLAGE_VOCABULARY)
        shapes = {n: row.shape for n, row in enumerate(table.rows) if row.shape is not None}
        if path.suffix not in TABLE_SUFFIXES and shapes:
            found = check_polygons(shapes, shapely.box(0, 0, 1e5, 1e5))
            return f"{len(found.overlaps)} overlaps, {len(found.invalid)} invalid"
    except PortalError as error:
        return " / ".join(error.message(language) for language in LANGUAGES)
    return f"{len(table.rows)} rows"


def _measured(path: Path) -> dict[str, object]:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MOST_BYTES,) * 2)
    before = _peak()
    outcome = _read(path)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": used.ru_utime + used.ru_stime,
        "mebibytes": (_peak() - before) / 1024,
        "outcome": outcome,
    }


def main() -> None:
    """Answer every line with a line."""
    for line in sys.stdin:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            try:
                print(json.dumps(_measured(Path(line.rstrip("\n")))), flush=True)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            print(json.dumps({"outcome": f"ended by the system: {status}"}), flush=True)
        print("", flush=True)


if __name__ == "__main__":
    main()
