"""What a recast says where figures of source units are impossible and were left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from geodata.i18n import Joined, Message, Verbatim
from geodata.recast.results import RecastValue, RecastValues
from geodata.succession.crosswalk import Crosswalk


def tell_left_out(
    found: RecastValues, crosswalk: Crosswalk, left_out: Collection[str], labels: Mapping[str, str]
) -> RecastValues:
    """The same values, those that lack an impossible figure with its unit in the reason.

    A target all of whose figures are impossible is ``not_recoverable``: figures exist.

    Parameters
    ----------
    left_out
        Source units whose figure is impossible and was taken for missing.
    labels
        What units are called; ids where absent.
    """
    if not left_out:
        return found
    reached = {link.target for link in crosswalk.links() if link.source in left_out}
    told = {}
    for target in reached:
        record = found[target]
        names = [labels.get(source, source) for source in record.missing if source in left_out]
        if names:
            told[target] = _told(record, names)
    return found.replaced_with(told)


def _told(record: RecastValue, names: list[str]) -> RecastValue:
    reason = Message(
        "Without the figures of {names}, which are impossible",
        names=Joined(", ", map(Verbatim, names)),
    )
    status = "not_recoverable" if record.status == "no_data" else record.status
    return replace(record, status=status, reason=reason, left_out=True)
