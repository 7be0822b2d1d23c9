"""Lists handed in by the one door: what kind of table a file is, and what a list would give."""
