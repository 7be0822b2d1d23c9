"""A layer on paper: the same figures, classes and colours as on the screen, laid out as a sheet."""

from layers.sheet.options import FORMATS, SheetOptions
from layers.sheet.presets import PRESETS
from layers.sheet.render import alt_text_of, render, render_sheet

__all__ = ["FORMATS", "PRESETS", "SheetOptions", "alt_text_of", "render", "render_sheet"]
