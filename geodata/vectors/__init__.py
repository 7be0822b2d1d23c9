"""Figures of units from lines and points: lengths, densities, reach, counts and distances."""
