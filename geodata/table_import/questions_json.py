"""What is open about a table as a file that a person fills in and gives back.

The file is that of `geodata.table_import.answers_json` with what was said already, and with a list
``questions`` beside it. Each question has an ``answer``: null while it is open, then one of its
``choices`` or what its ``how`` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from geodata.errors import FileFault
from geodata.i18n import Language, Localised, Message
from geodata.period import parse_period
from geodata.readers.sheet import column_letters
from geodata.table_import.answers_json import VERSION, answers_document, answers_of, parsed
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.columns.alike_columns import alike_columns, common_heading
from geodata.table_import.columns.class_words import IGNORED
from geodata.table_import.columns.new_classes import with_class, with_new_class
from geodata.table_import.layout_records import TableChoice
from geodata.table_import.match_records import UnitMatch
from geodata.table_import.report_records import Answers, Finding, ImportReport
from geodata.table_import.units import UnitIndex, answer_key, row_answer_key
from geodata.table_import.units.candidate_names import candidate_names

SKIP = "skip"
"""Answer that leaves a column aside."""
IGNORE = "ignore"
"""Answer that sets rows aside which are of no unit."""

NEW = "new"
"""Answer that makes a new category of places, a new village, or a class of a new indicator."""

_KINDS = (
    "unit", "row", "vintage", "indicator", "period", "class", "notation", "hidden", "sheet",
    "confirm", "category", "commune", "village",
)  # fmt: skip
_OF_LISTS = {"category": "categories", "commune": "communes", "village": "villages"}
"""By the kind of a question: where `geodata.table_import.list_answers.ListAnswers` has it."""
_HOW: dict[str, Localised] = {
    "unit": Message("the id of a unit, or “ignore” where the rows are of none"),
    "row": Message("“ignore” for the row that is not to count"),
    "vintage": Message("the first day of a list"),
    "indicator": Message("the id of an indicator, or “skip” for a column that is not used"),
    "period": Message("a period as 2026, 2026-H1, 2026-Q1, 2026-06 or 2026-06-30"),
    "class": Message(
        "the id of a class, “ignore” for cells that say nothing, or “new” for another class of an "
        "indicator that is made with the table"
    ),
    "notation": Message("“vietnamese” for 1.742,1 or “english” for 1,742.1"),
    "hidden": Message("“use” or “skip”"),
    "sheet": Message(
        "the name of a sheet, or one of its tables as NAME:5-6:8-45, its header and its rows"
    ),
    "confirm": Message("the reason for which it may pass"),
    "category": Message("the id of a category of places, or “new” for a new one"),
    "commune": Message("the id of a commune, or “ignore” for rows that are left out"),
    "village": Message("the id of a village, or “new” for a new one"),
}
_ONE_ANSWER = {"notation": ("vietnamese", "english"), "hidden": ("use", SKIP)}


def questions_document(
    report: ImportReport, index: UnitIndex, language: Language
) -> dict[str, Any]:
    """What was said about a table, and what is still asked, ready for ``json.dumps``."""
    questions = [
        *_of_findings(report, language),
        *_of_rows(report, index, language),
        *_of_columns(report, language),
    ]
    return answers_document(report.answers) | {"questions": questions}


def question_document(kind: str, text: str, language: Language, **more: object) -> dict[str, Any]:
    """One question of the file, unanswered."""
    return {"kind": kind, "text": text, "how": _HOW[kind][language], **more, "answer": None}


def _of_findings(report: ImportReport, language: Language) -> Iterator[dict[str, Any]]:
    """Questions that a finding asks once for the whole table, and doubts to confirm."""
    kinds = {"B02": "sheet", "B04": "hidden", "V02": "notation", "U05": "vintage"}
    asked: set[str] = set()
    for finding in report.findings:
        kind = kinds.get(finding.code) if finding.severity == "question" else None
        if finding.severity == "confirm" and not finding.reason:
            kind = "confirm"
        about = finding.code if kind == "confirm" else kind
        if kind is None or about is None or about in asked:
            continue
        asked.add(about)
        yield question_document(kind, _text(finding, language), language, code=finding.code,
                        choices=_choices(kind, report, finding))  # fmt: skip


def _text(finding: Finding, language: Language) -> str:
    return finding.what[language]


def _choices(kind: str, report: ImportReport, finding: Finding) -> list[dict[str, Any]]:
    if kind == "vintage" and report.matching is not None:
        return [
            {"answer": str(each.date), "explained": each.explained}
            for each in report.matching.vintages
        ]
    if kind == "sheet":
        if report.tables:
            return [{"answer": each.name} for each in report.tables]
        names = dict.fromkeys(place.sheet for place in finding.places)
        return [{"answer": name} for name in names]
    return [{"answer": each} for each in _ONE_ANSWER.get(kind, ())]


def _of_rows(
    report: ImportReport, index: UnitIndex, language: Language
) -> Iterator[dict[str, Any]]:
    asked: set[str] = set()
    for match in report.matching.rows if report.matching else ():
        if match.state in ("asked", "unmatched"):
            key = answer_key(match.parent, match.written, match.code)
            key = key if match.written or match.code else row_answer_key(match.row)
            if key not in asked:
                asked.add(key)
                yield question_document(
                    "unit", match.written or match.code, language, key=key, row=match.row,
                    parent=match.parent, code=match.code,
                    choices=_units(match, index, language),
                )  # fmt: skip
        elif match.state == "doubled":
            yield question_document("row", match.written, language, key=row_answer_key(match.row),
                            row=match.row, unit=match.unit_id,
                            choices=[{"answer": IGNORE}])  # fmt: skip


def _units(match: UnitMatch, index: UnitIndex, language: Language) -> list[dict[str, Any]]:
    names = candidate_names([each.unit_id for each in match.candidates], index)
    return [
        {
            "answer": each.unit_id,
            "name": names[each.unit_id][language],
            "reason": each.reason[language],
        }
        for each in match.candidates
    ]


def _of_columns(report: ImportReport, language: Language) -> Iterator[dict[str, Any]]:
    values = [each for each in report.columns if each.use in ("value", "")]
    together = {places[0]: places[1:] for places in alike_columns(values)}
    for place, each in enumerate(values):
        told = _column_told(report, each)
        if not each.indicator and (place in together or each.use == ""):
            alike = [values[other] for other in together.get(place, ())]
            also = {"also": [list(other.path) for other in alike]} if alike else {}
            yield question_document(
                "indicator", common_heading([each, *alike]), language, **told, **also,
                choices=[
                    {"answer": proposal.indicator, "reason": proposal.reason[language]}
                    for proposal in each.proposals
                ],
            )  # fmt: skip
        if not each.period:
            yield question_document("period", " / ".join(each.path), language, **told, choices=[])
        yield from _of_words(report, each, told, language)


def _of_words(
    report: ImportReport, meaning: ColumnMeaning, told: dict[str, Any], language: Language
) -> Iterator[dict[str, Any]]:
    """The words of a column whose class is open, those spelt alike first among the choices."""
    indicators = (new.indicator for new in report.answers.new_indicators)
    made = meaning.indicator in {each.id for each in indicators}
    for word in meaning.open_words:
        names = {each.id: each.name[language] for each in meaning.categories}
        codes = dict.fromkeys((*word.proposals, *names))
        choices = [{"answer": code, "name": names[code]} for code in codes]
        choices += [{"answer": NEW}] if made else []
        yield question_document(
            "class", word.written, language, **told, key=word.key,
            indicator=meaning.indicator, choices=choices,
        )  # fmt: skip


def _column_told(report: ImportReport, meaning: ColumnMeaning) -> dict[str, Any]:
    """Sheet, letters and header of a column."""
    sheet, column = "", meaning.column
    if report.layout is not None:
        header = report.layout.header_rows[-1] if report.layout.header_rows else 0
        place = report.layout.place(header, column)
        sheet, column = place.sheet, place.column
    return {"sheet": sheet, "column": column_letters(column), "header": list(meaning.path)}


def read_filled_questions(text: str, where: str = "answers.json") -> Answers:
    """Answers from a file of answers, with or without filled questions in it.

    Raises
    ------
    FileFault
        It is no such file, or an answer is none that its question allows.
    """
    document = parsed(text, where)
    if not isinstance(document, dict):
        return answers_of(document, where)
    questions = document.pop("questions", [])
    answers = answers_of(document, where)
    if not isinstance(questions, list):
        raise _fault(where, "questions", str(questions), Message("a list"))
    for number, each in enumerate(questions, 1):
        place = f"{where} [questions #{number}]"
        if not isinstance(each, dict):
            raise _fault(place, "", str(each), Message("a question of the file that was written"))
        if each.get("answer") not in (None, ""):
            answers = _answered(answers, each, place)
    return answers


def _answered(answers: Answers, question: dict[str, Any], where: str) -> Answers:
    """The answers with that of one question."""
    kind, given = question.get("kind"), question["answer"]
    if kind not in _KINDS:
        raise _fault(where, "kind", str(kind), Message("a question of the file that was written"))
    if not isinstance(given, str):
        raise _fault(where, "answer", str(given), _HOW[kind])
    if kind in ("unit", "row"):
        key = _word(question, "key", where)
        chosen = "" if given == IGNORE else given
        return replace(answers, units={**answers.units, key: chosen})
    if kind in _OF_LISTS:
        key, name = _word(question, "key", where), _OF_LISTS[kind]
        chosen = "" if given in (IGNORE, NEW) else given
        lists: dict[str, Any] = {name: {**getattr(answers.lists, name), key: chosen}}
        return replace(answers, lists=replace(answers.lists, **lists))
    if kind in ("indicator", "period", "class"):
        return _of_column(answers, question, given, where)
    if kind == "confirm":
        code = _word(question, "code", where)
        return replace(answers, confirmed={**answers.confirmed, code: given})
    table = TableChoice.called(given) if kind == "sheet" else None
    if table is not None:
        return replace(answers, sheet=table.sheet, table=table.table)
    said = answers_of({"version": VERSION, kind: given}, where)
    return replace(
        answers,
        sheet=said.sheet or answers.sheet,
        vintage=said.vintage or answers.vintage,
        notation=said.notation or answers.notation,
        hidden=said.hidden or answers.hidden,
    )


def _of_column(answers: Answers, question: dict[str, Any], given: str, where: str) -> Answers:
    header = question.get("header")
    if not isinstance(header, list) or not all(isinstance(each, str) for each in header):
        raise _fault(where, "header", str(header), Message("the texts of the column's header"))
    path = tuple(header)
    for other in _also(question, where):
        answers = _of_column(answers, {**question, "header": list(other), "also": []}, given, where)
    said = answers.columns.get(path) or ColumnMeaning(0, path, "", status="")
    if question["kind"] == "class":
        return _of_word(answers, question, given, path)
    if question["kind"] == "period":
        if given != EACH_ROW:
            parse_period(given)
        said = replace(said, period=given)
    elif given == SKIP:
        said = replace(said, use="skip")
    else:
        said = replace(said, use="value", indicator=given)
    return replace(answers, columns={**answers.columns, path: said})


def _also(question: dict[str, Any], where: str) -> list[list[str]]:
    """The headers of the other columns that an answer is about."""
    also = question.get("also", [])
    if not isinstance(also, list) or not all(isinstance(each, list) for each in also):
        raise _fault(where, "also", str(also), Message("the texts of the column's header"))
    return also


def _of_word(
    answers: Answers, question: dict[str, Any], given: str, path: tuple[str, ...]
) -> Answers:
    """The answers with the class of one word."""
    key, indicator = str(question.get("key", "")), str(question.get("indicator", ""))
    if given == NEW:
        return with_new_class(answers, path, indicator, key, str(question.get("text", "")))
    return with_class(answers, path, key, IGNORED if given == IGNORE else given)


def _word(question: dict[str, Any], field: str, where: str) -> str:
    value = question.get(field)
    if not isinstance(value, str) or not value:
        raise _fault(where, field, str(value), Message("as it was written"))
    return value


def _fault(where: str, field: str, found: str, allowed: Localised) -> FileFault:
    what = Message("The answer cannot be used")
    return FileFault(what, found, allowed, where=f"{where} {field}".rstrip())
