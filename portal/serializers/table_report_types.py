"""The report on an office's table, field by field; `geodata.table_import.report_json` makes it."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

FindingSeverity = Literal["error", "question", "confirm", "note"]


class TableRangeDocument(TypedDict):
    """Where a table stands in its sheet."""

    header_rows: Annotated[list[int], "Rows of the header"]
    first_row: Annotated[int | None, "First row of data"]
    last_row: Annotated[int | None, "Last row of data"]
    rows: Annotated[int, "Rows of data"]
    groups: Annotated[int, "Rows that name a group"]
    totals: Annotated[int, "Rows of totals"]
    score: Annotated[float, "How sure it is, 0 to 100"]
    turned: Annotated[bool, "Whether the units stand in columns"]
    sheets: Annotated[list[str], "Sheets that are read as one table"]
    encoding: Annotated[str, "Encoding that texts were converted from; empty for none"]
    converted_cells: Annotated[int, "Cells that were converted"]
    dash: Annotated[str, "What a note says of dashes; empty for nothing"]


class TableVintageDocument(TypedDict):
    """How well the units of one day fit the rows."""

    date: Annotated[str, "First day on which these units are in force"]
    explained: Annotated[int, "Rows that are a unit of that day"]
    only_here: Annotated[int, "Rows that are a unit of no other day"]
    named: Annotated[int, "Rows whose name alone is that of a unit of that day"]
    units: Annotated[int, "Units of that day"]


class TableUnitsDocument(TypedDict):
    """How many units and rows found each other."""

    matched: Annotated[int, "Units that were met"]
    unmatched: Annotated[int, "Rows of no known unit"]
    doubled: Annotated[int, "Rows of a unit that another row is about"]
    asked: Annotated[int, "Rows that may be several units"]
    ignored: Annotated[int, "Rows left out by an answer"]
    absent: Annotated[int, "Units without a row"]


class UnitCandidateDocument(TypedDict):
    """A unit that a row may be about."""

    unit: Annotated[str, "Id of the unit"]
    name: Annotated[str, "Its name"]
    reason: Annotated[str, "Why it is proposed"]
    similarity: Annotated[float, "How alike the names are, 0 to 100"]


class TableRowDocument(TypedDict):
    """A row without a unit of its own."""

    row: Annotated[int, "Its number in the sheet"]
    written: Annotated[str, "The name as written"]
    code: Annotated[str, "The code as written"]
    parent: Annotated[str, "The unit above, as written"]
    state: Annotated[str, "unmatched, doubled, asked or ignored"]
    unit: Annotated[str | None, "Id of the unit that is doubled"]
    candidates: Annotated[list[UnitCandidateDocument], "What it may be"]


class IndicatorProposalDocument(TypedDict):
    """An indicator that a column may be."""

    indicator: Annotated[str, "Id of the indicator"]
    score: Annotated[float, "How sure it is, 0 to 100"]
    reason: Annotated[str, "Why it is proposed"]


class WrittenClassDocument(TypedDict):
    """One word of a column of classes."""

    written: Annotated[str, "As the table writes it; empty for blank cells beside marks"]
    cells: Annotated[int, "How many cells have it"]
    category: Annotated[str | None, "Code of its class; empty where ignored, null while asked"]
    alike: Annotated[list[str], "Codes of classes that are spelt alike"]


class TableColumnDocument(TypedDict):
    """A series that a column gives."""

    header: Annotated[str, "The header from the top to the column"]
    path: Annotated[list[str], "The cells of the header"]
    column: Annotated[int, "Its number in the sheet"]
    use: Annotated[str, "What it is taken for; empty while that is asked"]
    measure_unit: Annotated[str, "Unit of measure as written"]
    scale: Annotated[float, "Factor to the indicator's own unit of measure"]
    scale_reason: Annotated[str, "Why that factor"]
    of_column: Annotated[str | None, "The column that a share or a change is of"]
    proposals: Annotated[list[IndicatorProposalDocument], "What else it may be"]
    classes: Annotated[list[WrittenClassDocument], "The words of a column of classes"]
    indicator: Annotated[str, "Id of the indicator"]
    dimensions: Annotated[str, "Values of its dimensions"]
    period: Annotated[str, "Period"]
    status: Annotated[str, "Status"]
    concept: Annotated[str, "Id of the concept by which its figures are counted; empty without one"]
    values: Annotated[int, "Number of its figures"]


class TableTotalDocument(TypedDict):
    """A total of the table held against its rows."""

    label: Annotated[str, "What it is the total of"]
    column: Annotated[str, "Header of its column"]
    cell: Annotated[str, "Its cell"]
    stated: Annotated[float, "What the table says"]
    sum: Annotated[float | None, "What its rows add up to; null where they do not add up"]


class FindingPlaceDocument(TypedDict):
    """A cell that a finding is about."""

    sheet: Annotated[str, "Sheet"]
    cell: Annotated[str, "Cell, row or column, as spreadsheets name it"]
    row: Annotated[int | None, "Row from 1"]
    column: Annotated[int | None, "Column from 1"]


class FindingDocument(TypedDict):
    """One thing a check found."""

    code: Annotated[str, "The check; a code never changes its meaning"]
    severity: Annotated[FindingSeverity, "What follows from it"]
    what: Annotated[str, "What was found"]
    expected: Annotated[str, "What would be accepted"]
    remedy: Annotated[str, "What to do"]
    value: Annotated[str, "What the first cell holds"]
    count: Annotated[int, "In how many cells"]
    places: Annotated[list[FindingPlaceDocument], "Up to 20 cells"]
    reason: Annotated[str, "Why a person let it pass; empty while nobody has"]


class SkippedCheckDocument(TypedDict):
    """A check that could not be made."""

    code: Annotated[str, "The check"]
    what: Annotated[str, "What it lacked"]


class TableReportDocument(TypedDict):
    """What was read from a table, and what speaks against it."""

    format: Annotated[int, "Version of this document"]
    kind: Annotated[str, "figures"]
    file: Annotated[str, "Name of the file"]
    sha256: Annotated[str, "SHA-256 of its bytes"]
    recipe: Annotated[str, "Recipe it was read by; empty for none"]
    sheet: Annotated[str | None, "Sheet of the table"]
    table: Annotated[TableRangeDocument | None, "Where it stands; null where none was found"]
    level: Annotated[str | None, "Level of its units"]
    vintage: Annotated[str | None, "Day whose units they are; null while that is asked"]
    vintages: Annotated[list[TableVintageDocument], "The evidence for each day"]
    chosen_by: Annotated[str | None, "What decided the day"]
    units: Annotated[TableUnitsDocument, "How units and rows found each other"]
    rows: Annotated[list[TableRowDocument], "Rows without a unit of their own"]
    columns: Annotated[list[TableColumnDocument], "One for each series"]
    totals: Annotated[list[TableTotalDocument], "Totals held against their rows"]
    findings: Annotated[list[FindingDocument], "What the checks found"]
    skipped: Annotated[list[SkippedCheckDocument], "Checks that could not be made"]
    counts: Annotated[dict[str, int], "Open findings by severity"]
    values: Annotated[int, "Number of figures"]
    publishable: Annotated[bool, "Whether it may be published as it is"]
