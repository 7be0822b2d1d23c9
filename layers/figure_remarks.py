"""What a document says beside a figure, in words: how exactly, how changed, and what to know."""

from __future__ import annotations

from geodata.i18n import Language, Localised, Message
from geodata.locale_numbers import format_quantity
from geodata.model import Indicator, Observation
from geodata.period import parse_period
from geodata.stated_change import PLAN, parse_stated_change
from layers.formatting import format_percent

QUALIFIER_NAMES: dict[str, Localised] = {
    "more_than": Message("The document says “over”."),
    "at_least": Message("The document says “at least”."),
    "nearly": Message("The document says “nearly”."),
    "about": Message("The document says “about”."),
}
"""How exactly a document gives a figure; see `geodata.model.QUALIFIERS`."""


def figure_remark(figure: Observation, indicator: Indicator, language: Language) -> str:
    """What to know of a figure: its qualifier, the change its document states, and its note.

    Parameters
    ----------
    indicator
        The figure's own, in whose unit of measure a change is stated.

    Returns
    -------
    str
        Sentences, the note last; empty where there is nothing to say.
    """
    said = [QUALIFIER_NAMES[figure.qualifier][language]] if figure.qualifier else []
    if figure.stated_change:
        said.append(_change_sentence(figure.stated_change, indicator, language))
    if figure.note[language]:
        said.append(figure.note[language])
    return " ".join(said)


def _change_sentence(text: str, indicator: Indicator, language: Language) -> str:
    change = parse_stated_change(text)
    size = abs(change.amount)
    if change.in_percent:
        amount = format_percent(size, language, 2)
    else:
        amount = format_quantity(size, indicator.measure_unit, language)
    if change.base == PLAN:
        over = Message("The document states {amount} above the plan.", amount=amount)
        under = Message("The document states {amount} below the plan.", amount=amount)
    else:
        named = {"amount": amount, "base": parse_period(change.base).label(language)}
        over = Message("The document states {amount} more than in {base}.", **named)
        under = Message("The document states {amount} less than in {base}.", **named)
    return (over if change.amount > 0 else under)[language]
