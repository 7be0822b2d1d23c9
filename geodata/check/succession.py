"""Verify that every unit that ended lives on in others, wholly and from the right day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from geodata.check.wording import fault, half_texts, row
from geodata.dataset import Dataset
from geodata.errors import FileFault
from geodata.model import Succession, Unit

SHARE_TOLERANCE = 0.001
"""By how much the shares of a unit's successors may miss one: the rounding of the table."""

Steps = list[tuple[int, Succession]]


def check_succession(dataset: Dataset) -> Iterator[FileFault]:
    """Known units, matching dates, shares that sum to one, nobody forgotten."""
    units = {unit.unit_id: unit for unit in dataset.units}
    leaving: dict[str, Steps] = defaultdict(list)
    for index, step in enumerate(dataset.successions):
        leaving[step.from_id].append((index, step))
        yield from _step(index, step, units)
        yield from half_texts(row("succession", index, "legal_basis"), step.legal_basis)
        if step.source_id not in dataset.catalogue.sources:
            said = "Không có nguồn này", "There is no such source"
            yield fault(row("succession", index, "source_id"), *said, step.source_id)
    for from_id, steps in leaving.items():
        yield from _shares(from_id, steps)
    yield from _forgotten(dataset, leaving)


def _step(index: int, step: Succession, units: dict[str, Unit]) -> Iterator[FileFault]:
    before, after = units.get(step.from_id), units.get(step.to_id)
    for field, unit_id, unit in (("from_id", step.from_id, before), ("to_id", step.to_id, after)):
        if unit is None:
            said = "Không có đơn vị này", "There is no such unit"
            yield fault(row("succession", index, field), *said, unit_id)
    if before is None or after is None:
        return
    if before.valid_to != step.date or after.valid_from != step.date:
        said = (
            "Ngày kế thừa không khớp hiệu lực của hai đơn vị",
            "The date does not match the validity of the two units",
        )
        allowed = f"{before.unit_id} … {before.valid_to}; {after.unit_id} {after.valid_from} …"
        yield fault(row("succession", index, "date"), *said, step.date, allowed)
    if before.level != after.level:
        said = "Hai đơn vị khác cấp", "The two units are of different levels"
        yield fault(row("succession", index, "to_id"), *said, step.to_id, before.level)


def _shares(from_id: str, steps: Steps) -> Iterator[FileFault]:
    index = steps[0][0]
    if len(steps) > 1 and any(step.whole for _, step in steps):
        said = "Đơn vị nhập toàn bộ nhưng có nhiều nơi đến", "Whole, but with several successors"
        yield fault(row("succession", index, "whole"), *said, from_id)
    for field in ("share_area", "share_population"):
        shares = [getattr(step, field) for _, step in steps]
        if any(share is None for share in shares):
            continue
        if abs(sum(shares) - 1) > SHARE_TOLERANCE or not all(0 <= share <= 1 for share in shares):
            said = "Tỷ trọng kế thừa không cộng thành 1", "The shares do not sum to one"
            yield fault(row("succession", index, field), *said, f"{from_id}: {shares}", "1")


def _forgotten(dataset: Dataset, leaving: dict[str, Steps]) -> Iterator[FileFault]:
    """Units that ended without successor although their level went on."""
    going_on = {unit.level for unit in dataset.units if unit.valid_to is None}
    for index, unit in enumerate(dataset.units):
        if unit.valid_to and unit.level in going_on and unit.unit_id not in leaving:
            said = "Đơn vị hết hiệu lực mà không có kế thừa", "The unit ended without successor"
            yield fault(row("units", index, "valid_to"), *said, unit.unit_id)
