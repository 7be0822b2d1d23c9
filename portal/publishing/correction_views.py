"""``/office/correct``: one figure put right, with its reason; also one that the dataset ships."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Flask, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import Conflict, InvalidInput, NotFound
from geodata.i18n import Language, Message
from geodata.ledger.correcting import held_now
from geodata.ledger.history import trace
from geodata.ledger.ledger_records import (
    Cell,
    EntryRequest,
    FigureCorrection,
    SeriesKey,
    Writer,
)
from geodata.ledger.series_keys import series_key
from geodata.locale_numbers import parse_number
from geodata.model import STATUSES, Indicator
from geodata.store import Store
from geodata.table_import.columns.class_words import class_called
from geodata.table_import.columns.period_words import stated_period
from geodata.table_import.known_facts import StoreFacts
from geodata.vietnamese_names import fold, match_key
from layers.labels import STATUS_NAMES
from portal.accounts.access import require_account, required_account
from portal.accounts.pages import field, office_page
from portal.accounts.paths import OFFICE
from portal.app_state import current_store
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.office_times import local_time_text
from portal.publications import rights_of
from portal.publishing.change_rows import cell_text, series_text, unit_name
from portal.publishing.column_cards import indicator_options
from portal.publishing.served_maps import current_publications, show_outcome

CORRECT = f"{OFFICE}/correct"
FIELDS = ("unit", "indicator", "period", "status")


@require_account()
def correct_figure() -> BaseResponse:
    """Which figure, what it holds, and the form that puts another in its place."""
    if request.method != "POST":
        return _draw(request.args, None)
    try:
        return _correct()
    except (InvalidInput, Conflict, NotFound) as fault:
        refused = fault if isinstance(fault, InvalidInput) else _as_input(fault)
        return _draw(request.form, refused)


def _correct() -> BaseResponse:
    account, service = required_account(), current_publications()
    key = series_of(request.form, service.store)
    if key is None:
        raise InvalidInput(Message("Say which figure is meant"), where="unit")
    outcome = service.correct(
        _correction(key, service.store.indicator(key.series)),
        EntryRequest(Writer(account.account_id, account.label), field("reason")),
        rights_of(service.store, account.account_id),
    )
    return show_outcome(outcome)


def _correction(key: SeriesKey, indicator: Indicator) -> FigureCorrection:
    """What the form puts in the place of a figure: a number, a class, or nothing."""
    text, seen = field("value"), field("seen")
    if not text and request.form.get("withdraw") != "1":
        raise InvalidInput(
            Message("The new value is missing"),
            allowed=Message("a value, or the tick that withdraws the figure"),
            where="value",
        )
    if indicator.kind == "category":
        held = Cell(0, bool(seen), None, category=seen)
        try:
            category = class_called(text, indicator) if text else ""
        except InvalidInput as fault:
            fault.where = "value"
            raise
        return FigureCorrection(key, None, held, category=category)
    held = Cell(0, bool(seen), _number(seen, "seen") if seen else None)
    return FigureCorrection(key, _number(text, "value") if text else None, held)


def _number(text: str, name: str) -> float:
    """A typed number, as Vietnamese offices or programs write it."""
    with suppress(InvalidInput):
        return parse_number(text, "vietnamese")
    try:
        return parse_number(text)
    except InvalidInput as fault:
        fault.where = name
        raise


def series_of(fields: MultiDict[str, str], store: Store) -> SeriesKey | None:
    """The figure that an address or a form names; None while it names none.

    Raises
    ------
    InvalidInput, NotFound
        It names what is not there.
    """
    unit, indicator, period = (fields.get(name, "").strip() for name in FIELDS[:3])
    if not (unit and indicator and period):
        return None
    status = fields.get("status", "actual")
    if status not in STATUSES:
        raise InvalidInput(
            Message("This is none of the choices"), found=status, allowed=STATUSES, where="status"
        )
    store.indicator(indicator)
    code = stated_period(period, "period")
    return series_key(store, indicator, code, status, _unit_called(unit, store))


def _unit_called(text: str, store: Store) -> str:
    """Id of the unit that a person typed: an id, or the name of one in force today.

    A name without any marks is enough where one unit alone answers to it.

    Raises
    ------
    InvalidInput
        Several units answer to the name.
    NotFound
        No unit does.
    """
    units = store.units(date=store.info.timeline[-1].date).items
    for key in (match_key, fold) if text.isascii() else (match_key,):
        wanted = key(text)
        found = [u for u in units if wanted in (key(u.full_name.vi), key(u.name.vi))]
        if len(found) > 1:
            raise InvalidInput(
                Message("“{name}” may be one of several units", name=text),
                found=text,
                allowed=tuple(f"{unit.full_name.vi}: {unit.unit_id}" for unit in found),
                where="unit",
            )
        if found:
            return found[0].unit_id
    return store.unit(text).unit_id


def _draw(fields: MultiDict[str, str], fault: InvalidInput | None) -> Response:
    store, language = current_store(), current_language()
    try:
        key = series_of(fields, store)
    except (InvalidInput, NotFound) as wrong:
        key, fault = None, fault or _as_input(wrong)
    page: Response = office_page(
        "publishing_correct.html",
        fault,
        values={name: fields.get(name, "") for name in (*FIELDS, "value", "reason")},
        classes=_classes(key, store, language) if key else [],
        indicators=indicator_options(StoreFacts(store).catalogue, (), language),
        units=_units(store, language),
        statuses=[(status, STATUS_NAMES[status][language]) for status in STATUSES],
        figure=_figure(key, store, language) if key else None,
    )
    return page


def _figure(key: SeriesKey, store: Store, language: Language) -> dict[str, Any]:
    """What the figure holds now, and every change of it."""
    engine = current_ledger()
    held = held_now(engine, store, key)
    indicator = store.indicator(key.series)
    return {
        "name": series_text(store, key, language),
        "text": cell_text(held, indicator, language),
        "seen": held.category or ("" if held.value is None else repr(held.value)),
        "history": [
            {
                "number": each.revision.number,
                "who": each.revision.account_name,
                "when": local_time_text(each.revision.at, language),
                "before": cell_text(each.change.old, indicator, language),
                "after": cell_text(each.change.new, indicator, language),
                "reason": each.revision.reason or each.revision.title,
            }
            for each in trace(engine, key, store).history
        ],
    }


def _classes(key: SeriesKey, store: Store, language: Language) -> list[tuple[str, str]]:
    """The classes that the figure may be of, in their order; none of a number."""
    return [(each.id, each.name[language]) for each in store.indicator(key.series).categories]


def _units(store: Store, language: Language) -> list[tuple[str, str]]:
    day = store.info.timeline[-1].date
    communes = store.units(level="commune", date=day).items
    return [(unit.unit_id, unit_name(store, unit.unit_id, language)) for unit in communes]


def _as_input(fault: InvalidInput | Conflict | NotFound) -> InvalidInput:
    return InvalidInput(fault.what, fault.found, fault.allowed, fault.remedy, fault.where)


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule(CORRECT, "figure_correct", correct_figure, methods=["GET", "POST"])
