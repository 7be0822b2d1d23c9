"""Keeping the catalogues in step with the code: what is missing, and new entries in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from geodata.i18n.extract import GAP, Sentence
from geodata.i18n.message_catalogue import is_key

_HEADER = """# {name}
# First the labels of the screen by key (msgctxt), then the sentences of the code.
# `portal texts update` adds what is new in the code and takes away what is gone.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def read_catalogue(path: Path) -> Catalog:
    """A catalogue as Babel reads it; its name is the language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem.replace("-", "_"))


def faults(path: Path, said: Sequence[Sentence], labels: Catalog) -> Iterator[str]:
    """What a catalogue lacks or has too much, one line each.

    Parameters
    ----------
    path
        The catalogue.
    said
        The sentences of the code.
    labels
        The catalogue whose labels all others must have: the English one.
    """
    read = read_catalogue(path)
    allowed = {(s.context, s.forms[0]): s.parameters for s in said}
    english = {_id(entry): _english(entry) for entry in _labels(labels)}
    allowed |= {key: frozenset(GAP.findall(text)) for key, text in english.items()}
    found = {_id(entry): entry for entry in read if entry.id}
    complete = path.stem == "en"
    for key in sorted(allowed.keys() - found.keys()):
        yield f"{path.name}: missing {_shown(key)}"
    for key in sorted(found.keys() - allowed.keys()):
        yield f"{path.name}: not used {_shown(key)}"
    for key in sorted(allowed.keys() & found.keys()):
        forms = _forms(found[key].string)
        if not complete and not all(forms):
            yield f"{path.name}: not translated {_shown(key)}"
        if not key[1] and _english(found[key]) != english[key]:
            yield f"{path.name}: the English of {_shown(key)} is {english[key]!r} in en.po"
        unknown = set(GAP.findall("".join(forms))) - allowed[key]
        if unknown:
            yield f"{path.name}: no such parameter {sorted(unknown)} in {_shown(key)}"


def update(path: Path, said: Iterable[Sentence], labels: Catalog, name: str) -> None:
    """Write a catalogue anew: translations are kept, new entries are empty, unused ones go."""
    old = read_catalogue(path)
    known = {_id(entry): entry.string for entry in old if entry.id}
    new = Catalog(locale=old.locale)
    for entry in sorted(_labels(labels), key=lambda entry: entry.context or ""):
        new.add(entry.id, known.get(_id(entry), ""), context=entry.context)
    once = {(s.context, s.forms[0]): s for s in said}
    for key, sentence in sorted(once.items(), key=lambda item: (item[1].forms, item[0])):
        forms = _forms(known.get(key))
        if len(sentence.forms) == 1:
            new.add(sentence.forms[0], forms[0], context=sentence.context or None)
            continue
        filled = forms if len(forms) == new.num_plurals else (forms[0],) * new.num_plurals
        new.add(sentence.forms, filled, context=sentence.context or None)
    with path.open("wb") as file:
        head = _HEADER.format(name=name, code=path.stem, plural=new.plural_forms.rstrip(";"))
        file.write(head.encode())
        write_po(file, new, width=100, omit_header=True, no_location=True)


def _labels(catalogue: Catalog) -> list[Message]:
    return [entry for entry in catalogue if entry.id and is_key(entry.context or "")]


def _id(entry: Message) -> tuple[str, str]:
    """Context and English; labels are known by their key whatever they say."""
    context = entry.context or ""
    return context, "" if is_key(context) else _english(entry)


def _english(entry: Message) -> str:
    return _forms(entry.id)[0]


def _forms(wording: str | Sequence[str] | None) -> tuple[str, ...]:
    return (wording or "",) if isinstance(wording, str | None) else tuple(wording)


def _shown(key: tuple[str, str]) -> str:
    context, english = key
    return f"{english!r} ({context})" if english and context else repr(english or context)
