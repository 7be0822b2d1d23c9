"""Lists of villages in tests: read as the one door reads them, published by its command."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from geodata.dataset import Dataset
from geodata.errors import NotFound
from geodata.ledger.account_records import account_named
from geodata.ledger.accounts import create_account
from geodata.ledger.database import LEDGER_FILE, open_ledger, reading, writing
from geodata.point_tables.table_file import read_table_file
from geodata.villages.import_report import VillageImportReport
from geodata.villages.importer import ImportOptions, prepare_import
from geodata.villages.village_headings import VILLAGE_VOCABULARY
from portal.cli import main

ACCOUNT = "lan"
TITLE = "Danh sách thử"


def prepared(path: Path, options: ImportOptions, dataset: Dataset) -> list[VillageImportReport]:
    """What a file of villages means, the first fault raised."""
    named = tuple(options.columns.values())
    table = read_table_file(path, VILLAGE_VOCABULARY, options.layer, named)
    return list(prepare_import(table, path.name, options, dataset).reports)


def make_account(instance: Path) -> None:
    """An account of the instance that may write for all communes, made once."""
    ledger = open_ledger(instance / LEDGER_FILE)
    try:
        with reading(ledger) as connection:
            account_named(connection, ACCOUNT)
    except NotFound:
        with writing(ledger) as connection:
            create_account(connection, ACCOUNT, full_name="Lan", role="editor", communes=None)
    finally:
        ledger.dispose()


def publish_villages(
    instance: Path, table: Path, *told: str, title: str = TITLE, env: dict[str, str] | None = None
) -> Result:
    """Run the command that an office publishes its villages with."""
    make_account(instance)
    order = ["data", "publish", str(table), "--as", "villages", "--title", title]
    return CliRunner().invoke(main, [*order, "--account", ACCOUNT, "--write", *told], env=env)


def take_back(instance: Path, number: int, env: dict[str, str] | None = None) -> Result:
    """Run the command that takes a publication back."""
    make_account(instance)
    order = ["data", "undo", str(number), "--reason", "bỏ", "--account", ACCOUNT, "--write"]
    return CliRunner().invoke(main, order, env=env)
