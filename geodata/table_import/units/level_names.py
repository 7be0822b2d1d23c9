"""Names and codes of the units of one level, by the ways in which tables write them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from geodata.model import Level, Unit
from geodata.table_import.units.spelling import (
    Spelling,
    marked_spelling,
    spelling_of,
    spelling_without_spaces,
    tokens_of,
)
from geodata.unit_words import Tokens, unit_words


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One spelling under which a unit is known.

    Parameters
    ----------
    unit
        Position of the unit in `UnitIndex.units`.
    text
        The spelling as the list of units writes it.
    spelling
        Its letters and tones.
    alias
        Whether it is another spelling than the unit's own name.
    one_word
        Whether it stands for the name written without spaces.
    """

    unit: int
    text: str
    spelling: Spelling
    alias: bool = False
    one_word: bool = False


@dataclass
class LevelNames:
    """Names and codes of the units of one level."""

    letters: dict[str, list[NameEntry]] = field(default_factory=lambda: defaultdict(list))
    plain: dict[str, list[NameEntry]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    widths: set[int] = field(default_factory=set)
    words: dict[str, tuple[Tokens, bool]] = field(default_factory=dict)
    """From the word before a name, as `Spelling.marked`, to the full word and whether it was
    shortened."""
    plain_words: dict[str, tuple[Tokens, bool]] = field(default_factory=dict)
    """The same by the words without any marks."""

    @classmethod
    def of(cls, level: Level) -> LevelNames:
        """The names of a level, without any unit yet."""
        names = cls()
        for word, shorts in unit_words(level).items():
            full = tokens_of(word)
            for each in (word, *shorts):
                spelling = spelling_of(tuple(each.split()))
                names.words[spelling.marked] = names.plain_words[spelling.plain] = (
                    full,
                    each != word,
                )
        return names

    def add(self, position: int, unit: Unit) -> None:
        """Take in the code and the spellings of a unit, which is known by its position."""
        self.codes[unit.code].append(position)
        self.widths.add(len(unit.code))
        for text in dict.fromkeys((unit.name.vi, *unit.aliases)):
            tokens = tokens_of(text)
            if tokens:
                self._add_name(position, text, tokens, alias=text != unit.name.vi)
        english = spelling_of(tokens_of(unit.full_name.en))
        if english.letters:
            self.plain[english.plain].append(NameEntry(position, unit.full_name.en, english))

    def _add_name(self, position: int, text: str, tokens: Tokens, alias: bool) -> None:
        entry = NameEntry(position, text, spelling_of(tokens), alias)
        self.letters[entry.spelling.letters].append(entry)
        self.plain[entry.spelling.plain].append(entry)
        if len(tokens) > 1:
            one_word = spelling_without_spaces(tokens)
            if one_word is not None:
                joined = NameEntry(position, text, one_word, alias, one_word=True)
                self.letters[one_word.letters].append(joined)

    def leading_word(self, tokens: Tokens, plain: bool) -> tuple[Tokens, Tokens, bool] | None:
        """The word before a name in full, the rest, and whether the word was shortened.

        Parameters
        ----------
        plain
            Whether the text lost its marks, so that ``xa`` may be ``xã``.
        """
        for length in (3, 2, 1):
            head = tokens[:length]
            key = spelling_of(head).plain if plain else marked_spelling(head)
            found = (self.plain_words if plain else self.words).get(key)
            if found and len(tokens) >= length:
                return found[0], tokens[length:], found[1]
        return None

    def written_as(self, tokens: Tokens) -> list[NameEntry]:
        """Entries whose letters and tones are those of a text."""
        written = spelling_of(tokens)
        return [
            entry
            for entry in self.letters.get(written.letters, ())
            if (len(tokens) == 1 or not entry.one_word) and entry.spelling.agrees(written)
        ]

    def without_marks(self, tokens: Tokens) -> list[NameEntry]:
        """Entries whose letters without marks are those of a text without its marks."""
        return self.plain.get(spelling_of(tokens).plain, [])

    def padded(self, code: str) -> str:
        """A code with the leading zeros that a spreadsheet took away."""
        if not code.isdecimal() or code in self.codes:
            return code
        wider = sorted(width for width in self.widths if width > len(code))
        return next((p for p in map(code.zfill, wider) if p in self.codes), code)
