"""What the form for a new indicator begins with, taken from the column and its table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geodata.i18n import LANGUAGES
from geodata.model import MeasureUnit
from geodata.table_import.columns.class_words import is_member_mark
from geodata.table_import.columns.dimension_columns import CodeNames, is_total_word
from geodata.table_import.columns.header_words import header_words
from geodata.table_import.columns.office_words import content_words, is_share
from geodata.table_import.columns.period_words import without_periods
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.made_entries import indicators_of
from geodata.table_import.report_records import Answers
from geodata.vietnamese_names import match_key
from portal.app_state import current_store
from portal.publishing.answer_forms import column_path

_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
PICKED = "denominator_pick"
"""The field that chooses among the denominators that are offered."""


def first_values(
    document: dict[str, Any], card: dict[str, Any], answers: Answers
) -> dict[str, str]:
    """The fields of the form before anybody has filled them in."""
    return {
        **_first_texts(document, card, answers),
        **_first_codes(document, card),
        **_first_parts(document, card, answers),
    }


def _first_texts(
    document: dict[str, Any], card: dict[str, Any], answers: Answers
) -> dict[str, str]:
    """What the form begins with: the words of the header, and what is known by its like.

    The unit of measure in brackets is left out of the name: maps and tables add it to every name.
    Below headers that name periods alone it is the title of the table that names the indicator.
    """
    unit = card["measure"]
    heading = _heading(document, card)
    words = heading.removesuffix(f"({unit})").rstrip() if unit else heading
    catalogue = StoreFacts(current_store()).catalogue
    known = indicators_of(catalogue, answers)
    own_unit = _measure_unit(unit, catalogue.measure_units.values())
    alike = next((known[each["id"]].theme for each in card["proposals"] if each["id"] in known), "")
    if card["words"]:
        return {
            "theme": alike,
            "name_vi": heading.replace(" / ", ": "),
            "kind": "category",
            "direction": "neutral",
            **_first_classes(card["words"]),
        }
    return {
        "theme": alike,
        "measure_unit": own_unit,
        "name_vi": (words or heading).replace(" / ", ": "),
        "kind": "ratio" if "%" in unit or "%" in card["heading"] else "count",
        "direction": "neutral",
        "decimals": str(max(card["decimals"], "%" in card["heading"])),
        "minimum": "0",
        "maximum": "100" if "%" in card["heading"] else "",
        "measure_unit_name_vi": "" if own_unit else unit,
    }


def _heading(document: dict[str, Any], card: dict[str, Any]) -> str:
    """What a column is called, without its period and without the code of a breakdown."""
    if not card["named"] and document["subject"]:
        subject: str = document["subject"]
        return subject[:1].upper() + subject[1:]
    path = column_path(card["path"]) or ()
    if "breakdown" in _first_codes(document, card):
        path = path[: -len(_codes_beside(document, card))] or path
    texts = [text for text in map(without_periods, path) if text]
    return _quantity_of(texts) or " / ".join(texts) or str(card["heading"])


def _quantity_of(texts: Sequence[str]) -> str:
    """The name of what a group names and its lowest heading only counts: ``Số hộ``, ``Tỷ lệ (%)``.

    Empty where the lowest heading says more.
    """
    if len(texts) < 2:
        return ""
    above, lowest = texts[-2], _IN_BRACKETS.sub("", texts[-1])
    if not set(content_words(lowest)) <= set(content_words(above)):
        return ""
    first = "Tỷ lệ" if is_share(texts[-1]) or "%" in texts[-1] else "Số"
    named = (
        above
        if above.lower().startswith(first.lower())
        else f"{first} {above[:1].lower()}{above[1:]}"
    )
    return " / ".join((*texts[:-2], named))


def _measure_unit(written: str, units: Iterable[MeasureUnit]) -> str:
    """Id of the unit that a table writes by its symbol or name, in capitals or not; else empty."""
    key = match_key(written)
    for each in units:
        names = (text[language] for text in (each.symbol, each.name) for language in LANGUAGES)
        if key and key in map(match_key, filter(None, names)):
            return each.id
    return ""


def _first_classes(words: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The words of a column as the names of its classes; marks say yes, blanks beside them no."""
    language_pairs = {True: ("Có", "Yes"), False: ("Không", "No")}
    found: dict[str, str] = {}
    for row, word in enumerate(words, start=1):
        marks = not word["key"] or is_member_mark(word["written"])
        vi, en = language_pairs[bool(word["key"])] if marks else (word["written"], "")
        found |= {f"class_{row}_vi": vi, f"class_{row}_en": en, f"class_{row}_order": str(row)}
    return found


def _first_parts(
    document: dict[str, Any], card: dict[str, Any], answers: Answers
) -> dict[str, str]:
    """Numerator and denominator, where the row of column numbers says what the column divides."""
    if not card["quotient"]:
        return {}
    above, below = card["quotient"]
    by_number = {each["number"]: each for each in document["columns"]}
    whole = by_number.get(below, {}).get("indicator_id", "")
    listed = {each["id"] for each in denominators(document, answers)}
    return {
        "kind": "ratio",
        "numerator": by_number.get(above, {}).get("indicator", ""),
        **({PICKED: whole} if whole in listed else {}),
    }


def _first_codes(document: dict[str, Any], card: dict[str, Any]) -> dict[str, str]:
    """The code lists that a table may break its figures down by: sub-headings, or columns."""
    if beside := _codes_beside(document, card):
        fields = (("breakdown", "codes"), ("crossed_breakdown", "crossed_codes"))
        pairs = zip(fields, beside, strict=False)
        return {k: text for names, words in pairs for k, text in _listed(*names, words).items()}
    found: dict[str, str] = {}
    listed = [each for each in document["columns"] if each["use"] == "skip" and each["words"]]
    for each, name in zip(listed, ("dimension_name_vi", "crossed_name_vi"), strict=False):
        codes = "codes" if name == "dimension_name_vi" else "crossed_codes"
        words = _lines(word["written"] for word in each["words"])
        found |= {name: each["heading"], codes: words}
    return found


def _codes_beside(document: dict[str, Any], card: dict[str, Any]) -> list[list[str]]:
    """The sub-headings beside that of a column, and those above them where they are crossed.

    Periods and statuses are no codes: none where they are all that tells columns apart.
    """
    own = column_path(card["path"]) or ()
    paths = [column_path(each["path"]) or () for each in document["columns"]]
    beside = [path[-1] for path in paths if own[:-1] and path[:-1] == own[:-1]]
    if len({header_words([text], ()).names for text in beside} - {()}) < 2:
        return []
    over = [p[-2] for p in paths if own[:-2] and len(p) == len(own) and p[:-2] == own[:-2]]
    return [beside, list(dict.fromkeys(over))] if len(set(over)) > 1 else [beside]


def _listed(chosen: str, made: str, words: Sequence[str]) -> dict[str, str]:
    """The field that chooses a code list which has all the words, else that which makes one."""
    for dimension in StoreFacts(current_store()).catalogue.dimensions.values():
        if CodeNames(dimension).hold(words):
            return {chosen: dimension.id}
    return {made: _lines(words)}


def _lines(words: Iterable[str]) -> str:
    """The codes that words may be, one in a line; the total is none of them."""
    return "\n".join(word for word in words if word and not is_total_word(word))


def denominators(document: dict[str, Any], answers: Answers) -> list[dict[str, str]]:
    """What the other columns of the table count: the likeliest wholes of a share."""
    known = indicators_of(StoreFacts(current_store()).catalogue, answers)
    found: dict[str, dict[str, str]] = {}
    for card in document["columns"]:
        indicator = known.get(card["indicator_id"])
        if card["use"] == "value" and indicator is not None and indicator.kind == "count":
            row = {"id": indicator.id, "name": card["indicator"], "letters": card["letters"]}
            found.setdefault(indicator.id, row)
    return list(found.values())
