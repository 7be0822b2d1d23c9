"""What a value looks like: classes, palettes, number formats and the one description of a map."""
