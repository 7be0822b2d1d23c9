"""A draft previewed and published: read once more, so that what is written is what was checked."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from geodata.i18n import Language
from geodata.ledger.ledger_records import PublicationPlan, PublicationRequest, Writer
from geodata.ledger.previewing import preview_store, published_by
from geodata.ledger.publishing import plan_publication
from geodata.ledger.saved_aliases import remember_alias
from geodata.ledger.saved_recipes import save_recipe
from geodata.ledger.submissions import Submission, hash_of_preview
from geodata.locale_numbers import plain_integer
from geodata.store import Store
from geodata.store.published import Published
from geodata.table_import.recipe import recipe_of
from geodata.table_import.units import UnitAlias
from portal.publications import PublicationService, WriteOutcome, rights_of
from portal.publishing.change_rows import change_rows
from portal.publishing.draft_reading import DraftReading, read_draft
from portal.publishing.preview_layers import (
    drawn_layer,
    first_choropleth,
    layer_choices,
    table_layers,
)

MOST_CHANGES = 400
"""Changed cells that a preview lists."""
LONGEST_NAME = 120
"""Characters of the name of a recipe."""


@dataclass(frozen=True, slots=True)
class PreviewChoice:
    """How a preview is drawn.

    Parameters
    ----------
    served
        The served store's file.
    language
        Of the page.
    chosen
        Place of the map that is drawn among those of the table; None for the first that shows
        classes.
    """

    served: Path
    language: Language
    chosen: int | None = None


def preview_document(
    engine: Engine, store: Store, reading: DraftReading, choice: PreviewChoice
) -> bytes:
    """What publishing a draft would do, and one of its maps, as JSON.

    Parameters
    ----------
    reading
        The draft as it was just read.

    Raises
    ------
    InvalidInput
        The table cannot be published yet, or nothing would change.
    """
    submission, report = reading.submission, reading.report
    plan = plan_publication(engine, store, report)
    request = publication_request(reading, report.answers.source.title or "?")
    published = published_by(
        engine, store, report, request, rights_of(store, submission.account_id)
    )
    layers, language = table_layers(report), choice.language
    with _previewed(choice.served, published) as shown:
        chosen = first_choropleth(layers, shown) if choice.chosen is None else choice.chosen
        chosen = min(chosen, len(layers) - 1)
        document = {
            "based_on": plan.based_on,
            "hash": hash_of_preview(report),
            "counts": dict(plan.counts),
            "same_file": plan.same_file[0].number if plan.same_file else 0,
            "layers": layer_choices(layers, shown, language),
            "chosen": chosen,
            "map": drawn_layer(layers[chosen], shown, language),
            "changes": change_rows(_worst_first(plan)[:MOST_CHANGES], shown, language),
            "more_changes": max(0, len(plan.changes) - MOST_CHANGES),
        }
    return json.dumps(document, ensure_ascii=False).encode()


def publish_draft(
    service: PublicationService, submission: Submission, form: Mapping[str, str]
) -> WriteOutcome:
    """Publish a draft as it was previewed, and remember what was said about spellings.

    Parameters
    ----------
    form
        ``based_on`` and ``hash`` as the preview gave them, ``title``, ``note``, and ``recipe``:
        the name under which the way of reading is kept, empty for none.

    Raises
    ------
    Conflict
        The table gives other figures than the preview showed, or somebody else changed one of its
        cells.
    InvalidInput
        It cannot be published.
    """
    engine, store = service.ledger, service.store
    reading = read_draft(service, submission)
    request = replace(
        publication_request(reading, form.get("title", "")),
        note=form.get("note", ""),
        based_on=plain_integer(form.get("based_on", "")) or 0,
        preview_hash=form.get("hash", "-"),
        request_id=submission.submission_id,
    )
    outcome = service.publish(reading.report, request, rights_of(store, submission.account_id))
    _remember_spellings(engine, reading)
    if form.get("recipe", "").strip():
        recipe = recipe_of(reading.report, form["recipe"].strip()[:LONGEST_NAME])
        save_recipe(engine, recipe, request.writer)
    return outcome


def _remember_spellings(engine: Engine, reading: DraftReading) -> None:
    """Keep the units that a person named as spellings, so that nobody is asked again."""
    matching, submission = reading.report.matching, reading.submission
    if matching is None:
        return
    for row in matching.rows:
        if row.method == "answer" and row.written:
            alias = UnitAlias(
                written=row.written,
                parent=row.parent,
                unit_id=row.unit_id,
                vintage=matching.vintage,
                source=reading.report.answers.source.title,
                added_by=submission.account_name,
                added_at="",
            )
            remember_alias(engine, alias)


def publication_request(reading: DraftReading, title: str) -> PublicationRequest:
    """Who publishes what, with the file it was read from."""
    submission = reading.submission
    return PublicationRequest(
        writer=Writer(submission.account_id, submission.account_name),
        title=title,
        source=reading.report.answers.source,
        content=reading.content,
    )


def _worst_first(plan: PublicationPlan) -> list[Any]:
    """The changes of what is there already first, the largest relative change at the top."""

    def weight(change: Any) -> tuple[bool, float]:  # noqa: ANN401 - a Change
        old, new = change.old.value, change.new.value
        if old is None or new is None or not change.old.present:
            return True, 0.0
        return False, -abs(new - old) / (abs(old) or 1.0)

    return sorted(plan.changes, key=weight)


@contextmanager
def _previewed(served: Path, published: Published) -> Iterator[Store]:
    """A store with what would be published, gone at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        path = Path(folder) / "preview.gpkg"
        with closing(preview_store(path, served, published)) as store:
            yield store
