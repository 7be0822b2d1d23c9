"""Finished files on disk: bounded in number of bytes and in time."""

from __future__ import annotations

import os
import time
import uuid
from contextlib import suppress
from pathlib import Path

MOST_BYTES = 200_000_000
MOST_SECONDS = 3600


class KeptFiles:
    """A folder of files by tag; several servers of one instance may share it.

    Parameters
    ----------
    most_bytes, most_seconds
        The oldest go first when the folder is larger; a file older than this is gone.
    """

    def __init__(
        self, folder: Path, most_bytes: int = MOST_BYTES, most_seconds: float = MOST_SECONDS
    ) -> None:
        self._folder = folder
        self._most_bytes, self._most_seconds = most_bytes, most_seconds

    def read(self, tag: str) -> bytes | None:
        """The file, unless it is gone or too old."""
        path = self._folder / tag
        try:
            if time.time() - path.stat().st_mtime > self._most_seconds:
                return None
            return path.read_bytes()
        except OSError:
            return None

    def size(self, tag: str) -> int | None:
        """Bytes of the file; None where there is none."""
        with suppress(OSError):
            found = (self._folder / tag).stat()
            if time.time() - found.st_mtime <= self._most_seconds:
                return found.st_size
        return None

    def aside(self, tag: str) -> Path:
        """Where to write a file before `keep` puts it in its place."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f".{tag}.{uuid.uuid4().hex}.part"

    def keep(self, tag: str, aside: Path) -> None:
        """Put a finished file in its place, and let go of what is too much."""
        os.replace(aside, self._folder / tag)
        self.prune(tag)

    def prune(self, spared: str = "") -> None:
        """Remove what is too old, what was never finished, and the oldest beyond the size.

        Parameters
        ----------
        spared
            Tag of a file that stays, however large it is.
        """
        now, total = time.time(), 0
        found = []
        for path in self._folder.glob("*"):
            with suppress(OSError):
                found.append((path.stat(), path))
        for stat, path in sorted(found, key=lambda pair: -pair[0].st_mtime):
            total += stat.st_size
            late = now - stat.st_mtime > self._most_seconds
            if path.name != spared and (late or total > self._most_bytes):
                path.unlink(missing_ok=True)
