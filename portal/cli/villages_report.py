"""The report of `portal villages load` in words: matched, new, doubled, outside."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.i18n import Language
from geodata.villages.import_record import ImportedVillage
from geodata.villages.importer import ImportReport
from layers.formatting import format_number, format_percent
from portal.translations import translate

_MAX_LISTED = 30
"""Rows listed of each kind; the rest are counted."""


def report_lines(report: ImportReport, language: Language) -> list[str]:
    """The report on loading one commune, one line for each finding."""
    return [
        f"{report.commune.full_name[language]} ({report.commune.unit_id})",
        *_reading_lines(report, language),
        *(note[language] for note in report.notes),
        *_row_lines(report, language),
        *_polygon_lines(report, language),
    ]


def _reading_lines(report: ImportReport, language: Language) -> Iterator[str]:
    words = ", ".join(f"{field}=“{name}”" for field, name in report.columns.by_field.items())
    yield translate("loading.columns", language, columns=words)
    if report.columns.ignored:
        yield translate("loading.ignored", language, columns=", ".join(report.columns.ignored))
    placed = report.position_note[language] or translate("loading.no_positions", language)
    yield translate("loading.positions", language, placed=placed)
    if report.position_note and report.polygons is None:
        yield translate(f"loading.{'weighted' if report.weighted else 'unweighted'}", language)


def _row_lines(report: ImportReport, language: Language) -> Iterator[str]:
    yield from _finding_lines("matched", [f"{r.name} = {u}" for r, u in report.matched], language)
    yield from _finding_lines("new", [_place(row) for row in report.new], language)
    duplicates = [f"{_place(row)} ~ {_place(first)}" for row, first in report.duplicates]
    yield from _finding_lines("doubled", duplicates, language)
    divided = {row.name for row, first in report.duplicates if _joins_another(row, first)}
    if divided:
        yield translate("loading.divided", language, names=", ".join(sorted(divided)))
    outside = [f"{_place(r)}: {format_number(m, 0, language)} m" for r, m in report.outside]
    yield from _finding_lines("outside", outside, language)
    unmentioned = [unit.full_name[language] for unit in report.unmentioned]
    yield from _finding_lines("unmentioned", unmentioned, language)
    joined = [
        f"{name} ← {', '.join(row.name for row in rows)}" for name, rows in report.joined.items()
    ]
    if joined:
        yield from _finding_lines("joined", joined, language)


def _joins_another(row: ImportedVillage, first: ImportedVillage) -> bool:
    """Whether two rows of one village give it to different ones."""
    joined = row.joined_name, first.joined_name
    return all(joined) and joined[0] != joined[1]


def _polygon_lines(report: ImportReport, language: Language) -> Iterator[str]:
    found = report.polygons
    if found is None:
        return
    rows = report.record.rows
    share = format_percent(100 * found.gap_share, language, 2)
    area = format_number(found.gaps_km2, 3, language)
    yield translate("loading.gaps", language, area=area, share=share)
    overlaps = [
        f"{_place(rows[one])} ~ {_place(rows[other])}: {format_number(km2, 4, language)} km²"
        for one, other, km2 in found.overlaps
    ]
    yield from _finding_lines("overlaps", overlaps, language)
    outside = [
        f"{_place(rows[n])}: {format_percent(100 * s, language, 1)}" for n, s in found.outside
    ]
    yield from _finding_lines("polygons_outside", outside, language)
    yield from _finding_lines(
        "invalid", [f"{_place(rows[n])}: {why}" for n, why in found.invalid], language
    )


def _finding_lines(key: str, lines: list[str], language: Language) -> Iterator[str]:
    yield translate(f"loading.{key}", language, n=len(lines))
    yield from (f"  {line}" for line in lines[:_MAX_LISTED])
    if len(lines) > _MAX_LISTED:
        yield f"  … +{len(lines) - _MAX_LISTED}"


def _place(row: ImportedVillage) -> str:
    return f"{row.where} {row.name}"
