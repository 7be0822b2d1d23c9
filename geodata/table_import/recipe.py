"""How a table of one shape is read, kept under a name for the next table of that shape.

A recipe holds texts, not places: the header paths of the columns, in which years and months are
replaced by a mark, so that the form of next year is known again. The period is read anew from each
file, and every check runs anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from geodata.i18n import Message
from geodata.table_import.column_records import ColumnMeaning, TableSource
from geodata.table_import.columns.period_words import find_periods
from geodata.table_import.header_keys import HeaderKey, fingerprint_of, header_keys
from geodata.table_import.joined_answers import join_answers
from geodata.table_import.layout_records import TableLayout
from geodata.table_import.report_records import Answers, Finding, ImportReport

FITS_FROM = 0.8
"""Share of common headers from which a recipe is proposed for a table."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a table of one shape is read.

    Parameters
    ----------
    name, version
        Under which it is kept; a change is a new version.
    headers
        The headers of all columns, by `header_keys`.
    columns
        What the columns mean, by their headers; without periods.
    answers
        What else carries over: units as they are written, the day of their list where a person
        chose it, notation, hidden rows and columns, new indicators, who issued the document.
    """

    name: str
    version: int
    headers: frozenset[HeaderKey]
    columns: Mapping[HeaderKey, ColumnMeaning] = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)

    @property
    def fingerprint(self) -> str:
        """Hash of the headers: the same for every table that the recipe fits exactly."""
        return fingerprint_of(self.headers)

    @property
    def of_list(self) -> bool:
        """Whether it reads a list of places or villages; see `geodata.list_import.list_recipe`."""
        return self.answers.lists.kind not in ("", "figures")


@dataclass(frozen=True, slots=True)
class RecipeFit:
    """A recipe held against a table.

    Parameters
    ----------
    recipe
        The recipe.
    share
        Common headers as a share of all headers of the table or the recipe, whichever has more.
    answers
        What the recipe says about this table, together with what a person says, who goes first.
    findings
        The differences: ``H05`` for a column that the table lacks, ``H06`` for one that is new.
    """

    recipe: Recipe
    share: float
    answers: Answers
    findings: tuple[Finding, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether table and recipe have the same headers."""
        return self.share == 1.0

    @property
    def fits(self) -> bool:
        """Whether the recipe may be used, the differences being shown."""
        return self.share >= FITS_FROM


def recipe_of(report: ImportReport, name: str, version: int = 1) -> Recipe:
    """The recipe by which a table was read.

    The number and date of its document, its rows and periods, and the reasons for which findings
    were let pass do not carry over: they belong to this table alone.

    Raises
    ------
    ValueError
        The report has no table.
    """
    if report.layout is None:
        raise ValueError("a report without a table has no recipe")
    keys, said = header_keys(report.layout), report.answers
    paths = {column.number: column.path for column in report.layout.columns}
    columns, texts = {}, {}
    for each in report.columns:
        kept = _kept(each, said.columns.get(each.path))
        if each.path != paths.get(each.column):
            texts[each.path] = kept
        elif each.column in keys and each.use:
            columns[keys[each.column]] = kept
    answers = Answers(
        vintage=said.vintage,
        units=dict(said.units),
        columns=texts,
        new_indicators=said.new_indicators,
        source=lasting_source(said.source),
        concept=said.concept,
        new_concepts=said.new_concepts,
        notation=said.notation,
        hidden=said.hidden,
    )
    return Recipe(name, version, frozenset(keys.values()), columns, answers)


def _kept(found: ColumnMeaning, said: ColumnMeaning | None) -> ColumnMeaning:
    """What of a column's meaning holds for the next table too.

    What the table itself says is read anew: the period always, the status and the unit of measure
    where nobody corrected them.
    """
    return ColumnMeaning(
        0,
        found.path,
        found.use,
        indicator=found.indicator,
        dimensions=found.dimensions,
        status=said.status if said else "",
        measure_unit=said.measure_unit if said else "",
        scale=said.scale if said else 1.0,
        classes=said.classes if said else {},
        concept=said.concept if said else "",
    )


def lasting_source(source: TableSource) -> TableSource:
    """What the next document of the kind has in common with this one."""
    dated = bool(find_periods(source.title)[0])
    return TableSource(
        title="" if dated else source.title,
        issuer=source.issuer,
        place=source.place,
        page=source.page,
        licence=source.licence,
    )


def apply_recipe(recipe: Recipe, layout: TableLayout, said: Answers | None = None) -> RecipeFit:
    """Hold a recipe against a table, and say what it answers about it.

    Parameters
    ----------
    said
        What a person says about this table; it goes before the recipe.
    """
    said = said or Answers()
    keys = header_keys(layout)
    here = set(keys.values())
    share = 0.0 if recipe.of_list else common_share(here, recipe.headers)
    paths = {column.number: column.path for column in layout.columns}
    columns = {
        paths[number]: replace(recipe.columns[key], path=paths[number])
        for number, key in keys.items()
        if key in recipe.columns
    }
    kept = replace(recipe.answers, columns={**recipe.answers.columns, **columns})
    answers = join_answers(said, kept)
    return RecipeFit(recipe, share, answers, tuple(_differences(recipe, layout, keys, said)))


def common_share(here: Collection[HeaderKey], kept: frozenset[HeaderKey]) -> float:
    """Common headers as a share of all of a table or a recipe, whichever has more."""
    widest = max(len(here), len(kept))
    return len(kept.intersection(here)) / widest if widest else 0.0


def best_fit(
    recipes: Iterable[Recipe], layout: TableLayout, said: Answers | None = None
) -> RecipeFit | None:
    """The recipe that fits a table best; None where none fits.

    Of recipes that fit alike the one with the most columns is taken, then the newest version.
    """
    fits = [apply_recipe(each, layout, said) for each in recipes]
    fitting = [each for each in fits if each.fits]
    return max(
        fitting,
        key=lambda fit: (fit.share, len(fit.recipe.columns), fit.recipe.version),
        default=None,
    )


def _differences(
    recipe: Recipe, layout: TableLayout, keys: Mapping[int, HeaderKey], said: Answers
) -> Iterator[Finding]:
    here = set(keys.values())
    replaced = {(each.indicator, each.dimensions) for each in said.columns.values()}
    missing = [
        key
        for key, meaning in recipe.columns.items()
        if key not in here
        and meaning.use == "value"
        and (meaning.indicator, meaning.dimensions) not in replaced
    ]
    if missing:
        yield Finding(
            "H05",
            "confirm",
            Message("The table lacks columns that the saved way of reading has"),
            Message("The columns of “{name}”", name=recipe.name),
            Message("Choose another column in their place, or confirm that they are not given"),
            value="; ".join(heading for heading, _ in sorted(missing)),
            count=len(missing),
        )
    new = [
        column
        for column in layout.columns
        if column.role == "value"
        and keys.get(column.number) not in recipe.headers
        and column.path not in said.columns
    ]
    if new:
        row = layout.header_rows[-1] if layout.header_rows else 0
        yield Finding(
            "H06",
            "confirm",
            Message("The table has columns that the saved way of reading lacks"),
            Message("The columns of “{name}”", name=recipe.name),
            Message("See what they are read as, then confirm"),
            tuple(layout.place(row, column.number) for column in new)[:20],
            "; ".join(column.heading for column in new),
            len(new),
        )
