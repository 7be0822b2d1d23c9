"""Villages: reading an office's table of them, their areas, and what becomes of them."""
