"""Defining an indicator that a publication made otherwise: names, theme, unit, kind and the rest.

The definition is one record of one revision: who, when, why, what held before and what holds since.
No figure is rewritten: what would make published ones false is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row

from geodata.catalogue import Catalogue, verify_references
from geodata.errors import Conflict, FileFault, InvalidInput
from geodata.faults import RAISE_FIRST
from geodata.i18n import DEFAULT_LANGUAGE, Message
from geodata.ledger.database import reading, writing
from geodata.ledger.definitions import (
    HeldDefinition,
    definition_content,
    figures_of,
    held_definition,
    indicator_of,
    last_definitions,
    units_described,
    verify_figure,
)
from geodata.ledger.ledger_records import EntryRequest, Receipt, Revision, RightsCheck
from geodata.ledger.listed_records import RecordChange, RecordKey, RecordState
from geodata.ledger.publishing import find_request
from geodata.ledger.record_differences import counts_of_records
from geodata.ledger.revision_rows import read_cell, told_text
from geodata.ledger.revision_writer import (
    ChangedRecords,
    NewEntries,
    RevisionDraft,
    append_revision,
    next_number,
)
from geodata.model import LEVELS, Indicator, Theme
from geodata.series_id import series_id, split_series_id
from geodata.store import Store
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.made_entries import implied_parts, known_dimensions, made_indicators


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """Another definition of an indicator.

    Parameters
    ----------
    new
        The indicator under the id it has, with the name of its theme where that is new.
    seen
        How it was defined when the account saw it: another definition now is a conflict. None
        where it saw nothing.
    figures_stay
        Whether the account says that the figures are right as they stand, so that only the unit of
        measure or the kind was named wrongly; nothing is ever converted.
    """

    new: NewIndicator
    seen: Indicator | None = None
    figures_stay: bool = False


def redefine(
    engine: Engine, store: Store, change: DefinitionChange, request: EntryRequest, may: RightsCheck
) -> Receipt:
    """Give an indicator another definition, as one revision that can be taken back.

    Parameters
    ----------
    engine
        The ledger.
    store
        The served store: its units and its catalogue.
    may
        Asked in the transaction whether the account may write for all units with its figures.

    Raises
    ------
    NotFound
        No publication made an indicator of this id.
    InvalidInput
        There is no reason, nothing would change, a rule of the catalogue is broken, or published
        figures would become false.
    Conflict
        Somebody changed the definition meanwhile.
    """
    with writing(engine) as connection:
        return redefine_within(connection, store, change, request, may)


def redefine_within(
    connection: Connection,
    store: Store,
    change: DefinitionChange,
    request: EntryRequest,
    may: RightsCheck,
) -> Receipt:
    """`redefine` in a transaction that writes, which may be a rehearsal."""
    indicator = change.new.indicator
    held = held_definition(connection, indicator.id)
    if not request.reason.strip():
        what = Message("A change of a definition needs its reason")
        raise InvalidInput(what, remedy=Message("Say in a few words why"), where="reason")
    may(connection, units_described(connection, indicator.id))
    if repeated := find_request(connection, request.request_id, request.writer.account_id):
        return Receipt(repeated, repeated=True)
    before = indicator_of(held.state)
    if change.seen is not None and change.seen != before:
        raise Conflict(
            Message("Somebody else has changed this definition meanwhile (L03)"),
            found=before.name.vi,
            remedy=Message("Look at it again and change it if it is still wrong"),
            where=indicator.id,
        )
    catalogue = StoreFacts(store).catalogue
    defined = _defined(connection, change.new, catalogue)
    parts = [one for name, one in defined.items() if name != indicator.id]
    content = definition_content(indicator, parts)
    if content == held.state.content:
        what = Message("Nothing would change: the definition is this one already (L04)")
        raise InvalidInput(what, found=before.name.vi)
    _verify_catalogue(indicator, catalogue, store)
    _verify_figures(connection, store, before, change, defined)
    return Receipt(_append(connection, store, change, request, (held, content)))


def _defined(
    connection: Connection, new: NewIndicator, catalogue: Catalogue
) -> dict[str, Indicator]:
    """The indicator with its parts, those by which tables broke it down later among them."""
    made = made_indicators([new], catalogue)
    own = new.indicator.id
    held = (name for name in last_definitions(connection) if split_series_id(name)[0] == own)
    return made | implied_parts(held, made, known_dimensions([new], catalogue.dimensions))


def held_indicator(engine: Engine, indicator_id: str) -> Indicator:
    """How an indicator that a publication made is defined now.

    Raises
    ------
    NotFound
        No publication made it.
    """
    with reading(engine) as connection:
        return indicator_of(held_definition(connection, indicator_id).state)


def _append(
    connection: Connection,
    store: Store,
    change: DefinitionChange,
    request: EntryRequest,
    definition: tuple[HeldDefinition, str],
) -> Revision:
    """Write the revision; ``definition`` is what held before, and the content that holds since."""
    held, content = definition
    new = change.new
    key = RecordKey("indicator", new.indicator.id)
    made = RecordChange(key, held.state, RecordState(next_number(connection), content))
    draft = RevisionDraft(
        kind="correction",
        writer=request.writer,
        counts=counts_of_records([made]),
        request_id=request.request_id,
        title=Message("Definition of “{name}”", name=new.indicator.name.vi)[DEFAULT_LANGUAGE],
        reason=request.reason.strip(),
        base_version=store.info.shipped_version,
    )
    themes = [Theme(new.indicator.theme, new.theme_name)] if new.theme_name else []
    records = ChangedRecords([made], {key} if held.recorded else ())
    return append_revision(
        connection, draft, [], (), brought=NewEntries(themes=themes), records=records
    )


def _verify_catalogue(indicator: Indicator, catalogue: Catalogue, store: Store) -> None:
    """Hold what the indicator names, and what names it, against the rules of the catalogue."""
    known = {**catalogue.indicators, indicator.id: indicator}
    try:
        verify_references(indicator, known, indicator.id, RAISE_FIRST)
    except FileFault as fault:
        raise InvalidInput(
            fault.what, fault.found, fault.allowed, fault.remedy, fault.where
        ) from None
    if indicator.kind == "count":
        return
    for name in _resting_on(indicator.id, catalogue, store):
        raise InvalidInput(
            Message("Something else rests on the sums of this indicator"),
            found=name,
            allowed=("count",),
            remedy=Message("Leave its kind, or make a new indicator"),
            where="kind",
        )


def _resting_on(indicator_id: str, catalogue: Catalogue, store: Store) -> Iterator[str]:
    """Names of ratios that are made of an indicator, and of places that are counted by it."""
    for one in catalogue.indicators.values():
        if indicator_id in (one.numerator, one.denominator):
            yield one.name.vi
    for category in store.place_categories():
        if category.indicator == indicator_id:
            yield category.name.vi


def _verify_figures(
    connection: Connection,
    store: Store,
    before: Indicator,
    change: DefinitionChange,
    defined: Mapping[str, Indicator],
) -> None:
    """Refuse a definition by which published figures would be impossible or mean something else."""
    new = change.new.indicator
    figures = figures_of(connection, {new.id})
    relabelled = before.measure_unit != new.measure_unit
    if figures and (relabelled or before.kind != new.kind) and not change.figures_stay:
        both = (before, new)
        was, now = (one.measure_unit.symbol.vi if relabelled else one.kind for one in both)
        raise InvalidInput(
            Message("{n} published figures would be told otherwise, and none is converted",
                    n=len(figures)),
            found=f"{was} → {now}",
            remedy=Message(
                "Confirm that the figures are right as they stand; else publish the table anew"
            ),
            where="figures_stay",
        )  # fmt: skip
    units = {unit.unit_id: unit for unit in store.units().items}
    for row in figures:
        unit = units.get(row.unit_id)
        name = unit.full_name.vi if unit else row.unit_id
        _verify_figure(row, defined, name)
        level = unit.level if unit else new.levels[0]
        if level not in new.levels:
            raise InvalidInput(
                Message("There are published figures of this level"),
                found=level,
                allowed=LEVELS,
                remedy=Message("Leave the level, or take the figures back first"),
                where="levels",
            )


def _verify_figure(row: Row[Any], defined: Mapping[str, Indicator], unit: str) -> None:
    """Refuse a published figure that the definition makes impossible, beside what makes it so."""
    try:
        verify_figure(row, defined)
    except InvalidInput as fault:
        held = read_cell(row.origin, row.present, row.value)
        indicator = defined[series_id(row.indicator, row.dimensions)]
        below = held.value is not None and held.value < (indicator.minimum or held.value)
        field = "categories" if held.category else "minimum" if below else "maximum"
        raise InvalidInput(
            Message("A published figure would be impossible"),
            found=f"{unit}, {row.period}: {told_text(held)}",
            allowed=fault.allowed,
            remedy=Message("Leave the limits or classes wide enough, or correct the figure first"),
            where=field,
        ) from None
