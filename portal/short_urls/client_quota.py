"""How often one client may have something that is kept for it."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

_MAX_CLIENTS = 10_000
_IPV6_NETWORK = 64


def client_network(address: str) -> str:
    """A client's address; of IPv6 the network, of which one client has all addresses (RFC 6177)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address or "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))
    return str(found)


class ClientQuota:
    """At most so many in so long for each client; safe between threads, forgotten with the process.

    Parameters
    ----------
    most
        How many.
    seconds
        In how long, counted back from now.
    clock
        Seconds that only grow.
    """

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def take(self, client: str) -> bool:
        """Whether the client may have one more; counted if so."""
        now = self._clock()
        with self._lock:
            times = self._taken.setdefault(client, deque())
            self._taken.move_to_end(client)
            if len(self._taken) > _MAX_CLIENTS:
                self._taken.popitem(last=False)
            while times and now - times[0] > self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            return True
