"""Places: reading a list of them, the communes they lie in, and how many each unit has."""
