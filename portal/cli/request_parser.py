"""Requests as the server reads them: large bodies only of those who may send them.

A body lies in a temporary file from half a megabyte on (waitress's own bound), so that it takes no
memory while it arrives. How many may arrive at once is bounded, since each takes room on the disk.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser
from waitress.utilities import Error

from portal.accounts.large_bodies import MostBody

LEAST_SPEED = 50_000
"""Bytes per second at which a large body must at least arrive."""
MOST_LARGE_BODIES = 8
"""Large bodies that may arrive or wait for their answer at once."""


class TooManyLargeBodies(Error):
    """As many large bodies arrive already as may."""

    code = 503
    reason = "Service Unavailable"


class RequestParser(HTTPRequestParser):
    """One request; what its body may weigh is asked as soon as its headers have arrived.

    Parameters
    ----------
    adj
        Of the server.
    most_body
        Who may send more, see `portal.accounts.large_bodies`; None for nobody.
    has_room
        Whether one more large body may arrive.
    """

    adj: Adjustments
    error: Error | None
    is_large = False
    _turned_away = False

    def __init__(
        self, adj: Adjustments, most_body: MostBody | None, has_room: Callable[[], bool]
    ) -> None:
        super().__init__(adj)
        self._most_body = most_body
        self._has_room = has_room

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers, and ask about the body where it may be large."""
        super().parse_header(header_plus)
        usual = self.adj.max_request_body_size
        if self._most_body is None or not (self.chunked or self.content_length >= usual):
            return
        # One byte more: waitress refuses what is as long as the limit.
        most = 1 + self._most_body(self.command, self.path, self.headers)
        if most <= usual:
            return
        if not self._has_room():
            self._turned_away = True
            return
        self.is_large = True
        self.adj = copy.copy(self.adj)
        self.adj.max_request_body_size = most

    def received(self, data: bytes) -> int:
        """Take what has arrived; the number of bytes that belonged to this request."""
        consumed = int(super().received(data))
        if self._turned_away and self.error:
            self.error = TooManyLargeBodies("Too many large files arrive at once: try again soon")
        return consumed

    @property
    def more_seconds(self) -> float:
        """How much longer than others it may take to arrive."""
        if not self.is_large:
            return 0.0
        return (self.content_length or self.adj.max_request_body_size) / LEAST_SPEED
