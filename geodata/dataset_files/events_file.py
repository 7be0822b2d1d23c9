"""``events.toml``: what became of the units, and by which law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from geodata.dataset_files import references
from geodata.faults import FaultCollector
from geodata.i18n import Message, Text
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, read_toml


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A commune that ended before the register was drawn up.

    Parameters
    ----------
    code
        Code of the commune, five digits as text.
    full_name
        Name with its rank, in Vietnamese.
    district
        Code of its district.
    until
        First day on which it was no longer valid.
    """

    code: str
    full_name: str
    district: str
    until: dt.date


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """One unit became another, or part of it.

    Parameters
    ----------
    from_id
        Unit before the event: its code and first day, as ``03403-20130101``.
    to_id
        Unit from the event on, in the same form.
    share_area
        Share of the old unit's area that the part has, 0 to 1, where the law states it.
    share_population
        Share of its people, 0 to 1.
    share_households
        Share of its households, 0 to 1.
    note
        What else a reader needs to know.
    """

    from_id: str
    to_id: str
    share_area: float | None = None
    share_population: float | None = None
    share_households: float | None = None
    note: Text = Text("")  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class UnitEvent:
    """A day on which units changed.

    Parameters
    ----------
    date
        First day on which the change is in force.
    source
        Id of the source of the law.
    legal_basis
        The law as it is named to readers, with number and day.
    created
        Codes of units that existed before and begin anew on the day.
    crosswalk
        Whether the changes of the predecessors' crosswalk belong to it.
    changes
        Who became whom, where no crosswalk says so.
    """

    date: dt.date
    source: str
    legal_basis: Text
    created: tuple[str, ...]
    crosswalk: bool
    changes: tuple[SuccessionRow, ...]


@dataclass(frozen=True, slots=True)
class EventsFile:
    """The whole file.

    Parameters
    ----------
    former
        Communes that ended before the register was drawn up.
    events
        Days on which units changed, oldest first.
    """

    former: tuple[FormerUnit, ...] = ()
    events: tuple[UnitEvent, ...] = ()


def read_events_file(path: Path, sources: Collection[str], faults: FaultCollector) -> EventsFile:
    """Read ``events.toml``; nothing happened where there is no such file.

    Parameters
    ----------
    sources
        Ids of the catalogue's sources.

    Raises
    ------
    FileFault
        The file is no TOML, or ``faults`` raises the first fault.
    """
    if not path.exists():
        return EventsFile()
    file = TableReader(display_path(path), read_toml(path), faults)
    former = tuple(_former(entry) for entry in file.tables("former"))
    events = [_event(entry, sources) for entry in file.tables("event")]
    file.finish()
    return EventsFile(former, tuple(sorted(events, key=lambda event: event.date)))


def _former(entry: TableReader) -> FormerUnit:
    return FormerUnit(
        entry.string("code"),
        entry.string("full_name"),
        entry.string("district"),
        entry.date("until"),
    )


def _event(entry: TableReader, sources: Collection[str]) -> UnitEvent:
    event = UnitEvent(
        date=entry.date("date"),
        source=references.source(entry, sources),
        legal_basis=entry.text("legal_basis"),
        created=tuple(entry.items("created", (str,), [])),
        crosswalk=entry.take("crosswalk", (bool,), False),
        changes=tuple(_change(change) for change in entry.tables("changes")),
    )
    if not event.crosswalk and not event.changes:
        what = Message("The event changes no unit")
        remedy = Message("List its changes, or take them from the crosswalk: crosswalk = true")
        entry.report("changes", what, "", remedy=remedy)
    return event


def _change(entry: TableReader) -> SuccessionRow:
    return SuccessionRow(
        references.unit(entry, "from"),
        references.unit(entry, "to"),
        _share(entry, "share_area"),
        _share(entry, "share_population"),
        _share(entry, "share_households"),
        entry.text("note", ""),
    )


def _share(entry: TableReader, field: str) -> float | None:
    share = entry.number(field, None)
    if share is not None and not 0 <= share <= 1:
        entry.report(field, Message("A share lies between 0 and 1"), share, ("0 … 1",))
    return share
