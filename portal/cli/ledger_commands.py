"""``portal data list | show | diff | correct | undo | verify | export``: the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import click
from sqlalchemy import Engine

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Language, Localised, Message
from geodata.ledger.account_records import account_named
from geodata.ledger.correcting import held_now, undo_plan
from geodata.ledger.database import open_ledger, reading
from geodata.ledger.history import diff, diff_records, history, records_of, show
from geodata.ledger.ledger_checks import verify
from geodata.ledger.ledger_export import (
    change_document,
    export_csv,
    export_json_lines,
    record_change_document,
    record_difference_document,
    revision_document,
)
from geodata.ledger.ledger_records import (
    Cell,
    CellDifference,
    EntryRequest,
    FigureCorrection,
    SeriesKey,
    Writer,
)
from geodata.ledger.series_keys import series_key
from geodata.ledger.served_store import figures_not_shown
from geodata.ledger.undo_records import UndoPlan
from geodata.model import STATUSES, Indicator
from geodata.parsing import parse_decimal
from geodata.table_import.columns.class_words import class_called
from portal.app_state import open_or_create_store
from portal.cli.commands import refusals
from portal.cli.data_commands import LANGUAGE
from portal.cli.exit_codes import BROKEN, CLEAN
from portal.cli.ledger_lines import (
    difference_lines,
    key_text,
    revision_line,
    revision_lines,
    undo_lines,
)
from portal.cli.record_lines import (
    record_change_lines,
    record_difference_lines,
    undo_record_lines,
)
from portal.config import Settings, read_settings
from portal.ledger_engine import ledger_path
from portal.publications import PublicationService, WriteOutcome, rights_of

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
ACCOUNT = click.option("--account", required=True, help="Name of the account that writes.")
WRITE = click.option("--write", is_flag=True, help="Do it; without it nothing is written.")
_REASON = click.option("--reason", required=True, help="Why; shown beside the figures.")
STATUS = click.option("--status", type=click.Choice(STATUSES), default="actual", show_default=True)
_WITHDRAW = "none"


@dataclass(frozen=True, slots=True)
class LedgerSession:
    """The ledger and the store of the instance, for as long as a command runs."""

    settings: Settings
    service: PublicationService

    @property
    def ledger(self) -> Engine:
        """The ledger."""
        return self.service.ledger

    def writer(self, name: str) -> Writer:
        """The account of a name.

        Raises
        ------
        NotFound
            There is none.
        """
        with reading(self.ledger) as connection:
            account = account_named(connection, name)
        return Writer(account.account_id, account.label)


@contextmanager
def ledger_session() -> Iterator[LedgerSession]:
    """Open what a command works on, and turn refusals into its words and exit code."""
    with refusals():
        settings = read_settings({})
        ledger = open_ledger(ledger_path(settings))
        try:
            with closing(open_or_create_store(settings)) as store:
                yield LedgerSession(settings, PublicationService(settings, ledger, store))
        finally:
            ledger.dispose()


@click.command("list")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@JSON
@LANGUAGE
def list_revisions(limit: int, as_json: bool, lang: Language) -> None:
    """List what was published, corrected and taken back, the last first."""
    with ledger_session() as session:
        page = history(session.ledger, limit)
        hidden = figures_not_shown(session.ledger, session.service.store)
        document = {
            "revisions": [revision_document(revision) for revision in page.items],
            "total": page.total,
            "not_shown": [key._asdict() for key in hidden],
        }
        emit(document, (revision_line(each) for each in page.items), as_json, lang)
        if hidden and not as_json:
            missing = Message("Published, but the dataset has no such unit or indicator:")
            print_lines([missing], lang)
            click.echo("\n".join(f"  {key_text(key)}" for key in hidden))


@click.command("show")
@click.argument("number", type=int)
@JSON
@LANGUAGE
def show_revision(number: int, as_json: bool, lang: Language) -> None:
    """Show publication NUMBER with all its cells."""
    with ledger_session() as session:
        revision, made = show(session.ledger, number)
        records = records_of(session.ledger, number)
        document = revision_document(revision) | {
            "changes": [change_document(change) for change in made.items],
            "records": [record_change_document(change) for change in records],
        }
        lines = chain(revision_lines(revision, made.items), record_change_lines(records))
        emit(document, lines, as_json, lang)


@click.command("diff")
@click.argument("before", type=int)
@click.argument("after", type=int)
@JSON
@LANGUAGE
def diff_revisions(before: int, after: int, as_json: bool, lang: Language) -> None:
    """Compare what held after publication BEFORE (0 for what was shipped) and after AFTER."""
    with ledger_session() as session:
        cells = diff(session.ledger, before, after, session.service.store)
        records = diff_records(session.ledger, before, after)
        document = {
            "differences": [_difference(cell) for cell in cells],
            "records": [record_difference_document(one) for one in records],
        }
        lines = chain(difference_lines(cells), record_difference_lines(records))
        emit(document, lines, as_json, lang)


@click.command()
@click.argument("unit")
@click.argument("indicator")
@click.argument("period")
@click.argument("value")
@STATUS
@_REASON
@click.option("--doubt", default="", help="Why the new value is not to be trusted either.")
@ACCOUNT
@WRITE
@JSON
@LANGUAGE
def correct(
    unit: str, indicator: str, period: str, value: str,
    *, status: str, reason: str, doubt: str, account: str, write: bool, as_json: bool,
    lang: Language,
) -> None:  # fmt: skip
    """Put VALUE in the place of one figure of UNIT (a unit id), published or shipped.

    VALUE is a plain decimal in the indicator's unit of measure, or the code or name of a class;
    "none" withdraws the figure.
    """
    with ledger_session() as session:
        key = series_key(session.service.store, indicator, period, status, unit)
        store = session.service.store
        seen = held_now(session.ledger, store, key)
        correction = _correction(key, value, store.indicator(key.series), seen)
        correction = replace(correction, doubt=doubt)
        asked = EntryRequest(session.writer(account), reason)
        may = rights_of(session.service.store, asked.writer.account_id)
        if write:
            print_outcome(session.service.correct(correction, asked, may), as_json, lang)
            return
        session.service.check_correction(correction, asked, may)
        cell = CellDifference(key, seen, correction.cell(0))
        emit({"would_change": _difference(cell)}, difference_lines([cell]), as_json, lang)
        tell_dry_run(as_json, lang)


@click.command()
@click.argument("number", type=int)
@_REASON
@ACCOUNT
@WRITE
@JSON
@LANGUAGE
def undo(
    number: int, *, reason: str, account: str, write: bool, as_json: bool, lang: Language
) -> None:
    """Take publication NUMBER back; cells that were changed later stay as they are."""
    with ledger_session() as session:
        plan = undo_plan(session.ledger, number)
        asked = EntryRequest(session.writer(account), reason)
        may = rights_of(session.service.store, asked.writer.account_id)
        if write:
            outcome = session.service.undo(number, asked, may, seen=plan.count)
            print_outcome(outcome, as_json, lang)
            return
        session.service.check_undo(number, asked, may)
        emit(_undo_document(plan), chain(undo_lines(plan), undo_record_lines(plan)), as_json, lang)
        tell_dry_run(as_json, lang)


@click.command("verify")
@JSON
@LANGUAGE
def verify_ledger(as_json: bool, lang: Language) -> None:
    """Recompute the chain of hashes and what holds now from all that was changed."""
    with refusals():
        ledger = open_ledger(ledger_path(read_settings({})))
        faults = verify(ledger)
        good = [] if faults else [Message("The ledger is whole")]
        emit({"faults": [fault[lang] for fault in faults]}, [*faults, *good], as_json, lang)
        ledger.dispose()
    raise SystemExit(BROKEN if faults else CLEAN)


@click.command("export")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl")
@click.option("--out", type=click.Path(dir_okay=False, allow_dash=True), default="-")
def export_ledger(form: str, out: str) -> None:
    """Write the whole ledger: JSON lines, or CSV with one row for each change (for Excel)."""
    with refusals():
        ledger = open_ledger(ledger_path(read_settings({})))
        lines: Iterable[str] = export_csv(ledger) if form == "csv" else export_json_lines(ledger)
        try:
            with click.open_file(out, "w", encoding="utf-8") as file:
                file.writelines(chain(["\ufeff"] if form == "csv" else [], lines))
        except BrokenPipeError:
            raise  # Whoever reads the output has enough of it.
        except OSError as error:
            what = Message("The file cannot be written")
            raise FileFault(what, str(error), where=out) from None
        finally:
            ledger.dispose()


def emit(document: Any, lines: Iterable[Localised], as_json: bool, language: Language) -> None:  # noqa: ANN401
    """Print a document as JSON, or its lines in words."""
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        print_lines(lines, language)


def print_lines(lines: Iterable[Localised], language: Language) -> None:
    """Print lines in a language."""
    for line in lines:
        click.echo(line[language])


def print_outcome(outcome: WriteOutcome, as_json: bool, language: Language) -> None:
    """Print the receipt of what was written, and a word where readers do not see it yet."""
    receipt = outcome.receipt
    document = revision_document(receipt.revision) | {
        "repeated": receipt.repeated,
        "same_file": [revision.number for revision in receipt.same_file],
        "delayed": outcome.delayed.message(language) if outcome.delayed else "",
    }
    emit(document, revision_lines(receipt.revision, ()), as_json, language)
    if outcome.delayed is not None:
        waiting = Message(
            "No. {n} is recorded; the map follows with the next command or start",
            n=receipt.revision.number,
        )
        click.echo(f"{waiting[language]}: {outcome.delayed.message(language)}", err=True)


def tell_dry_run(as_json: bool, language: Language) -> None:
    """Say that nothing was written; on the error output, so that JSON stays JSON."""
    words = Message("Nothing was written; add --write to do it")
    click.echo(words[language], err=as_json)


def _difference(cell: CellDifference) -> dict[str, Any]:
    return {
        **cell.key._asdict(),
        "before": cell.before._asdict(),
        "after": cell.after._asdict(),
    }


def _undo_document(plan: UndoPlan) -> dict[str, Any]:
    return {
        "revision": plan.revision.number,
        "restored": [change_document(change) for change in plan.restored],
        "records": [record_change_document(change) for change in plan.records],
        "kept": [
            one.key._asdict() | one.cell._asdict() | {"changed_by": one.changed_by.number}
            for one in plan.kept
        ],
        "kept_records": [
            one.key._asdict() | {"changed_by": one.changed_by.number} for one in plan.kept_records
        ],
    }


def _correction(key: SeriesKey, text: str, indicator: Indicator, seen: Cell) -> FigureCorrection:
    """The correction that puts in the place of a figure what a person typed."""
    if text.strip().lower() == _WITHDRAW:
        return FigureCorrection(key, None, seen)
    if indicator.kind == "category":
        return FigureCorrection(key, None, seen, category=class_called(text, indicator))
    return FigureCorrection(key, _number(text), seen)


def _number(text: str) -> float:
    try:
        return parse_decimal(text.strip())
    except ValueError:
        allowed = Message("a plain decimal such as 1650.5, or none to withdraw the figure")
        raise InvalidInput(Message("Not a number"), found=text, allowed=allowed) from None
