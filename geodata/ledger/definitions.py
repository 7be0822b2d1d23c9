"""How indicators that publications made are defined: as they were brought, or as changed since.

What a publication brings stands in its revision. A later definition is a record of the ledger
(`geodata.ledger.listed_records`) with what held before beside it, so it is listed, compared,
exported and taken back as every other change. A record keeps the indicator with all of its parts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from geodata.errors import InvalidInput, NotFound
from geodata.i18n import Message, Text
from geodata.ledger.database import reading
from geodata.ledger.listed_records import RecordChange, RecordKey, RecordState
from geodata.ledger.metadata import from_json, to_json
from geodata.ledger.record_tables import current_records, record_changes
from geodata.ledger.revision_rows import read_cell
from geodata.ledger.revision_tables import current_figures, new_indicators, new_themes
from geodata.ledger.value_bounds import verify_class, verify_value
from geodata.model import Indicator, Theme
from geodata.record_codec import from_older_row, to_row
from geodata.series_id import series_id, split_series_id
from geodata.table_import.redefined import Redefined


def definition_content(indicator: Indicator, parts: Iterable[Indicator]) -> str:
    """An indicator and its parts as the content of a record."""
    return to_json({"indicator": to_row(indicator), "parts": [to_row(each) for each in parts]})


def indicator_of(state: RecordState) -> Indicator:
    """The indicator that a record defines."""
    return _indicator(state.document["indicator"])


def parts_of(state: RecordState) -> tuple[Indicator, ...]:
    """The parts of the indicator that a record defines."""
    return tuple(_indicator(row) for row in state.document["parts"])


def _indicator(row: Mapping[str, object]) -> Indicator:
    return from_older_row(Indicator, dict(row))


@dataclass(frozen=True, slots=True)
class HeldDefinition:
    """How an indicator is defined now.

    Parameters
    ----------
    state
        As the record of a change would have it for what held before.
    last_revision
        Number of the last revision that changed it; of the one that brought it where none did.
    recorded
        Whether there is a record of it: it was changed before.
    """

    state: RecordState
    last_revision: int
    recorded: bool


def held_definition(connection: Connection, indicator_id: str) -> HeldDefinition:
    """How an indicator that a publication made is defined now.

    Raises
    ------
    NotFound
        No publication made it.
    """
    table = current_records.c
    of_it = (table.kind == "indicator") & (table.id == indicator_id)
    if row := connection.execute(select(current_records).where(of_it)).first():
        return HeldDefinition(RecordState(row.origin, row.content), row.last_revision, True)
    brought = _brought(connection)
    if indicator_id not in brought or split_series_id(indicator_id)[1]:
        raise NotFound(
            Message("No publication made an indicator of this id"),
            found=indicator_id,
            allowed=tuple(sorted(made_ids(connection))),
            remedy=Message(
                "What the dataset ships is changed in its files; choose one that a table brought"
            ),
        )
    revision = brought[indicator_id].revision
    rows = [each for each in brought.values() if split_series_id(each.id)[0] == indicator_id]
    whole = from_json(brought[indicator_id].record)
    parts = [from_json(each.record) for each in rows if each.id != indicator_id]
    content = to_json({"indicator": whole, "parts": parts})
    return HeldDefinition(RecordState(revision, content), revision, False)


def made_ids(connection: Connection) -> set[str]:
    """Ids of the indicators that publications made, whether figures hold of them or not."""
    return {name for name in _brought(connection) if not split_series_id(name)[1]}


def brought_by(engine: Engine, number: int) -> tuple[str, ...]:
    """Ids of the indicators that a revision brought, their parts left out."""
    table = new_indicators.c
    query = select(table.id).where(table.revision == number).order_by(table.position)
    with reading(engine) as connection:
        ids = connection.execute(query).scalars().all()
    return tuple(each for each in ids if not split_series_id(each)[1])


def last_definitions(connection: Connection) -> dict[str, dict[str, Any]]:
    """The rows of all that publications made, parts among them, by id in the order of making."""
    found = {name: from_json(row.record) for name, row in _brought(connection).items()}
    table = current_records.c
    changed = select(table.content).where(table.kind == "indicator", table.content != "")
    for content in connection.execute(changed).scalars():
        document = from_json(content)
        for row in (document["indicator"], *document["parts"]):
            found[row["id"]] = row
    return found


def was_brought(connection: Connection, change: RecordChange) -> bool:
    """Whether a publication brought the very definition that the first change of it replaces."""
    table = new_indicators.c
    query = select(table.record).where(
        table.revision == change.old.origin, table.id == change.key.id
    )
    record = connection.execute(query).scalar()
    return record is not None and from_json(record) == change.old.document["indicator"]


def _brought(connection: Connection) -> dict[str, Any]:
    """By id the last row that a publication brought, in the order in which the ids first came."""
    table = new_indicators.c
    query = select(table.revision, table.id, table.record).order_by(table.revision, table.position)
    return {row.id: row for row in connection.execute(query)}


def with_later_definitions(
    connection: Connection, brought: Sequence[Indicator], number: int
) -> list[RecordChange]:
    """What must be recorded so that the indicators that a revision brings hold as it has them.

    Only those that were changed before have a record, which goes before what publications bring.
    """
    changes = []
    for one in brought:
        if one.whole:
            continue
        key = RecordKey("indicator", one.id)
        table = current_records.c
        query = select(current_records).where(table.kind == key.kind, table.id == key.id)
        if (row := connection.execute(query).first()) is None:
            continue
        parts = [each for each in brought if each.whole == one.id]
        old, new = RecordState(row.origin, row.content), definition_content(one, parts)
        if old.content != new:
            changes.append(RecordChange(key, old, RecordState(number, new)))
    return changes


def redefined_since(connection: Connection, since: int) -> set[str]:
    """The indicators, with their parts, whose definitions a later revision changed."""
    table = record_changes.c
    query = select(table.old_content, table.new_content)
    query = query.where(table.kind == "indicator", table.revision > since)
    found: set[str] = set()
    for row in connection.execute(query):
        for document in map(from_json, row):
            found.update(each["id"] for each in (document["indicator"], *document["parts"]))
    return found


def redefined_indicators(engine: Engine) -> dict[str, Redefined]:
    """By their ids the indicators whose definitions were changed, with all that they ever were."""
    table = record_changes.c
    with reading(engine) as connection:
        query = select(table.id, table.old_content, table.new_content)
        rows = connection.execute(query.where(table.kind == "indicator")).all()
        if not rows:
            return {}
        themes = {
            row.id: from_older_row(Theme, from_json(row.record)).name
            for row in connection.execute(select(new_themes).order_by(new_themes.c.revision))
        }
        found = {}
        for name in {row.id for row in rows}:
            contents = {text for row in rows if row.id == name for text in row[1:]}
            former = frozenset(indicator_of(RecordState(0, text)) for text in contents)
            present = indicator_of(held_definition(connection, name).state)
            found[name] = Redefined(former, present, themes.get(present.theme, Text("")))
    return found


def figures_of(connection: Connection, ids: Collection[str]) -> list[Row[Any]]:
    """What holds of indicators and their parts: rows of ``current_figures``."""
    table = current_figures.c
    query = select(current_figures).where(table.present == 1, table.origin > 0)
    return list(connection.execute(query.where(table.indicator.in_(ids))))


def units_described(connection: Connection, indicator_id: str) -> set[str]:
    """The units that have figures of an indicator, or of ratios that it is a part of."""
    named = {indicator_id}
    for name, row in last_definitions(connection).items():
        if indicator_id in (row["numerator"], row["denominator"]):
            named.add(split_series_id(name)[0])
    table = current_figures.c
    query = select(table.unit_id).where(table.indicator.in_(named), table.present == 1)
    return {str(unit_id) for unit_id in connection.execute(query.distinct()).scalars()}


def verify_figure(row: Row[Any], defined: Mapping[str, Indicator]) -> None:
    """Refuse a figure of the ledger that its indicator cannot have.

    Parameters
    ----------
    row
        Of ``current_figures``.
    defined
        The indicator and its parts by id.

    Raises
    ------
    InvalidInput
        The value is out of its range, or the class is none of its list.
    """
    cell = read_cell(row.origin, row.present, row.value)
    indicator = defined.get(series_id(row.indicator, row.dimensions))
    if indicator is None or cell.absence:
        return
    where = f"{row.unit_id} {row.period}"
    if cell.category:
        verify_class(indicator, cell.category, where)
    elif cell.value is not None:
        verify_value(indicator, cell.value, where)


def hindered_by(connection: Connection, change: RecordChange, last: int) -> int | None:
    """Number of a publication whose figures a former definition does not fit; None without one.

    Parameters
    ----------
    change
        From the definition that holds to the former one.
    last
        The last revision that changed the definition: figures of later ones were read by it.
    """
    now, then = indicator_of(change.old), indicator_of(change.new)
    other = now.measure_unit != then.measure_unit or now.kind != then.kind
    defined = {one.id: one for one in (then, *parts_of(change.new))}
    for row in figures_of(connection, {change.key.id}):
        if other and row.origin > last:
            return int(row.last_revision)
        try:
            verify_figure(row, defined)
        except InvalidInput:
            return int(row.last_revision)
    return None


def layers_of(connection: Connection, series: Collection[str]) -> set[tuple[str, str]]:
    """Every period of which the ledger has ever had figures of some series."""
    ids = {split_series_id(each)[0] for each in series}
    table = current_figures.c
    query = select(table.indicator, table.dimensions, table.period).distinct()
    rows = connection.execute(query.where(table.indicator.in_(ids)))
    found = ((series_id(row.indicator, row.dimensions), row.period) for row in rows)
    return {each for each in found if each[0] in series}
