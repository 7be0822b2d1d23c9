"""Columns that are one question: open ones that only period or status tells apart.

``Tháng 1`` to ``Tháng 12`` below one title, ``KH`` and ``TH`` below one heading, ``Dân số 2024``
beside ``Dân số 2025``: one answer says of all of them what they hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.columns.header_words import header_words


def alike_columns(meanings: Sequence[ColumnMeaning]) -> list[list[int]]:
    """The places of columns whose indicator is open, those that are asked about once together.

    Columns that neither period nor status tells apart, or whose period is open, stand alone.
    """
    groups: dict[object, list[int]] = {}
    for place, each in enumerate(meanings):
        if each.use != "value" or each.indicator:
            continue
        names = header_words(each.path, ()).names
        proposed = tuple(proposal.indicator for proposal in each.proposals)
        groups.setdefault((names, each.measure_unit, proposed, each.words), []).append(place)
    found: list[list[int]] = []
    for places in groups.values():
        told = {(meanings[place].period, meanings[place].status) for place in places}
        apart = len(told) == len(places) and all(period for period, _ in told)
        found += [places] if apart else [[place] for place in places]
    return sorted(found)


def common_heading(meanings: Sequence[ColumnMeaning]) -> str:
    """What alike columns are called together: the headings above them all, else the two ends."""
    first, last = meanings[0].path, meanings[-1].path
    above = []
    for texts in zip(*(each.path for each in meanings), strict=False):
        if len(set(texts)) > 1:
            break
        above.append(texts[0])
    if above or len(meanings) == 1:
        return " / ".join(above or first)
    return f"{' / '.join(first)} … {' / '.join(last)}"
