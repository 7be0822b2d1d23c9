"""What places look like: a symbol for each category, on screen and on paper."""
