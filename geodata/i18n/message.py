"""What the program says, worded when the reader's language is known."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from geodata.i18n.languages import LANGUAGES, Language
from geodata.i18n.message_catalogue import catalogue

_GAP = re.compile(r"\{(\w+)\}")
_Parameters = tuple[tuple[str, object], ...]


class Localised(ABC):
    """Something with a wording in every language: ``wording[language]``."""

    __slots__ = ()

    @abstractmethod
    def __getitem__(self, language: Language) -> str:
        """The wording in ``language``."""

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return self["en"]


@dataclass(frozen=True, slots=True, init=False)
class Message(Localised):
    """A sentence of the program, looked up by its English wording.

    Parameters
    ----------
    english
        The sentence, a literal: the catalogues are compared with the code. ``{name}`` stands for
        the parameter of that name.
    context
        Tells apart sentences that are the same in English only.
    **parameters
        Shown as text; one that is `Localised` is worded in the language of the sentence.
    """

    forms: tuple[str, ...]
    context: str
    number: int | None
    parameters: _Parameters

    def __init__(self, english: str, /, context: str = "", **parameters: object) -> None:
        self._set((english,), context, None, parameters)

    @classmethod
    def plural(
        cls, one: str, many: str, number: int, /, context: str = "", **parameters: object
    ) -> Message:
        """A sentence whose form depends on ``number``, which is also its parameter ``n``."""
        made = cls.__new__(cls)
        made._set((one, many), context, number, {"n": number, **parameters})
        return made

    def _set(
        self,
        forms: tuple[str, ...],
        context: str,
        number: int | None,
        parameters: Mapping[str, object],
    ) -> None:
        object.__setattr__(self, "forms", forms)
        object.__setattr__(self, "context", context)
        object.__setattr__(self, "number", number)
        object.__setattr__(self, "parameters", tuple(parameters.items()))

    def filled(self, **parameters: object) -> Message:
        """The same sentence with further parameters."""
        return self._again(self.number, {**dict(self.parameters), **parameters})

    def counted(self, number: int) -> Message:
        """The same sentence in the form that goes with ``number``."""
        return self._again(number, {**dict(self.parameters), "n": number})

    def _again(self, number: int | None, parameters: Mapping[str, object]) -> Message:
        made = Message.__new__(Message)
        made._set(self.forms, self.context, number, parameters)
        return made

    def __getitem__(self, language: Language) -> str:
        if not self:
            return ""
        words = catalogue(language).say(self.forms, self.context, self.number)
        return _filled(words, self.parameters, language)

    def __bool__(self) -> bool:
        return bool(self.forms[0])


@dataclass(frozen=True, slots=True, init=False)
class Label(Localised):
    """A text of the screen or the sheet, looked up by its key ``section.name``.

    Raises
    ------
    KeyError
        When the wording is asked for: no label has that key, a mistake in the code.
    """

    key: str
    parameters: _Parameters

    def __init__(self, key: str, /, **parameters: object) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "parameters", tuple(parameters.items()))

    def __getitem__(self, language: Language) -> str:
        return _filled(catalogue(language).labels[self.key], self.parameters, language)


@dataclass(frozen=True, slots=True)
class Verbatim(Localised):
    """A name, a number or a pattern that reads the same in every language."""

    words: str

    def __getitem__(self, language: Language) -> str:
        return self.words

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True, init=False)
class Formatted(Localised):
    """What a function that takes a language makes of a value: a number, a date, a period.

    Parameters
    ----------
    function
        Called as ``function(*arguments, language, **options)``.
    """

    function: Callable[..., str]
    arguments: tuple[object, ...]
    options: _Parameters

    def __init__(
        self, function: Callable[..., str], /, *arguments: object, **options: object
    ) -> None:
        object.__setattr__(self, "function", function)
        object.__setattr__(self, "arguments", arguments)
        object.__setattr__(self, "options", tuple(options.items()))

    def __getitem__(self, language: Language) -> str:
        return self.function(*self.arguments, language, **dict(self.options))


@dataclass(frozen=True, slots=True, init=False)
class Joined(Localised):
    """Several wordings in a row, with a separator between them."""

    separator: Localised | str
    parts: tuple[Localised, ...]

    def __init__(self, separator: Localised | str, parts: Iterable[Localised]) -> None:
        object.__setattr__(self, "separator", separator)
        object.__setattr__(self, "parts", tuple(parts))

    def __getitem__(self, language: Language) -> str:
        between = self.separator if isinstance(self.separator, str) else self.separator[language]
        return between.join(part[language] for part in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)


class Wordings(Localised):
    """A wording that has been made in every language, to be handed to another process."""

    __slots__ = ("by_language",)

    def __init__(self, by_language: Mapping[Language, str]) -> None:
        self.by_language = dict(by_language)

    @classmethod
    def of(cls, wording: Localised) -> Wordings:
        """``wording`` in every language there is."""
        return cls({language: wording[language] for language in LANGUAGES})

    def __getitem__(self, language: Language) -> str:
        return self.by_language[language]

    def __bool__(self) -> bool:
        return any(self.by_language.values())


def _filled(form: str, parameters: _Parameters, language: Language) -> str:
    """``form`` with its gaps filled; a gap without a parameter stays as it stands."""
    if not parameters:
        return form
    values = dict(parameters)

    def value_of(gap: re.Match[str]) -> str:
        value = values.get(gap[1], gap[0])
        return value[language] if isinstance(value, Localised) else str(value)

    return _GAP.sub(value_of, form)
