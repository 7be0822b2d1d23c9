"""Recipes that accounts saved: a change is a new version, and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Engine, func, insert, select, update

from geodata.errors import InvalidInput, unknown_name
from geodata.i18n import Message
from geodata.ledger.database import reading, writing
from geodata.ledger.ledger_records import Writer
from geodata.ledger.metadata import from_json, new_id, to_json, utc_now
from geodata.ledger.revision_tables import recipes
from geodata.table_import.recipe import Recipe
from geodata.table_import.recipe_json import recipe_document, recipe_from


@dataclass(frozen=True, slots=True)
class SavedRecipe:
    """A recipe with who saved it and when (UTC, ISO 8601)."""

    recipe: Recipe
    account_name: str
    saved_at: str


def save_recipe(engine: Engine, recipe: Recipe, writer: Writer) -> Recipe:
    """Save a recipe as the next version of its name, and return it with that number.

    Raises
    ------
    InvalidInput
        It has no name.
    """
    name = recipe.name.strip()
    if not name:
        what = Message("The recipe has no name")
        raise InvalidInput(what, remedy=Message("Give it the name of the form it reads"))
    with writing(engine) as connection:
        last = select(func.max(recipes.c.version)).where(recipes.c.name == name)
        version = (connection.execute(last).scalar() or 0) + 1
        saved = replace(recipe, name=name, version=version)
        row = {
            "id": new_id(),
            "name": name,
            "version": version,
            "account_id": writer.account_id,
            "account_name": writer.name,
            "fingerprint": saved.fingerprint,
            "body": to_json(recipe_document(saved)),
            "saved_at": utc_now(),
        }
        connection.execute(insert(recipes), row)
    return saved


def saved_recipes(engine: Engine) -> tuple[SavedRecipe, ...]:
    """The last version of every recipe that is not withdrawn, by name."""
    query = select(recipes).order_by(recipes.c.name, recipes.c.version)
    with reading(engine) as connection:
        last = {row.name: row for row in connection.execute(query)}
    return tuple(
        SavedRecipe(recipe_from(from_json(row.body)), row.account_name, row.saved_at)
        for row in last.values()
        if not row.withdrawn
    )


def saved_recipe(engine: Engine, name: str) -> Recipe:
    """The last version of a recipe.

    Raises
    ------
    NotFound
        There is none of this name, or it is withdrawn.
    """
    known = {each.recipe.name: each.recipe for each in saved_recipes(engine)}
    if name not in known:
        raise unknown_name(Message("There is no recipe of this name"), name, known)
    return known[name]


def withdraw_recipe(engine: Engine, name: str) -> None:
    """Offer a recipe no more; what was read by it stays, and it may be saved again.

    Raises
    ------
    NotFound
        There is none of this name.
    """
    saved_recipe(engine, name)
    with writing(engine) as connection:
        connection.execute(update(recipes).where(recipes.c.name == name).values(withdrawn=1))
