"""How a list of one shape is read, kept under a name like the recipe of a table of figures.

What was answered is kept where it holds for the next list too: what its texts mean, how positions
are written, how new categories were made. The document's number and date, the day for which the
list holds and the reasons for which findings were let pass belong to one list alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import Any

from geodata.errors import FileFault
from geodata.ledger.served_dataset import ServedDataset
from geodata.list_import.list_report import ListReport
from geodata.list_import.listed_file import ListedFile
from geodata.list_import.table_kind import FoundKind
from geodata.places.place_vocabulary import PLACE_VOCABULARY
from geodata.table_import.column_records import TableSource
from geodata.table_import.header_keys import HeaderKey, without_times
from geodata.table_import.list_answers import ListAnswers
from geodata.table_import.prepare import TableReading
from geodata.table_import.recipe import FITS_FROM, Recipe, common_share, lasting_source
from geodata.table_import.refusals import other_shape
from geodata.table_import.report_records import Answers, Finding
from geodata.villages.village_headings import VILLAGE_VOCABULARY

VOCABULARIES = {"places": PLACE_VOCABULARY, "villages": VILLAGE_VOCABULARY}


@dataclass(frozen=True, slots=True)
class ListReading:
    """What is said about a list by a person and a recipe together.

    Parameters
    ----------
    recipe
        Name of the recipe that fits it; empty without one.
    findings
        Why the recipe that a person chose does not fit.
    """

    answers: Answers
    recipe: str = ""
    findings: tuple[Finding, ...] = ()


def list_recipe_of(report: ListReport, name: str) -> Recipe:
    """The recipe by which a list was read."""
    said = report.answers.lists
    lists = replace(
        said,
        kind=report.kind.kind,
        complete=False,
        # A category that was made once is known the next time.
        categories=dict(report.meant_categories) or said.categories,
        new_categories={},
        villages={key: unit_id for key, unit_id in said.villages.items() if unit_id},
        as_of="",
        period="",
        merged_on=None,
        legal_basis="",
    )
    answers = Answers(source=lasting_source(report.answers.source), lists=lists)
    return Recipe(name, 1, _keys(each.header for each in report.columns), answers=answers)


def read_by_recipe(
    file: ListedFile,
    kind: FoundKind,
    answers: Answers,
    served: ServedDataset,
    reading: TableReading,
) -> ListReading:
    """What a person says of a list, with what the recipe that fits it best adds."""
    layer = answers.sheet or kind.sheet
    chosen = [reading.recipe] if reading.recipe is not None else reading.recipes
    shares = [(_share(each, file, kind, layer), each) for each in chosen]
    fitting = [(share, each) for share, each in shares if share >= FITS_FROM]
    if reading.recipe is not None and not fitting:
        return ListReading(answers, findings=(other_shape(reading.recipe.name, shares[0][0]),))
    if not fitting:
        return ListReading(answers)
    _, best = max(fitting, key=lambda each: (each[0], each[1].version))
    source = answers.source if answers.source != TableSource() else best.answers.source
    lists = _joined(answers.lists, _still_known(best.answers.lists, served))
    return ListReading(replace(answers, source=source, lists=lists), best.name)


def _keys(headings: Iterable[str]) -> frozenset[HeaderKey]:
    """Headings without their times, those that are the same counted."""
    counted = Counter(map(without_times, headings))
    return frozenset((each, place) for each, n in counted.items() for place in range(1, n + 1))


def _share(recipe: Recipe, file: ListedFile, kind: FoundKind, layer: str) -> float:
    """Common headings as a share of all of the list or the recipe; 0 for another kind of list."""
    said = recipe.answers.lists
    if said.kind != kind.kind:
        return 0.0
    with suppress(FileFault):
        table = file.read(VOCABULARIES[said.kind], layer, tuple(said.columns.values()))
        return common_share(_keys(table.columns), recipe.headers)
    return 0.0


def _still_known(kept: ListAnswers, served: ServedDataset) -> ListAnswers:
    """What was answered, without what it names and there is no more."""
    categories = served.whole.catalogue.place_categories
    units = {unit.unit_id for unit in served.whole.units if unit.valid_to is None}
    return replace(
        kept,
        categories={text: one for text, one in kept.categories.items() if one in categories},
        communes={text: one for text, one in kept.communes.items() if not one or one in units},
        villages={text: one for text, one in kept.villages.items() if one in units},
    )


def _joined(said: ListAnswers, kept: ListAnswers) -> ListAnswers:
    """What a person says, and where that is silent what is kept."""
    if said.complete:
        return said
    unsaid = ListAnswers()
    joined: dict[str, Any] = {}
    for each in fields(ListAnswers):
        own, other = getattr(said, each.name), getattr(kept, each.name)
        if isinstance(own, Mapping):
            joined[each.name] = {**other, **own}
        else:
            joined[each.name] = other if own == getattr(unsaid, each.name) else own
    return ListAnswers(**joined)
