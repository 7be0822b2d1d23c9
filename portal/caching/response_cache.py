"""Answers kept ready: for a dataset that does not change the same question has the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import product
from threading import Lock

import brotli  # type: ignore[import-untyped]

ENCODINGS = ("br", "gzip")
TEXTUAL = ("text/", "application/json", "application/javascript", "image/svg+xml")
_OVERHEAD = 1000
"""Bytes of an answer's own objects."""
# Below this a compressed answer is hardly smaller than the packet it travels in.
MIN_BYTES = 600
# The bits by which zlib is asked for gzip's own header.
_GZIP = 31


def compact_json(document: object) -> str:
    """JSON in its shortest form, letters as they are; not a number is refused."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def compress(body: bytes, encoding: str, best: bool = False) -> bytes:
    """``body`` in ``br`` or ``gzip``; ``best`` for what is made once and served often."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=11 if best else 5))
    return _smallest_gzip(body) if best else gzip.compress(body, compresslevel=6, mtime=0)


def _smallest_gzip(body: bytes) -> bytes:
    """The smallest of a few settings of zlib.

    Less memory means shorter blocks, whose codes fit columns of numbers better: 2 % for outlines.
    """
    encodings = []
    for memory, strategy in product((5, 8), (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED)):
        packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP, memory, strategy)
        encodings.append(packer.compress(body) + packer.flush())
    return min(encodings, key=len)


@dataclass(slots=True)
class ResponseBody:
    """One answer with its type, its tag and the compressed forms asked for so far.

    Parameters
    ----------
    headers
        Further headers that belong to the answer, sent with it and with a 304; they go before what
        every answer gets.
    ready
        Whether nothing but address and dataset decide about the answer, so that it may be sent
        without asking its view again (`portal.caching.ready_answers`).
    """

    content: bytes
    mimetype: str
    etag: str = ""
    encodings: dict[str, bytes] = field(default_factory=dict)
    best: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    ready: bool = False

    def __post_init__(self) -> None:
        self.etag = self.etag or hashlib.sha256(self.content).hexdigest()[:20]

    def encoded(self, encoding: str) -> bytes:
        """The answer in an encoding, compressed at most once."""
        if encoding not in self.encodings:
            self.encodings[encoding] = compress(self.content, encoding, self.best)
        return self.encodings[encoding]

    def compress_best(self) -> None:
        """Make every compressed form as small as it gets, unless that was done."""
        if not self.best:
            self.best = True
            # One at a time in its place: whoever asks meanwhile gets the earlier form.
            for encoding in ENCODINGS:
                self.encodings[encoding] = compress(self.content, encoding, best=True)

    @property
    def worth_compressing(self) -> bool:
        """Whether a compressed form is sent to who takes one."""
        return len(self.content) >= MIN_BYTES and self.mimetype.startswith(TEXTUAL)

    @property
    def size(self) -> int:
        """Bytes it may take in memory, its compressed forms at their largest included."""
        return len(self.content) * (9 if self.worth_compressing else 5) // 5 + _OVERHEAD


class ResponseCache:
    """The answers used last, up to a total size; safe between threads.

    Parameters
    ----------
    max_bytes
        What they may take, compressed forms included.
    """

    def __init__(self, max_bytes: int = 20_000_000) -> None:
        self._bodies: OrderedDict[str, ResponseBody] = OrderedDict()
        self._lock = Lock()
        self._making: dict[str, Future[ResponseBody]] = {}
        self._size = 0
        self._max = max_bytes

    def get(self, key: str) -> ResponseBody | None:
        """The answer kept under ``key``."""
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
            return body

    def put(self, key: str, body: ResponseBody) -> None:
        """Keep an answer and let go of those used longest ago."""
        with self._lock:
            if key in self._bodies or body.size > self._max // 8:
                return
            self._bodies[key] = body
            self._size += body.size + len(key)
            while self._size > self._max:
                old_key, old = self._bodies.popitem(last=False)
                self._size -= old.size + len(old_key)

    def get_or_make(self, key: str, make: Callable[[], ResponseBody]) -> ResponseBody:
        """The answer kept under ``key``, or ``make()``; who asks meanwhile waits for the same one.

        What ``make`` raises is raised for all who wait, and not kept.
        """
        body = self.get(key)
        if body is not None:
            return body
        with self._lock:
            waited_for = self._making.get(key)
            future = self._making.setdefault(key, Future())
        if waited_for is not None:
            return waited_for.result()
        try:
            body = make()
            self.put(key, body)
            future.set_result(body)
            return body
        except BaseException as error:
            future.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._making[key]

    def recent_keys(self) -> list[str]:
        """The cached answers, most recently used first."""
        with self._lock:
            return [*reversed(self._bodies)]
