"""Makes a dataset's shipped tables and boundaries from its inputs and its catalogue."""
