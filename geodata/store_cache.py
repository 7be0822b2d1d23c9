"""Least-recently-used cache of results by store; they hold while it is open."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from geodata.store.interface import Store

P = ParamSpec("P")
T = TypeVar("T")


def cached_per_store(
    limit: int,
) -> Callable[[Callable[Concatenate[Store, P], T]], Callable[Concatenate[Store, P], T]]:
    """Keep the last ``limit`` results of a function of a store, apart for each store.

    The other arguments are hashable and positional. A store that is let go takes its results along.
    """

    def decorate(make: Callable[Concatenate[Store, P], T]) -> Callable[Concatenate[Store, P], T]:
        kept: WeakKeyDictionary[object, OrderedDict[object, T]] = WeakKeyDictionary()
        lock = Lock()

        @wraps(make)
        def ask(store: Store, *args: P.args, **kwargs: P.kwargs) -> T:
            key = (args, tuple(sorted(kwargs.items())))
            with lock:
                results = kept.setdefault(store, OrderedDict())
                if key in results:
                    results.move_to_end(key)
                    return results[key]
            result = make(store, *args, **kwargs)
            with lock:
                results[key] = result
                while len(results) > limit:
                    results.popitem(last=False)
            return result

        return ask

    return decorate
