"""Outside judges of the pages: Lighthouse and the Nu HTML checker, as one table.

``make judges`` serves the shipped dataset on loopback and asks them about it; scores of performance
count on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path

from tests.judges import lighthouse, nu_checker
from tests.load.addresses import pages
from tests.load.outcome import Outcome, Row, table
from tests.load.server import ask, serving

VISITS = 3
# Errors of one page that are printed.
MOST_ERRORS = 3
# Kinds of pages that Lighthouse visits; the checker reads every kind, in both languages.
VISITED = ("/", "/compare", "/units/*", "/indicators/*")


def check_html(port: int, kinds: dict[str, str], folder: Path) -> Outcome:
    """The errors of every kind of page."""
    outcome = Outcome()
    written: dict[str, str] = {}
    for kind, path in kinds.items():
        for lang in ("vi", "en"):
            name = f"{re.sub(r'[^a-z]+', '_', kind)}.{lang}.html"
            (folder / name).write_bytes(ask(port, f"{path}?lang={lang}").body)
            written[name] = f"{path}?lang={lang}"
    found = nu_checker.errors([folder / name for name in written])
    for name, said in found.items():
        outcome.rows.append(Row(f"{written[name]}: errors of HTML", len(said), "", 0))
        outcome.faults += [f"{written[name]}: {line}" for line in said[:MOST_ERRORS]]
    return outcome


def visit(port: int, kinds: dict[str, str], folder: Path, visits: int) -> Outcome:
    """Lighthouse's scores of the pages that readers land on."""
    outcome = Outcome()
    for kind in VISITED:
        for form in lighthouse.FORMS:
            rows, faults = lighthouse.judge(port, kinds[kind], form, folder, visits)
            outcome.rows += rows
            outcome.faults += faults
    return outcome


def main(arguments: list[str] | None = None) -> int:
    """Ask the judges, print what they say; 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.judges", description=__doc__)
    parser.add_argument("--visits", type=int, default=VISITS, help="of Lighthouse to each page")
    parser.add_argument("--only", choices=["html", "lighthouse"], help="one of the two")
    given = parser.parse_args(arguments)
    outcome = Outcome()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name,
        serving(Path(name) / "portal") as served,
    ):
        kinds = pages(served.port)
        if given.only != "lighthouse":
            outcome.add(check_html(served.port, kinds, Path(name)))
        if given.only != "html":
            outcome.add(visit(served.port, kinds, Path(name), given.visits))
    print("\n".join(table(outcome.rows)))
    print("\n".join(f"- {fault}" for fault in outcome.faults))
    return 0 if outcome.holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
