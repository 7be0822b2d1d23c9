"""Load, fuzz and kill figures of the portal, measured on loopback and printed as a table.

``python -m tests.load all`` runs everything; each measurement is a subcommand of its own. Every
one is bounded in count and in time, starts its own portal in a temporary folder, and talks to
127.0.0.1 only. On a machine that does other work the times are upper bounds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path

from tests.load import hostile, kills, observatory, odd, office, publications, rates, schema_cases
from tests.load.addresses import pages
from tests.load.outcome import MOST_FAULTS, Outcome, table
from tests.load.server import Served, serving
from tests.load.villages import TOLD, communes, write_table
from tests.village_lists import make_account

Given = argparse.Namespace


def _portal(given: Given, folder: Path, **settings: str) -> AbstractContextManager[Served]:
    """A portal of the measurement's own; with ``--quick``, where nothing counts, one for all."""
    if given.shared is not None:
        return nullcontext(given.shared)
    return serving(folder, given.port, **settings)


def _odd(given: Given, folder: Path) -> Outcome:
    with _portal(given, folder) as served:
        return odd.run(
            served, given.number or (24 if given.quick else 2400), given.seed, given.seconds
        )


def _office(given: Given, folder: Path) -> Outcome:
    number = given.number or (8 if given.quick else 1200)
    with _portal(given, folder) as served:
        commune = communes(served.port, given.seed, 1)[0]
        return office.run(served, commune, number, given.seed, given.seconds)


def _kills(given: Given, folder: Path) -> Outcome:
    folder.mkdir(parents=True, exist_ok=True)
    with _portal(given, folder) as served:
        places = communes(served.port, given.seed)
    number = given.number or (1 if given.quick else 100)
    return kills.run(folder, places, number, given.seed, given.seconds)


def _publications(given: Given, folder: Path) -> Outcome:
    number = given.number or (3 if given.quick else 200)
    with _portal(given, folder) as served:
        return publications.run(served, number, given.seed, given.seconds)


def _hostile(given: Given, folder: Path) -> Outcome:
    folder.mkdir(parents=True, exist_ok=True)
    number = given.number or (1 if given.quick else 0)
    with _portal(given, folder) as served:
        commune = communes(served.port, given.seed, 1)[0]
    return hostile.run(folder, commune, number, given.seed, given.seconds)


def _schema(given: Given, folder: Path) -> Outcome:
    examples = given.number or (1 if given.quick else 60)
    phases = "coverage" if given.quick else "examples,coverage,fuzzing"
    with _portal(given, folder) as served:
        token = office.make_account(served)
        return schema_cases.run(
            served, token, examples=examples, seed=given.seed, seconds=given.seconds, phases=phases
        )


def _rates(given: Given, folder: Path) -> Outcome:
    with _portal(given, folder) as served:
        return rates.run_rates(served, 0.1 if given.quick else 4.0)


def _readers(given: Given, folder: Path) -> Outcome:
    number = given.number or (4 if given.quick else 50)
    with _portal(given, folder) as served:
        place = communes(served.port, given.seed, 1)[0]
        written = write_table(served.folder / "villages.csv", place)
        lasting = 2.0 if given.quick else min(given.seconds, 60.0)
        make_account(served.folder / "instance")
        return rates.run_readers(served, number, lasting, written, TOLD)


def _observatory(given: Given, folder: Path) -> Outcome:
    with _portal(given, folder, PORTAL_PUBLIC_URL=observatory.PUBLIC) as served:
        return observatory.run(served, pages(served.port).values())


MEASURES: dict[str, tuple[Callable[[Given, Path], Outcome], str]] = {
    "odd": (_odd, "2,400 odd requests; memory after them"),
    "office": (_office, "1,200 odd requests of somebody signed in; hostile tables"),
    "kills": (_kills, "100 kills during a write"),
    "publications": (_publications, "200 kills while publishing, before 50 readers"),
    "hostile": (_hostile, "hostile files through `portal data check`"),
    "schema": (_schema, "cases of schemathesis against the OpenAPI document"),
    "rates": (_rates, "answers per second of every kind of page"),
    "readers": (_readers, "p95 of 50 readers while villages are loaded and exports run"),
    "observatory": (_observatory, "security headers by Mozilla Observatory's rules"),
}


@contextmanager
def _one_for_all(given: Given) -> Iterator[Served]:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        serving(Path(folder), given.port, PORTAL_PUBLIC_URL=observatory.PUBLIC) as served,
    ):
        served.rest_seconds = 0.0
        yield served


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table and the faults; 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("measure", nargs="+", choices=["all", *MEASURES],
                        help="; ".join(f"{n}: {h}" for n, (_, h) in MEASURES.items()))  # fmt: skip
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--number", type=int, default=0, help="how many of them; 0: the full number"
    )
    parser.add_argument("--seconds", type=float, default=1800.0, help="longest time of each")
    parser.add_argument("--faults", type=int, default=MOST_FAULTS, help="most faults printed")
    parser.add_argument("--port", type=int, default=0, help="of the server; 0: a free one")
    parser.add_argument("--quick", action="store_true", help="a few of each, to try the script")
    given = parser.parse_args(arguments)
    outcome = Outcome()
    with ExitStack() as stack:
        given.shared = stack.enter_context(_one_for_all(given)) if given.quick else None
        for name in MEASURES if "all" in given.measure else given.measure:
            begin = time.monotonic()
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                outcome.add(MEASURES[name][0](given, Path(folder) / name))
            print(f"{name}: {time.monotonic() - begin:.0f} s", file=sys.stderr)
    print("\n".join(table(outcome.rows)))
    for fault in outcome.faults[: given.faults]:
        print(f"- {fault}")
    if len(outcome.faults) > given.faults:
        print(f"- and {len(outcome.faults) - given.faults} more")
    return 0 if outcome.holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
