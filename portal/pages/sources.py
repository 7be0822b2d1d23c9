"""``/sources`` and ``/sources/<id>``: the documents and the figures taken from them."""

from __future__ import annotations

from flask import Flask, render_template

from geodata.i18n import Language
from geodata.store import Store
from geodata.store_cache import cached_per_store
from layers.formatting import format_number
from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.pages.shared import figure_row, read_page_params
from portal.parameters.declared import LANG, OFFSET
from portal.serializers.doubts import doubts_of
from portal.serializers.entities import Document, source_document
from portal.translations import messages, translate
from portal.urls import page_url

# Figures on one page of a source's table.
PAGE = 200


def sources() -> str:
    """The list, the most official first, with how many figures come from each."""
    store, language = current_store(), read_page_params()["lang"]
    counts = figure_counts(store)
    found = sorted(store.sources(), key=lambda s: (s.rank, -counts[s.id], s.id))
    rows = [
        {
            **source_document(s, language),
            "kind_label": kind_label(s.kind, language),
            "figures": counts[s.id],
        }
        for s in found
    ]
    return render_template("sources.html", sources=rows, kinds=_by_kind(rows, language))


def _by_kind(rows: list[Document], language: Language) -> list[Document]:
    """The sources of each kind together, the kind of the most official source first."""
    kinds: dict[str, list[Document]] = {}
    for row in rows:
        kinds.setdefault(row["kind"], []).append(row)
    return [
        {
            "id": kind,
            "name": found[0]["kind_label"],
            "sources": found,
            "figures": format_number(sum(row["figures"] for row in found), 0, language),
        }
        for kind, found in kinds.items()
    ]


@cached_per_store(1)
def figure_counts(store: Store) -> dict[str, int]:
    """How many figures come from each source; counted once per store."""
    return {s.id: store.observations(source=s.id, limit=1).total for s in store.sources()}


def source(source_id: str) -> str:
    """One source with its figures and their quotes."""
    params = read_page_params(OFFSET)
    store, language, offset = current_store(), params["lang"], params.get("offset", 0)
    found = store.source(source_id)
    page = store.observations(source=source_id, limit=PAGE, offset=offset)
    document = {
        **source_document(found, language),
        "kind_label": kind_label(found.kind, language),
    }
    rows = [figure_row(store, o, language) for o in page.items]
    pages = _pages(store, source_id, offset, page.next_offset, language)
    return render_template(
        "source.html",
        source=document,
        rows=rows,
        total=page.total,
        offset=offset,
        pages=pages,
        doubts=len(doubts_of(store, source=source_id)),
    )


def _pages(
    store: Store, source_id: str, offset: int, following: int | None, language: Language
) -> Document:
    """Addresses of the pages before and after; empty where there is none."""

    def address(start: int) -> str:
        return page_url(f"/sources/{source_id}", language, {"offset": str(start)})

    return {
        "previous": address(max(0, offset - PAGE)) if offset else "",
        "next": address(following) if following is not None else "",
    }


def kind_label(kind: str, language: Language) -> str:
    """The kind of a source in words; one without words is shown as it stands."""
    key = f"sources.{kind}"
    return translate(key, language) if key in messages(language) else kind


def init_app(app: Flask) -> None:
    """Route the pages."""
    app.add_url_rule("/sources", "sources", cached_page(sources, (LANG,)))
    app.add_url_rule("/sources/<source_id>", "source", cached_page(source, (OFFSET, LANG)))
