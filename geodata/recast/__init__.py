"""Old figures on new units and new figures on old ones, by the kind of the indicator."""
