"""Cartography: classes, palettes, number formats and the one description of a map."""
