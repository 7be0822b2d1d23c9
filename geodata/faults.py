"""Collecting faults, so that one reading of a dataset tells everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from geodata.errors import FileFault
from geodata.i18n import Language, Message


class FileFaults(FileFault):
    """Several faults, raised together; each is one line of the message.

    Parameters
    ----------
    faults
        At least two.
    """

    def __init__(self, faults: tuple[FileFault, ...]) -> None:
        self.faults = faults
        first = faults[0]
        super().__init__(first.what, first.found, first.allowed, first.remedy, first.where)

    def message(self, language: Language) -> str:
        """All faults in ``language``, one line each, and how many there are."""
        count = Message.plural("{n} fault", "{n} faults", len(self.faults))[language]
        return "\n".join([*(fault.message(language) for fault in self.faults), count])


class FaultCollector:
    """Takes faults as they are found; `raise_any` raises them together at the end.

    Whoever reads on after a fault works with stand-ins for the faulty values, so nothing that was
    read may be used before `raise_any` was called.
    """

    def __init__(self) -> None:
        self.faults: list[FileFault] = []

    def add(self, fault: FileFault) -> None:
        """Take one fault, or several raised together; one told before is not told again."""
        several = fault.faults if isinstance(fault, FileFaults) else (fault,)
        self.faults += [each for each in several if each not in self.faults]

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Take the fault that ends the block, and go on after it."""
        try:
            yield
        except FileFault as fault:
            self.add(fault)

    def raise_any(self) -> None:
        """Raise what was collected; nothing without a fault.

        Raises
        ------
        FileFault
            The only fault, or `FileFaults` of all of them in the order in which they were found.
        """
        if len(self.faults) == 1:
            raise self.faults[0]
        if self.faults:
            raise FileFaults(tuple(self.faults))


class _FirstFault(FaultCollector):
    """Raises the first fault where it is found."""

    def add(self, fault: FileFault) -> None:
        raise fault


RAISE_FIRST: FaultCollector = _FirstFault()
"""For readers of one file: the first fault ends the reading."""
