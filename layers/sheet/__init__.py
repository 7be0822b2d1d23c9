"""A layer on paper: the same figures, classes and colours as on the screen, laid out as a sheet."""

from layers.sheet.options import FORMATS, PRESETS, SheetOptions
from layers.sheet.render import layer_alt_text, render_content, render_sheet

__all__ = ["FORMATS", "PRESETS", "SheetOptions", "layer_alt_text", "render_content", "render_sheet"]
