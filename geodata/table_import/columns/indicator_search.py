"""Which indicators of a catalogue a column may hold, by the words of its header.

A name is compared as the words that tell indicators apart, each weighing the more the fewer
indicators have it (inverse document frequency, K. Spärck Jones, 1972); the score is the harmonic
mean of the weight shared with the header and with the name. Only the same words in the same order
reach 100; other orders say other things (``rừng trồng``, ``trồng rừng``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from geodata.i18n import LANGUAGES, Localised, Message
from geodata.measure_units import MeasureReading, conversion
from geodata.model import Dimension, Indicator, Level
from geodata.series_id import format_dimensions, parse_dimensions, series_id
from geodata.table_import.column_records import IndicatorProposal
from geodata.table_import.columns.office_words import (
    Words,
    bare_heading,
    content_words,
    is_number,
    is_share,
)
from geodata.vietnamese_names import fold

TAKEN_FROM, AHEAD_BY = 85.0, 8.0
"""From which score an indicator is taken, and how far it must be ahead of the next."""

MOST_PROPOSALS = 5
_PROPOSED_FROM = 30.0
_OTHER_ORDER, _OTHER_WORDS = 80.0, 84.0
"""Highest scores where the words are the same in another order, and where one more or less stands
in the header: such a word may be all the difference (``thoát nghèo``), so a person is asked."""
_WITHOUT_GROUP, _UNDER_TITLE, _TITLE_ALONE = 0.75, 0.9, 0.97
_AVERAGE = 0.85
_AVERAGED = re.compile(r"\b(dân số|dân cư|nhân khẩu)\s+(?:trung bình|bình quân)(?:\s+năm)?\b")
"""How a title says that people are counted on the average of a year: the same indicator."""
_OTHER_MEASURE, _OTHER_QUANTITY, _PERHAPS_OTHER_QUANTITY = 0.5, 0.6, 0.85
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_OTHER_PART = 0.5
"""Where the header names a part ("Nam" below "Dân số"): of an indicator that is another part, or
one of something that the headings above do not name."""


@dataclass(frozen=True, slots=True)
class ColumnQuery:
    """What is known of a column before its indicator is.

    Parameters
    ----------
    names
        Texts of its header without status, period and unit of measure, the topmost first.
    measure
        Its unit of measure; None where none is stated.
    titles
        Lines above the table that may name what it is about.
    figures
        Figures of the column as read, or a sample of them.
    """

    names: tuple[str, ...]
    measure: MeasureReading | None
    titles: tuple[str, ...] = ()
    figures: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Variant:
    """One reading of a header: its words, and how much a match by it is worth."""

    words: Words
    worth: float
    share: bool
    number: bool
    group: Words = ()


class IndicatorSearch:
    """The indicators of a catalogue by the words of their names in both languages.

    Parameters
    ----------
    indicators
        Those of the catalogue and those made for the table.
    level
        Level of the table's units: indicators without a meaning at it are not proposed.
    dimensions
        The code lists of the catalogue: a part is also found by the name of its indicator with the
        names of its codes below it (``Diện tích rừng`` over ``Rừng trồng``).
    categories
        Whether those are looked for whose values are classes, or those of numbers.
    """

    def __init__(
        self,
        indicators: Iterable[Indicator],
        level: Level,
        dimensions: Mapping[str, Dimension] = MappingProxyType({}),
        *,
        categories: bool = False,
    ) -> None:
        listed = tuple(indicators)
        wholes = {each.id: each for each in listed if not each.whole}
        self.indicators = tuple(
            each
            for each in listed
            if level in each.levels and (each.kind == "category") == categories
        )
        self._names = [
            tuple(dict.fromkeys(filter(None, map(content_words, names))))
            for each in self.indicators
            for names in [(each.name.vi, each.name.en, *_by_codes(each, wholes, dimensions))]
        ]
        counts = Counter(
            word for names in self._names for word in {word for name in names for word in name}
        )
        self._codes = _codes_by_words(dimensions)
        self._dimensions = dimensions
        self._known = {each.id for each in listed}
        total = len(self.indicators) + 1
        self._weights = {word: math.log(1 + total / count) for word, count in counts.items()}
        self._unknown = math.log(1 + total)

    def proposals(self, query: ColumnQuery) -> tuple[IndicatorProposal, ...]:
        """The likeliest indicators of a column, at most `MOST_PROPOSALS`."""
        variants = _variants(query)
        found = []
        for indicator, names in zip(self.indicators, self._names, strict=True):
            score = self._score(indicator, names, variants)
            if score < _PROPOSED_FROM:
                continue
            score *= _measure_factor(indicator, query) * _range_factor(indicator, query.figures)
            score *= self._part_factor(indicator, names, query)
            if score >= _PROPOSED_FROM:
                reason = _reason(indicator, query, score)
                found.append(IndicatorProposal(indicator.id, round(score, 1), reason))
        found.sort(key=lambda each: -each.score)
        parts = [] if clear_choice(found) else self._new_parts(query)
        plain = self._without_marks(query)
        ids = {each.indicator for each in plain}
        found = [each for each in found if each.indicator not in ids]
        return (*parts, *plain, *found)[:MOST_PROPOSALS]

    def parts_called(self, text: str, whole: Indicator) -> tuple[IndicatorProposal, ...]:
        """The parts of an indicator that a text names by a code, also those nobody made so far.

        Parameters
        ----------
        text
            A heading, as ``Nữ``.
        whole
            The indicator, or a part of it that is broken down further.
        """
        own = dict(parse_dimensions(whole.dimensions))
        found = []
        for by, code in sorted(self._codes.get(content_words(bare_heading(text)), ())):
            if by in own:
                continue
            values = format_dimensions([*own.items(), (by, code)])
            series = series_id(whole.measured, values)
            reason = Message("A part by “{dimension}”", dimension=self._dimensions[by].name)
            if series not in self._known:
                if whole.kind not in ("count", "extreme"):
                    continue
                reason = Message(
                    "A new breakdown of “{indicator}” by “{dimension}”",
                    indicator=whole.name,
                    dimension=self._dimensions[by].name,
                )
            found.append(IndicatorProposal(series, _OTHER_WORDS, reason))
        return tuple(found)

    def _new_parts(self, query: ColumnQuery) -> list[IndicatorProposal]:
        """What breaking down the indicator that the headings above a code name would make."""
        *above, lowest = query.names or ("",)
        if not above or content_words(bare_heading(lowest)) not in self._codes:
            return []
        wholes = self.proposals(replace(query, names=tuple(above)))
        clear = clear_choice(wholes)
        whole = next((each for each in self.indicators if each.id == clear), None)
        parts = self.parts_called(lowest, whole) if whole else ()
        return [each for each in parts if each.indicator not in self._known]

    def _without_marks(self, query: ColumnQuery) -> list[IndicatorProposal]:
        """What a header may be that is written without any marks: ``DAN SO`` is the population.

        Words may have differed by the marks that are lost, so a person is asked.
        """
        text = " ".join(map(bare_heading, query.names))
        if not text or not text.isascii():
            return []
        reason = Message("The header has the letters of its name, without marks")
        plain = fold(_IN_BRACKETS.sub("", text)).removeprefix("tong ")
        found = self._plain.get(plain) or self._plain.get(plain.removesuffix(" nam"), [])
        return [IndicatorProposal(each, _OTHER_WORDS, reason) for each in found]

    @cached_property
    def _plain(self) -> dict[str, list[str]]:
        """The indicators by what is left of their names without marks."""
        found: dict[str, list[str]] = {}
        for each in self.indicators:
            if not each.name.vi.isascii():
                found.setdefault(fold(each.name.vi), []).append(each.id)
        return found

    def _score(
        self, indicator: Indicator, names: Sequence[Words], variants: Sequence[_Variant]
    ) -> float:
        best = 0.0
        for variant in variants:
            worth = variant.worth
            if variant.group and variant.group in _headings(indicator):
                worth = 0.98
            if _other_quantity(variant, indicator):
                worth *= _OTHER_QUANTITY
            for name in names:
                best = max(best, worth * self._likeness(variant.words, name))
        return best

    def _part_factor(
        self, indicator: Indicator, names: Sequence[Words], query: ColumnQuery
    ) -> float:
        """Less than 1 where a header names a part, and the indicator is none of that whole."""
        above = {word for each in query.names[:-1] for word in content_words(bare_heading(each))}
        codes = self._codes.get(content_words(bare_heading(query.names[-1]))) if above else None
        if not codes:
            return 1.0
        own = set(parse_dimensions(indicator.dimensions))
        other = bool(own) and not own & codes
        shared = above & {word for name in names for word in name}
        return _OTHER_PART if other or not shared else 1.0

    def _likeness(self, query: Words, name: Words) -> float:
        if query == name:
            return 100.0
        asked, named = set(query), set(name)
        both = self._weight(asked & named)
        if not both:
            return 0.0
        likeness = 200.0 * both / (self._weight(asked) + self._weight(named))
        return min(likeness, _OTHER_ORDER if asked == named else _OTHER_WORDS)

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights.get(word, self._unknown) for word in words)


def _by_codes(
    part: Indicator, wholes: Mapping[str, Indicator], dimensions: Mapping[str, Dimension]
) -> list[str]:
    """The names of a part as its indicator and codes make them; none of what is no part."""
    whole = wholes.get(part.whole)
    if whole is None:
        return []
    codes = [dimensions[name].code(code) for name, code in parse_dimensions(part.dimensions)]
    return [
        " ".join([whole.name[language], *(code.name[language] for code in codes if code)])
        for language in LANGUAGES
    ]


def _codes_by_words(dimensions: Mapping[str, Dimension]) -> dict[Words, set[tuple[str, str]]]:
    """The codes that words may name, each with its dimension."""
    found: dict[Words, set[tuple[str, str]]] = {}
    for dimension in dimensions.values():
        for code in dimension.codes:
            for words in {content_words(code.name[language]) for language in LANGUAGES}:
                found.setdefault(words, set()).add((dimension.id, code.id))
    return found


def clear_choice(proposals: Sequence[IndicatorProposal]) -> str:
    """The indicator that is clearly the best; empty where a person must choose."""
    if not proposals or proposals[0].score < TAKEN_FROM:
        return ""
    ahead = len(proposals) == 1 or proposals[0].score - proposals[1].score >= AHEAD_BY
    return proposals[0].indicator if ahead else ""


def _variants(query: ColumnQuery) -> list[_Variant]:
    """The readings of a header: its whole path, its lowest text alone, and under a title."""
    names = [bare for name in query.names if (bare := bare_heading(name))]
    lowest = names[-1] if names else ""
    found = []

    def add(texts: Sequence[str], worth: float, group: Words = ()) -> None:
        text = " ".join(filter(None, texts))
        words = content_words(text)
        if words:
            # What the words leave open the lowest text and the unit of measure say.
            share = is_share(lowest) or (not lowest and is_share(text))
            found.append(_Variant(words, worth, share, is_number(lowest), group))

    own = content_words(" ".join(names))
    add(names[::-1], 1.0)
    add(names, 1.0)
    if noun := _noun(query.measure):
        # "Rừng trồng (ha)" is its area, "Khách du lịch (lượt)" the number of visits.
        add([noun, *names[::-1]], 1.0)
        add([noun, *names], 1.0)
    if len(names) > 1:
        add([lowest], _WITHOUT_GROUP, content_words(" ".join(names[:-1])))
    for title in query.titles:
        worth = _UNDER_TITLE if own else _TITLE_ALONE
        add([*names[::-1], title], worth)
        add([title, *names], worth)
        if (plain := _AVERAGED.sub(r"\1", title)) != title:
            # How it is counted is for a person to say, so it is proposed and not taken.
            add([*names[::-1], plain], worth * _AVERAGE)
            add([plain, *names], worth * _AVERAGE)
    return found


def _other_quantity(variant: _Variant, indicator: Indicator) -> bool:
    """Whether a header speaks of a share and the indicator is none, or the other way round."""
    if variant.share:
        return indicator.kind != "ratio"
    return variant.number and is_share(indicator.name.vi)


_NOUNS = {"m²": "diện tích", "m": "chiều dài", "kg": "sản lượng"}
_NO_NOUNS = frozenset({"%", "đồng", "m³", "kWh", "kW", "năm", "ngày"})


def _noun(measure: MeasureReading | None) -> str:
    """What a unit of measure says of what is counted or measured; empty where it says nothing."""
    if measure is None or "/" in measure.base or measure.base in _NO_NOUNS:
        return ""
    return _NOUNS.get(measure.base, measure.base)


def _headings(indicator: Indicator) -> set[Words]:
    """Words of the heading under which the catalogue lists an indicator."""
    return {content_words(text) for text in (indicator.group.vi, indicator.group.en) if text}


def fits(indicator: Indicator, measure: MeasureReading | None) -> bool:
    """Whether figures in a stated unit of measure can be figures of an indicator."""
    return measure is None or conversion(measure, indicator.measure_unit) is not None


def _measure_factor(indicator: Indicator, query: ColumnQuery) -> float:
    if query.measure is not None:
        return 1.0 if fits(indicator, query.measure) else _OTHER_MEASURE
    # "Hộ nghèo" without a unit of measure is a number of households rather than their share.
    lowest = query.names[-1] if query.names else ""
    shares = indicator.measure_unit.symbol.vi == "%"
    return _PERHAPS_OTHER_QUANTITY if shares and not is_share(lowest) else 1.0


def _range_factor(indicator: Indicator, figures: Sequence[float]) -> float:
    """Less than 1 where figures of the column are beyond what the indicator can be."""
    low = -math.inf if indicator.minimum is None else indicator.minimum
    high = math.inf if indicator.maximum is None else indicator.maximum
    if not figures or (low, high) == (-math.inf, math.inf):
        return 1.0
    outside = sum(not low <= each <= high for each in figures) / len(figures)
    return 1.0 - 0.5 * outside


def _reason(indicator: Indicator, query: ColumnQuery, score: float) -> Localised:
    if query.measure is not None and not fits(indicator, query.measure):
        return Message(
            "Similar words, but the table writes {written} and the indicator is in {unit}",
            written=query.measure.written,
            unit=indicator.measure_unit.symbol,
        )
    if score >= TAKEN_FROM:
        return Message("The header has the words of its name")
    return Message("The header has some of the words of its name")
