"""The letter that asks who wrote a document about its doubtful figures."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from geodata.doubts.raised import DocumentDoubts, RaisedDoubt, rule_name
from geodata.i18n import Language
from geodata.model import Source
from geodata.store import Store
from portal.export.report.docx_elements import add_table
from portal.export.report.letterhead import write_letterhead, write_signature_block
from portal.export.report.official_document import describe_document, official_document
from portal.export.reproducible_zip import with_fixed_dates
from portal.serializers.entities import citation
from portal.translations import translate

_WIDTHS = (10.0, 62.0, 48.0, 40.0)
"""Number, doubt, words of the document, answer; mm."""
_LONGEST_QUOTE = 240


def doubt_letter(
    found: DocumentDoubts, store: Store, params: Mapping[str, Any], language: Language
) -> bytes:
    """The document; the same bytes each time.

    Parameters
    ----------
    found
        The doubts that the document has to answer.
    params
        The heading's lines, as of a report.
    """
    document = official_document(language)
    subject = translate("letter.subject", language, n=found.count)
    write_letterhead(document, params, language, about=subject)
    _address(document, found.source, language)
    source = citation(found.source, language)
    words = translate("letter.opening", language, document=source, n=found.count)
    document.add_paragraph(words, style="Body Text")
    number = 0
    for rule, doubts in found.rules.items():
        document.add_heading(rule_name(rule)[language], 2)
        rows = [_row(store, number + n, each, found.source, language)
                for n, each in enumerate(doubts, 1)]  # fmt: skip
        number += len(doubts)
        add_table(document, _head(language), rows, _WIDTHS)
    document.add_paragraph(translate("letter.closing", language), style="Body Text")
    write_signature_block(document, params, language)
    describe_document(document, subject, store, str(params.get("office", "")), language)
    target = io.BytesIO()
    document.save(target)
    return with_fixed_dates(target.getvalue(), store.info.reference_date)


def _address(document: Document, source: Source, language: Language) -> None:
    """To whom the letter goes: who issued the document."""
    issuer = source.issuer[language] or translate("letter.issuer", language)
    line = document.add_paragraph(style="Body Text")
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(translate("letter.to", language, issuer=issuer))


def _head(language: Language) -> list[str]:
    names = ("number", "doubt", "quote", "answer")
    return [translate(f"letter.{name}", language) for name in names]


def _row(
    store: Store, number: int, doubt: RaisedDoubt, source: Source, language: Language
) -> list[str]:
    units = dict.fromkeys(store.unit(f.unit_id).full_name[language] for f in doubt.figures)
    own = [figure for figure in doubt.figures if figure.source_id == source.id]
    quotes = dict.fromkeys(_shortened(figure.quote) for figure in own if figure.quote)
    said = f"{', '.join(units)}. {doubt.sentence[language]}"
    return [str(number), said, "\n".join(f"“{quote}”" for quote in quotes), ""]


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE].rstrip()}…"
