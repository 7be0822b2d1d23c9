"""``/doubts``: what contradicts itself, by document and rule, for who wrote it to answer."""

from __future__ import annotations

from flask import Flask, render_template

from geodata.doubts.raised import RULE_IDS, DocumentDoubts, rule_compares, rule_name
from geodata.i18n import Language
from geodata.store import Store
from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.pages.shared import read_page_params
from portal.parameters.declared import DOUBT_RULE, LANG, SOURCE
from portal.serializers.doubts import documents_with_doubts, doubt_document
from portal.serializers.entities import Document, source_document
from portal.urls import EXPORT, page_url


def doubts() -> str:
    """The page."""
    params = read_page_params(SOURCE, DOUBT_RULE)
    store, language = current_store(), params["lang"]
    source, rule = params.get("source", ""), params.get("rule", "")
    every = documents_with_doubts(store)
    shown = documents_with_doubts(store, source=source, rule=rule) if source or rule else every
    return render_template(
        "doubts.html",
        documents=[_document(store, each, language) for each in shown],
        total=len({d.id for each in shown for found in each.rules.values() for d in found}),
        sources=[(each.source.id, each.source.title[language], each.count) for each in every],
        rules=[(each, rule_name(each)[language]) for each in RULE_IDS],
        source=source,
        rule=rule,
    )


def _document(store: Store, found: DocumentDoubts, language: Language) -> Document:
    letter = page_url(f"{EXPORT}/doubts.docx", language, {"source": found.source.id})
    return {
        "source": source_document(found.source, language),
        "count": found.count,
        "letter_url": letter,
        "rules": [
            {
                "id": rule,
                "name": rule_name(rule)[language],
                "compares": rule_compares(rule)[language],
                "doubts": [
                    doubt_document(store, doubt, language, found.source.id) for doubt in listed
                ],
            }
            for rule, listed in found.rules.items()
        ],
    }


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/doubts", "doubts", cached_page(doubts, (SOURCE, DOUBT_RULE, LANG)))
