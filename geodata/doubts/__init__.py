"""Figures held against each other: what contradicts itself, by which rule, in one sentence."""

from geodata.doubts.compared_figures import ComparedFigures
from geodata.doubts.doubt_records import Doubt, DoubtRule
from geodata.doubts.registry import DOUBT_RULES, find_doubts

__all__ = ["DOUBT_RULES", "ComparedFigures", "Doubt", "DoubtRule", "find_doubts"]
