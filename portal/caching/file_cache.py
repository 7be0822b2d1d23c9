"""Finished files on disk: bounded in number of bytes and in time."""

from __future__ import annotations

import os
import time
import uuid
from contextlib import suppress
from pathlib import Path

from geodata.i18n import Message
from portal.http_errors import Unavailable

MAX_BYTES = 200_000_000
MAX_AGE = 3600


def not_writable(error: OSError) -> Unavailable:
    """The refusal where a folder or a disk does not take a file."""
    return Unavailable(
        Message("The server cannot write the files it makes"),
        # The path is the operator's business; the log has it.
        found=error.strerror or type(error).__name__,
        remedy=Message(
            "Tell the operator: the instance folder and the folder for temporary files must be "
            "writable and their disk must have room"
        ),
    )


class FileCache:
    """A folder of files by tag; several servers of one instance may share it.

    Parameters
    ----------
    max_bytes, max_age
        In bytes and seconds: the oldest go first when the folder is larger, and a file older than
        this is gone.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES, max_age: float = MAX_AGE) -> None:
        self._folder = folder
        self._max_bytes, self._max_age = max_bytes, max_age

    def read(self, key: str) -> bytes | None:
        """The file, unless it is gone or too old."""
        path = self._folder / key
        try:
            if time.time() - path.stat().st_mtime > self._max_age:
                return None
            return path.read_bytes()
        except OSError:
            return None

    def size(self, key: str) -> int | None:
        """Bytes of the file; None where there is none."""
        with suppress(OSError):
            found = (self._folder / key).stat()
            if time.time() - found.st_mtime <= self._max_age:
                return found.st_size
        return None

    def temporary_path(self, key: str) -> Path:
        """Temporary path of a file, which `put` moves into place.

        Raises
        ------
        Unavailable
            The folder is not there and cannot be made.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise not_writable(error) from error
        return self._folder / f".{key}.{uuid.uuid4().hex}.part"

    def put(self, key: str, temporary_path: Path) -> None:
        """Put a finished file in its place, and let go of what is too much.

        Raises
        ------
        Unavailable
            The folder cannot be written.
        """
        try:
            os.replace(temporary_path, self._folder / key)
        except OSError as error:
            raise not_writable(error) from error
        self.prune(key)

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
            late = now - stat.st_mtime > self._max_age
            if path.name != spared and (late or total > self._max_bytes):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
