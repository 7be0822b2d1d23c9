"""The facts and what can be computed from them.

Administrative units with their validity and boundaries, indicators, observations and sources.
This package knows no web framework and draws nothing.
"""
