"""``/office/memory``: spellings and ways of reading that are kept, and how each is revoked."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response
from werkzeug.wrappers import Response as BaseResponse

from geodata.i18n import Language
from geodata.ledger.ledger_records import Writer
from geodata.ledger.saved_aliases import SavedAlias, revoke_alias, saved_aliases
from geodata.ledger.saved_recipes import saved_recipes, withdraw_recipe
from geodata.store import Store
from layers.labels import date_text
from portal.accounts.access import require_account, required_account
from portal.accounts.pages import field, lead_to, office_page
from portal.accounts.paths import OFFICE
from portal.app_state import current_store
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.office_times import local_time_text
from portal.publishing.change_rows import unit_name

MEMORY = f"{OFFICE}/memory"


@require_account()
def memory() -> Response:
    """What is kept, with who kept it and when."""
    engine, store, language = current_ledger(), current_store(), current_language()
    recipes = [
        {
            "name": each.recipe.name,
            "columns": len(each.recipe.headers if each.recipe.of_list else each.recipe.columns),
            "who": each.account_name,
            "when": local_time_text(each.saved_at, language),
        }
        for each in saved_recipes(engine)
    ]
    aliases = [_alias_row(each, store, language) for each in saved_aliases(engine)]
    return office_page("publishing_memory.html", recipes=recipes, aliases=aliases)


@require_account()
def forget_recipe() -> BaseResponse:
    """Offer a way of reading no more."""
    withdraw_recipe(current_ledger(), field("name"))
    return lead_to(MEMORY)


@require_account()
def forget_alias() -> BaseResponse:
    """Read a spelling no more as the unit it was said to be."""
    account = required_account()
    revoke_alias(current_ledger(), field("alias"), Writer(account.account_id, account.label))
    return lead_to(MEMORY)


def _alias_row(saved: SavedAlias, store: Store, language: Language) -> dict[str, Any]:
    alias = saved.alias
    return {
        "id": saved.alias_id,
        "written": alias.written,
        "parent": alias.parent,
        "unit": unit_name(store, alias.unit_id, language),
        "vintage": date_text(alias.vintage, language) if alias.vintage else "",
        "source": alias.source,
        "who": alias.added_by,
        "when": local_time_text(alias.added_at, language),
    }


def init_app(app: Flask) -> None:
    """Route the pages."""
    app.add_url_rule(MEMORY, "memory", memory)
    app.add_url_rule(f"{MEMORY}/recipes/forget", "forget_recipe", forget_recipe, methods=["POST"])
    app.add_url_rule(f"{MEMORY}/aliases/forget", "forget_alias", forget_alias, methods=["POST"])
