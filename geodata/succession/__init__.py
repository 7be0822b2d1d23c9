"""Which unit became (part of) which other: chains of events, their shares and the old-new table."""
