"""All rules that raise doubts, in the order in which a figure's reasons are told.

To add one, write a subclass of `DoubtRule` and name it here.
"""

from __future__ import annotations

from collections.abc import Mapping

from geodata.doubts.compared_figures import ComparedFigures
from geodata.doubts.doubt_records import Doubt, DoubtRule
from geodata.doubts.rules.courses import FallingSum, FarFromSeries, PlanTurnsBack
from geodata.doubts.rules.magnitudes import UnitOfMeasure
from geodata.doubts.rules.other_units import FarFromOthers, UnlikePredecessors
from geodata.doubts.rules.parts_and_wholes import PartBeyondWhole, PartsDoNotAddUp
from geodata.doubts.rules.rates import RateOfItsParts
from geodata.doubts.rules.same_figures import RegisterAgainstReport, TwoValues
from geodata.doubts.rules.scales import BeyondScale
from geodata.doubts.rules.shares_of_plan import ImpliedPlan, ShareOfPlan

DOUBT_RULES: Mapping[str, DoubtRule] = {
    rule.id: rule
    for rule in (
        UnitOfMeasure(),
        PartBeyondWhole(),
        PartsDoNotAddUp(),
        ShareOfPlan(),
        ImpliedPlan(),
        RateOfItsParts(),
        TwoValues(),
        RegisterAgainstReport(),
        UnlikePredecessors(),
        BeyondScale(),
        FallingSum(),
        PlanTurnsBack(),
        FarFromSeries(),
        FarFromOthers(),
    )
}


def find_doubts(facts: ComparedFigures) -> list[Doubt]:
    """What all rules find, in their order."""
    return [doubt for rule in DOUBT_RULES.values() for doubt in rule.find(facts)]
