"""Harmonisation of boundaries: old figures on new units and new figures on old ones.

Recast is our word for areal interpolation (Goodchild and Lam 1980) from source units to target
units. Counts are apportioned so that no total changes (the pycnophylactic property; Tobler 1979,
"Smooth pycnophylactic interpolation for geographical regions", Journal of the American Statistical
Association 74), people and households as weights being its dasymetric form. `service` asks a store,
`rules` chooses by the kind of the indicator, `counts`, `ratios` and `extremes` compute.
"""
