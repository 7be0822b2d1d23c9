"""Verify that a document was read to its end.

Every number in it is the value of a figure quoted from its sentence, its share of plan, a change
stated with it, a part a figure was computed from, a label (a date, a heading, the number of a law)
or listed in ``left_out.csv`` with the reason it is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from geodata.build.csv_rows import SourceRow, read_csv_rows
from geodata.build.input_folders import find_input_file
from geodata.dataset import Dataset
from geodata.dataset_files.csv_columns import LEFT_OUT
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.locale_numbers import Numeral, find_numerals, possible_values
from geodata.model import Observation
from geodata.stated_change import parse_stated_change
from geodata.vietnamese_names import normalise

LEFT_OUT_FILE = LEFT_OUT.path

_SENTENCE_END = re.compile(r"[.!?][*)”\"]*\s+(?=[^a-zà-ỹđ])")
# What is written in digits and counts nothing.
_LABELS = tuple(
    re.compile(label)
    for label in (
        r"[0-9]+[/-](?:[0-9]{4}/)?[A-ZĐ][A-ZĐ-]*",  # 30/2020/NĐ-CP
        r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}",  # 29/01/2026
        r"(?:năm|NĂM|học|giai đoạn|nhiệm kỳ)[* ]+[0-9]{4}(?: ?[-–] ?[0-9]{4})?",
        r"ngày [0-9]{1,2} tháng [0-9]{1,2}|tháng [0-9]{1,2}(?:/[0-9]{4})?",
        r"[0-9]{1,2} (?:tháng|THÁNG)|Phần [0-9]\b",
        r"(?:đợt|mức độ|thứ|Đề án|đề án|Nghị quyết) [0-9]{1,2}\b",
        r"[0-9]{1,3} (?:tuổi|sao)\b",  # whom or what the figure counts
        r"<sup>[0-9]+</sup>",  # a footnote
        r"(?<=[\s(*])[(]?[0-9]{1,2}[).]{1,2}[*\s]",  # (4)
        r"(?<![0-9.,])[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.? (?=[A-ZÀ-ỸĐ*])",  # 5.3. Tài chính
    )
)


@dataclass(frozen=True, slots=True)
class _TextSpan:
    """A stretch of a text and what was read from it."""

    start: int
    end: int
    figures: tuple[Observation, ...] = ()


def check_document_completeness(
    dataset: Dataset, folder: Path, inputs: Path | None
) -> Iterator[FileFault]:
    """A fault for every number of a document that nobody accounted for.

    Parameters
    ----------
    folder
        The dataset's folder; without a ``left_out.csv`` in it nothing is claimed or checked.
    inputs
        Folder of the documents; those that are not there are not read.
    """
    if inputs is None or not (folder / LEFT_OUT_FILE).exists():
        return
    left = read_csv_rows(folder / LEFT_OUT_FILE, LEFT_OUT.column_names)
    for source in dataset.catalogue.sources.values():
        path = (
            find_input_file(inputs, source.file)
            if source.kind == "report" and source.file
            else None
        )
        if path is None:
            continue
        text = normalise(path.read_text(encoding="utf-8"))
        figures = [o for o in dataset.observations if o.source_id == source.id and o.quote]
        rows = [row for row in left if row.cells["source"] == source.id]
        yield from _unaccounted(text, figures, rows, source.file)


def _unaccounted(
    text: str, figures: Sequence[Observation], rows: Sequence[SourceRow], name: str
) -> Iterator[FileFault]:
    spared = [_TextSpan(*match.span()) for label in _LABELS for match in label.finditer(text)]
    for row in rows:
        words = normalise(row.cells["words"])
        at = text.find(words)
        if text.count(words) != 1:
            what = Message("What was left out must stand in the document once")
            yield row.fault("words", what)
        elif not row.cells["reason_vi"].strip() or not row.cells["reason_en"].strip():
            yield row.fault("reason_vi", Message("Why was it left out?"))
        spared.append(_TextSpan(at, at + len(words)))
    for sentence in _sentences(text, figures):
        known = _numbers_of(sentence.figures)
        for numeral in find_numerals(text[sentence.start : sentence.end]):
            place = sentence.start + numeral.start
            if any(span.start <= place < span.end for span in spared) or _is_in(numeral, known):
                continue
            yield FileFault(
                Message("A number of the document is neither taken nor left out with a reason"),
                found=f"{numeral.text}: …{text[max(0, place - 40) : place + 40]}…",
                remedy=Message("Add it, or a row to {left_out_file}", left_out_file=LEFT_OUT_FILE),
                where=f"{name} {LEFT_OUT_FILE}",
            )


def _sentences(text: str, figures: Sequence[Observation]) -> list[_TextSpan]:
    """The sentences of a document in order, each with every figure quoted from it."""
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    found: dict[tuple[int, int], list[Observation]] = {span: [] for span in pairwise(ends)}
    for figure in figures:
        for match in re.finditer(re.escape(normalise(figure.quote)), text):
            first = bisect_right(ends, match.start()) - 1
            last = bisect_left(ends, match.end(), lo=first + 1)
            for span in pairwise(ends[first : last + 1]):
                found[span].append(figure)
    return [_TextSpan(low, high, tuple(found[low, high])) for low, high in sorted(found)]


def _numbers_of(figures: Sequence[Observation]) -> set[float]:
    """What figures say: printed values, shares of plan, changes and parts of a computation."""
    numbers: set[float] = set()
    for figure in figures:
        numbers.add(round(figure.as_printed / figure.scale, 6))
        if figure.stated_percent is not None:
            numbers |= {figure.stated_percent, round(figure.stated_percent - 100, 6)}
        if figure.stated_change:
            numbers.add(abs(parse_stated_change(figure.stated_change).amount))
        numbers |= possible_values(figure.method.vi)
    return numbers


def _is_in(numeral: Numeral, known: set[float]) -> bool:
    return any(abs(value - number) <= 1e-6 for value in numeral.values for number in known)
