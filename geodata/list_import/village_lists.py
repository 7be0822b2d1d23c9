"""A list of villages handed in: what it would give, as one report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from geodata.faults import FaultCollector
from geodata.i18n import Text
from geodata.ledger.list_content import ListContent, ListedRecord, villages_content
from geodata.ledger.listed_records import RecordKey
from geodata.ledger.served_dataset import ServedDataset
from geodata.list_import.list_findings import source_finding
from geodata.list_import.list_report import Candidate, ListQuestion, ListReport
from geodata.list_import.list_totals import list_totals, total_findings
from geodata.list_import.listed_file import ListedFile
from geodata.list_import.place_lists import list_columns
from geodata.list_import.table_kind import FoundKind
from geodata.list_import.village_findings import VillageFindings
from geodata.model import Unit
from geodata.point_tables.column_mapping import ColumnMapping, detect_columns
from geodata.point_tables.commune_names import CommuneFinder, communes_alike
from geodata.point_tables.coordinate_detection import validate_crs
from geodata.point_tables.table_file import TableFile
from geodata.table_import.answers_json import answers_document
from geodata.table_import.checks.violations import in_order
from geodata.table_import.columns.period_words import title_periods
from geodata.table_import.report_records import Answers
from geodata.vietnamese_names import fold, match_key
from geodata.villages.import_record import ImportedVillage
from geodata.villages.import_report import VillageImportReport
from geodata.villages.importer import ImportOptions, VillageImports, prepare_import, village_key
from geodata.villages.village_headings import VILLAGE_VOCABULARY
from geodata.villages.village_units import KINDS

_LEAST_ALIKE = 75.0
"""Similarity of two names without marks, 0 to 100, from which a known village is proposed."""

_UNTITLED = "?"
"""Stands for the title of the document while nobody has said it."""


def prepare_villages(
    file: ListedFile, kind: FoundKind, answers: Answers, served: ServedDataset
) -> ListReport:
    """Read a list of villages and say what publishing it would give; nothing is written.

    Raises
    ------
    FileFault, InvalidInput
        The file as a whole cannot be understood, or an answer is none.
    """
    said = answers.lists
    layer = answers.sheet or kind.sheet
    table = file.read(VILLAGE_VOCABULARY, layer, tuple(said.columns.values()))
    findings = VillageFindings(table)
    options = _options(table, file.name, answers, served, findings)
    faults = FaultCollector()
    found = prepare_import(table, file.name, options, served.shipped, faults)
    findings.add_faults(faults.faults)
    for each in found.reports:
        findings.add_report(each)
    questions = tuple(_questions(found, answers, served))
    findings.add_questions(questions)
    rows = {row.where for row in table.rows}
    totals = list_totals(table, _names_and_positions(found.columns))
    listed = (*findings.sorted(), *total_findings(totals), *source_finding(answers.source))
    report = ListReport(
        file=file.name,
        sha256=file.sha256,
        kind=kind,
        answers=answers,
        columns=tuple(list_columns(table, found.columns.by_field)),
        rows=len(table.rows),
        # Others of a record come from earlier lists.
        entries=sum(row.where in rows for each in found.reports for row in each.record.rows),
        position_note=next((r.position_note for r in found.reports), Text("")),
        units=_units(found, questions),
        findings=in_order(listed, answers.confirmed),
        totals=totals,
        notes=tuple(note for each in found.reports for note in each.notes),
        questions=questions,
        communes=tuple(each.commune for each in found.reports),
        villages=found.reports,
    )
    return replace(report, content=_content(report))


def _names_and_positions(columns: ColumnMapping) -> list[str]:
    counts = ("population", "households")
    return [column for name, column in columns.by_field.items() if name not in counts]


def _options(
    table: TableFile, file: str, answers: Answers, served: ServedDataset, findings: VillageFindings
) -> ImportOptions:
    """What was said, with something for what was not, which is asked."""
    said = answers.lists
    columns = detect_columns(table, said.columns, file, VILLAGE_VOCABULARY).by_field
    reference = served.shipped.info.reference_date
    period, merged_on = said.period, said.merged_on
    counts = [columns[name] for name in ("population", "households") if name in columns]
    if not period and any(row.cells[c] for row in table.rows for c in counts):
        period, text = period_above(table)
        if period:
            findings.note_period(period, text)
        else:
            findings.ask_period(counts[0])
            period = reference.isoformat()
    joined = columns.get("joined", "")
    if merged_on is None and joined and any(row.cells[joined] for row in table.rows):
        findings.ask_day(joined)
        merged_on = reference
    return ImportOptions(
        commune=said.commune,
        crs=validate_crs(said.crs) if said.crs else "",
        columns=said.columns,
        title=answers.source.title.strip() or _UNTITLED,
        issuer=answers.source.issuer,
        number=answers.source.number,
        date=answers.source.date,
        url=answers.source.url,
        period=period,
        quality=said.quality,
        merged_on=merged_on,
        legal_basis=said.legal_basis,
        communes=said.communes,
        villages=said.villages,
        known={unit.unit_id: unit for unit in served.whole.units if unit.level == "village"},
        before={one.commune_id: one for one in served.villages},
    )


def period_above(table: TableFile) -> tuple[str, str]:
    """The one period that stands above a list, and the line that says so; empty without one.

    Days of signing and of other documents are none.
    """
    said = {
        mention.code: text
        for text in table.above
        for mention in title_periods((text,))
        if mention.form and mention.code
    }
    return next(iter(said.items())) if len(said) == 1 else ("", "")


def _questions(
    found: VillageImports, answers: Answers, served: ServedDataset
) -> Iterator[ListQuestion]:
    finder = CommuneFinder(served.shipped)
    for text, rows in found.unknown.items():
        alike = communes_alike(finder.today, text)
        candidates = tuple(Candidate(unit.unit_id, unit.full_name) for unit in alike)
        first = rows[0].number
        yield ListQuestion("commune", match_key(text), text, "", len(rows), first, candidates)
    for text, unit_id in answers.lists.communes.items():
        yield ListQuestion("commune", match_key(text), text, "", 0, 0, (), unit_id)
    for report in found.reports:
        below = [
            unit
            for unit in served.whole.units
            if unit.level == "village" and unit.parent_id == report.commune.unit_id
        ]
        yield from _village_questions(report, below, answers)
    yield from _answered_villages(found, answers, served)


def _village_questions(
    report: VillageImportReport, known: Sequence[Unit], answers: Answers
) -> Iterator[ListQuestion]:
    """Which village a name means that no known one has: asked where one of them may be meant.

    Of a list without positions all are asked, since nothing but the name tells who is who.
    """
    named = any(row.lon is None and not row.wkt for row in report.record.rows)
    for row in report.new:
        key = village_key(report.commune, row.kind, row.name)
        if _is_known(row, known) or answers.lists.villages.get(key, "") != "":
            continue
        candidates = _alike(row, known)
        said = answers.lists.villages.get(key)
        if known and (named or candidates or said is not None):
            commune = report.commune.full_name.vi
            yield ListQuestion(
                "village", key, _written(row), commune, 1, row.row_number, candidates, said
            )


def _answered_villages(
    found: VillageImports, answers: Answers, served: ServedDataset
) -> Iterator[ListQuestion]:
    """The villages of which a person said which known ones they are."""
    units = {unit.unit_id: unit for unit in served.whole.units if unit.level == "village"}
    communes = {each.commune.unit_id: each.commune for each in found.reports}
    for key, unit_id in answers.lists.villages.items():
        commune, _, name = key.partition("|")
        if unit_id and unit_id in units and commune in communes:
            meant = Candidate(unit_id, units[unit_id].full_name)
            parent = communes[commune].full_name.vi
            yield ListQuestion("village", key, name, parent, 1, 0, (meant,), unit_id)


def _is_known(row: ImportedVillage, known: Sequence[Unit]) -> bool:
    key = match_key(row.name)
    return any(key in {match_key(n) for n in (u.name.vi, *u.aliases)} for u in known)


def _alike(row: ImportedVillage, known: Sequence[Unit]) -> tuple[Candidate, ...]:
    """Villages of nearly the same name, the likeliest first."""
    plain = fold(row.name)
    scored = [(ratio(plain, fold(unit.name.vi)), unit) for unit in known if unit.valid_to is None]
    near = sorted((pair for pair in scored if pair[0] >= _LEAST_ALIKE), key=lambda each: -each[0])
    return tuple(Candidate(unit.unit_id, unit.full_name) for _, unit in near[:5])


def _written(row: ImportedVillage) -> str:
    return f"{KINDS[row.kind].vi} {row.name}" if row.kind else row.name


def _units(found: VillageImports, questions: Sequence[ListQuestion]) -> dict[str, int]:
    return {
        "matched": sum(len(each.matched) for each in found.reports),
        "unmatched": sum(len(each.new) for each in found.reports),
        "doubled": sum(len(each.duplicates) for each in found.reports),
        "asked": sum(each.answer is None for each in questions),
        "ignored": len(found.left_out),
        "absent": sum(len(each.unmentioned) for each in found.reports),
    }


def _content(report: ListReport) -> ListContent:
    records = {
        RecordKey("villages", each.commune.unit_id): ListedRecord(villages_content(each.record))
        for each in report.villages
    }
    return ListContent(
        file=report.file,
        sha256=report.sha256,
        records=records,
        answers=answers_document(report.answers),
    )
