"""A concept chosen or made in a form: how figures are counted, and by which standard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from geodata.i18n import Message, Text
from geodata.model import Concept
from geodata.table_import.columns.form_faults import Fault, verify_form_text
from geodata.table_import.columns.made_ids import free_code
from geodata.table_import.report_records import Answers

NEW_CONCEPT = "+"
"""What a form names in place of a concept where it makes one."""

CONCEPT_FIELDS = (
    "concept", "concept_name_vi", "concept_name_en", "concept_definition_vi",
    "concept_definition_en", "concept_comparable",
)  # fmt: skip
"""The fields of a form."""

LONGEST = {"concept_name": 120, "concept_definition": 2000}
"""Characters of its texts; a name stands beside figures."""


def with_concept(
    answers: Answers,
    concept: Concept,
    columns: Iterable[tuple[str, ...]],
    indicator: str,
    known: Collection[str],
) -> Answers:
    """The answers with the concept of a new indicator and of the columns that hold it.

    Parameters
    ----------
    columns
        Their header paths.
    indicator
        The new indicator: a concept that is made with it is that of all its figures to come.
    known
        Ids of the concepts of the catalogue.
    """
    meanings = dict(answers.columns)
    for path in columns:
        meanings[path] = replace(meanings[path], concept=concept.id)
    others = tuple(one for one in answers.new_concepts if one.id != concept.id)
    if concept.id not in known:
        of_it = replace(concept, indicators=(*concept.indicators, indicator))
        others = (*others, of_it)
    return replace(answers, columns=meanings, new_concepts=others)


def stated_concept(
    form: Mapping[str, str], known: Mapping[str, Concept], fault: Fault
) -> Concept | None:
    """The concept that a form names or makes; None where it names none, or not rightly.

    Parameters
    ----------
    form
        ``concept`` is an id, or `NEW_CONCEPT`; then ``concept_name_vi`` and ``…_en`` name it,
        ``concept_definition_vi`` and ``…_en`` say what is counted, and ``concept_comparable`` is 0
        where its figures may not be set against those of others. What is missing in English is as
        in Vietnamese.
    known
        The concepts that there are, by id.
    fault
        Takes what is wrong.
    """
    named = form.get("concept", "").strip()
    if named != NEW_CONCEPT:
        if named and named not in known:
            remedy = Message("Choose one of the list, or make a new one")
            fault("concept", Message("There is no such concept"), named, remedy)
        return known.get(named)
    texts = {base: _both(form, base, fault) for base in LONGEST}
    if not all(texts.values()):
        return None
    name, definition = texts["concept_name"], texts["concept_definition"]
    same = (one for one in known.values() if one.name.vi == name.vi)
    for other in same:
        remedy = Message("Choose it of the list, or give the new one another name")
        fault("concept_name_vi", Message("There is a concept of this name"), other.name.vi, remedy)
        return None
    taken = {each.replace("-", "_") for each in known}
    concept_id = free_code(name, taken).replace("_", "-")
    return Concept(concept_id, name, definition, form.get("concept_comparable", "1") != "0")


def _both(form: Mapping[str, str], base: str, fault: Fault) -> Text:
    """A text in both languages; empty with a fault where it is missing or cannot be used."""
    vi = form.get(f"{base}_vi", "").strip()
    en = form.get(f"{base}_en", "").strip() or vi
    if not vi:
        fault(f"{base}_vi", Message("The text is missing"))
        return Text("")
    fields = {f"{base}_vi": vi, f"{base}_en": en}
    if all(verify_form_text(name, text, LONGEST[base], fault) for name, text in fields.items()):
        return Text(vi, en)
    return Text("")
