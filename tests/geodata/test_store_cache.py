"""Results kept for as long as a store is open, the most used longest."""

from __future__ import annotations

from geodata.store_cache import cached_per_store


class Facts:
    """Stands for a store: anything that can be referred to weakly."""


def test_what_was_asked_last_is_kept_longest() -> None:
    worked: list[str] = []

    @cached_per_store(2)
    def answer(_facts: Facts, name: str) -> str:  # type: ignore[arg-type]
        worked.append(name)
        return name.upper()

    facts = Facts()
    for name in ("a", "b", "a", "c", "a", "b"):
        assert answer(facts, name) == name.upper()
    # Asking again for "a" made "b" the oldest: it alone was let go and worked out anew.
    assert worked == ["a", "b", "c", "b"]


def test_results_are_remembered_per_store() -> None:
    worked: list[int] = []

    @cached_per_store(2)
    def double(_facts: Facts, number: int) -> int:  # type: ignore[arg-type]
        worked.append(number)
        return 2 * number

    one, other = Facts(), Facts()
    assert [double(one, 1), double(one, 1), double(other, 1)] == [2, 2, 2]
    assert worked == [1, 1]
    for number in (2, 3, 1):
        double(one, number)
    assert worked == [1, 1, 2, 3, 1]
