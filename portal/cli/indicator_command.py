"""``portal data indicator``: how indicators that publications made are defined, and otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from geodata.errors import InvalidInput
from geodata.i18n import Language, Localised, Message, Verbatim
from geodata.ledger.database import reading
from geodata.ledger.definitions import made_ids
from geodata.ledger.ledger_records import EntryRequest
from geodata.ledger.redefining import DefinitionChange, held_indicator
from geodata.table_import.columns.changed_indicators import (
    CHANGED_FIELDS,
    changed_indicator,
    form_of_indicator,
)
from geodata.table_import.known_facts import StoreFacts
from geodata.toml_reader import nearest_names
from portal.cli.data_commands import LANGUAGE
from portal.cli.ledger_commands import (
    JSON,
    WRITE,
    LedgerSession,
    emit,
    ledger_session,
    print_outcome,
    tell_dry_run,
)
from portal.publications import rights_of


@click.command("indicator")
@click.argument("indicator", default="")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="FIELD=TEXT",
    help="What is to hold instead, as name_vi=Tổng đàn lợn; may be repeated.",
)
@click.option(
    "--figures-stay",
    is_flag=True,
    help="The published figures are right: only the unit or the kind was named wrongly.",
)
@click.option("--reason", default="", help="Why; needed to change something.")
@click.option("--account", default="", help="Name of the account that writes.")
@WRITE
@JSON
@LANGUAGE
def define_indicator(
    indicator: str, *, changes: tuple[str, ...], figures_stay: bool, reason: str, account: str,
    write: bool, as_json: bool, lang: Language,
) -> None:  # fmt: skip
    """Show how INDICATOR is defined, which a table brought, or define it otherwise with --set.

    Without INDICATOR those that tables brought are listed. FIELD is a field of the form on the
    page: name_vi, name_en, definition_vi, definition_en, theme (or theme_name_vi, theme_name_en of
    a new one), measure_unit (or measure_unit_name_vi, measure_unit_name_en), kind, extreme,
    numerator, denominator, direction, decimals, minimum, maximum, usual_minimum, usual_maximum,
    levels, class_1_vi, class_1_en, class_1_order, ordered. No figure is converted.
    """
    with ledger_session() as session:
        if not indicator:
            _list(session, as_json, lang)
            return
        present = held_indicator(session.ledger, indicator)
        form = form_of_indicator(present)
        if not changes:
            emit({"id": present.id, **form}, _lines(form), as_json, lang)
            return
        said = _said(changes)
        new = changed_indicator(form | said, StoreFacts(session.service.store).catalogue, present)
        change = DefinitionChange(new, present, figures_stay)
        asked = EntryRequest(session.writer(account), reason)
        may = rights_of(session.service.store, asked.writer.account_id)
        if write:
            print_outcome(session.service.redefine(change, asked, may), as_json, lang)
            return
        session.service.check_redefinition(change, asked, may)
        then = form_of_indicator(new.indicator)
        differ = {field: [form[field], then[field]] for field in then if form[field] != then[field]}
        emit({"would_change": differ}, _differences(differ), as_json, lang)
        tell_dry_run(as_json, lang)


def _list(session: LedgerSession, as_json: bool, language: Language) -> None:
    with reading(session.ledger) as connection:
        ids = sorted(made_ids(connection))
    names = {each: held_indicator(session.ledger, each).name for each in ids}
    document = {"indicators": [{"id": each, "name": name.vi} for each, name in names.items()]}
    lines = (Verbatim(f"{each}  {name[language]}") for each, name in names.items())
    emit(document, lines if ids else [Message("No table brought an indicator")], as_json, language)


def _said(changes: Iterable[str]) -> dict[str, str]:
    """The fields that were set, by name.

    Raises
    ------
    InvalidInput
        One is no field, or says nothing.
    """
    found = {}
    for change in changes:
        field, sign, text = change.partition("=")
        if not sign or field not in CHANGED_FIELDS:
            near = nearest_names(field, CHANGED_FIELDS) or CHANGED_FIELDS[:20]
            raise InvalidInput(Message("There is no such field"), change, near, where="--set")
        found[field] = text.strip()
    # A new theme or unit of measure stands in the place of the one there was.
    for name in ("theme", "measure_unit"):
        if f"{name}_name_vi" in found:
            found = {name: "", f"{name}_name_en": found[f"{name}_name_vi"], **found}
    return found


def _lines(form: dict[str, str]) -> Iterator[Localised]:
    return (Verbatim(f"{field}: {text}") for field, text in form.items() if text)


def _differences(differ: dict[str, list[str]]) -> Iterator[Localised]:
    return (
        Verbatim(f"  {field}: {old or '–'} → {new or '–'}") for field, (old, new) in differ.items()
    )
