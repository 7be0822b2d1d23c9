"""Figures of units from rasters: one way for what a dataset ships and for an office's own file."""
