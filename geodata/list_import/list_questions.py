"""What is open about a list as a file that a person fills in, as for a table of figures.

`geodata.table_import.questions_json.read_filled_questions` reads it back.
"""

from __future__ import annotations

from typing import Any

from geodata.i18n import Language
from geodata.list_import.list_report import ListQuestion, ListReport
from geodata.table_import.answers_json import answers_document
from geodata.table_import.questions_json import IGNORE, NEW, question_document


def list_questions_document(report: ListReport, language: Language) -> dict[str, Any]:
    """What was said about a list, and what is still asked, ready for ``json.dumps``."""
    asked = [_question(each, language) for each in report.questions if each.answer is None]
    confirmed = [
        question_document("confirm", each.what[language], language, code=each.code, choices=[])
        for each in report.findings
        if each.severity == "confirm" and not each.reason
    ]
    return answers_document(report.answers) | {"questions": [*asked, *confirmed]}


def _question(question: ListQuestion, language: Language) -> dict[str, Any]:
    choices = [{"answer": each.id, "name": each.name[language]} for each in question.candidates]
    choices.append({"answer": IGNORE if question.kind == "commune" else NEW})
    return question_document(
        question.kind, question.written, language, key=question.key, parent=question.parent,
        row=question.first_row, choices=choices,
    )  # fmt: skip
