"""Succession of units: which became (part of) which, composed over events into crosswalks.

A crosswalk (correspondence table, lookup between boundary vintages) carries shares by weight.
"""
