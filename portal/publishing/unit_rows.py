"""The rows of a table on the review page: which unit each is about, what is asked first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from geodata.i18n import Language
from geodata.model import Unit
from geodata.table_import.match_records import UnitMatch, UnitMatching
from geodata.vietnamese_names import match_key
from layers.labels import LEVEL_NAMES, date_text, unit_kind_name
from portal.translations import translate

UnitById = Callable[[str], Unit]


def answer_key(match: UnitMatch) -> str:
    """The key of a row's answer in `Answers.units`: one for all rows written alike."""
    return f"{match_key(match.parent)}|{match_key(match.written)}"


def unit_rows(matching: UnitMatching, unit: UnitById, language: Language) -> dict[str, Any]:
    """Level, vintage, what is asked once for each way of writing, and what was matched.

    Parameters
    ----------
    matching
        The rows with their units.
    unit
        A unit by its id.
    language
        Of names and reasons.
    """
    matched = [row for row in matching.rows if row.state == "matched"]
    return {
        "level": matching.level,
        "level_label": LEVEL_NAMES[matching.level][language],
        "vintage": matching.vintage.isoformat() if matching.vintage else "",
        "vintage_label": date_text(matching.vintage, language) if matching.vintage else "",
        "chosen_by": matching.chosen_by,
        "vintages": [
            {
                "date": each.date.isoformat(),
                "label": date_text(each.date, language),
                "explained": each.explained,
                "only_here": each.only_here,
                "rows": len(matching.rows),
            }
            for each in matching.vintages
        ],
        "counts": _counts(matching),
        "questions": _questions(matching, unit, language),
        "matched": [_matched(row, unit, language) for row in matched],
        "absent": [unit(unit_id).full_name[language] for unit_id in matching.absent],
    }


def _counts(matching: UnitMatching) -> dict[str, int]:
    counts = dict.fromkeys(("matched", "asked", "unmatched", "doubled", "ignored"), 0)
    for row in matching.rows:
        counts[row.state] += 1
    return counts


def _questions(matching: UnitMatching, unit: UnitById, language: Language) -> list[dict[str, Any]]:
    """The rows that wait for an answer, those written alike together."""
    grouped: dict[str, list[UnitMatch]] = {}
    for row in matching.rows:
        if row.state in ("asked", "unmatched", "doubled"):
            grouped.setdefault(answer_key(row), []).append(row)
    order = {"unmatched": 0, "doubled": 1, "asked": 2}
    questions = [
        {
            "key": key,
            "written": rows[0].written or rows[0].code,
            "parent": rows[0].parent,
            "rows": [row.row for row in rows][:20],
            "state": rows[0].state,
            "state_label": translate(f"publishing.unit_{rows[0].state}", language),
            "unit": unit(rows[0].unit_id).full_name[language] if rows[0].unit_id else "",
            "candidates": [
                {"id": each.unit_id, "name": described(unit(each.unit_id), unit, language),
                 "reason": each.reason[language]}
                for each in rows[0].candidates
            ],
        }
        for key, rows in grouped.items()
    ]  # fmt: skip
    return sorted(questions, key=lambda each: (order[str(each["state"])], each["rows"]))


def _matched(row: UnitMatch, unit: UnitById, language: Language) -> dict[str, Any]:
    return {
        "row": row.row,
        "written": row.written or row.code,
        "parent": row.parent,
        "unit": unit(row.unit_id).full_name[language],
        "method": translate(f"publishing.method_{row.method}", language) if row.method else "",
        "note": row.note[language],
    }


def described(unit: Unit, by_id: UnitById, language: Language) -> str:
    """A unit with what tells it from its namesakes: rank, code, unit above, first day."""
    above = by_id(unit.parent_id).full_name[language] if unit.parent_id else ""
    kind = unit_kind_name(unit.kind, language)
    first = date_text(unit.valid_from, language)
    known = (unit.code, kind, above, translate("publishing.since", language, date=first))
    return f"{unit.full_name[language]} ({', '.join(filter(None, known))})"
