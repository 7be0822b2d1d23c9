"""Answers kept ready: for a dataset that does not change the same question has the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import product
from threading import Lock

import brotli  # type: ignore[import-untyped]

ENCODINGS = ("br", "gzip")
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
    """One answer with its type, its tag and the compressed forms asked for so far."""

    content: bytes
    mimetype: str
    etag: str = ""
    encodings: dict[str, bytes] = field(default_factory=dict)
    best: bool = False

    def __post_init__(self) -> None:
        self.etag = self.etag or hashlib.sha256(self.content).hexdigest()[:20]

    def encoded(self, encoding: str) -> bytes:
        """The answer in an encoding, compressed at most once."""
        if encoding not in self.encodings:
            self.encodings[encoding] = compress(self.content, encoding, self.best)
        return self.encodings[encoding]


class ResponseCache:
    """The answers used last, up to a total size; safe between threads."""

    def __init__(self, max_bytes: int = 24_000_000) -> None:
        self._bodies: OrderedDict[str, ResponseBody] = OrderedDict()
        self._lock = Lock()
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
            if key in self._bodies or len(body.content) > self._max // 8:
                return
            self._bodies[key] = body
            self._size += len(body.content) + len(key)
            while self._size > self._max:
                old_key, old = self._bodies.popitem(last=False)
                self._size -= len(old.content) + len(old_key)
