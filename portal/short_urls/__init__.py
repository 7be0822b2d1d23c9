"""Short addresses: a code of eight signs that leads to a map, printed beside its QR code."""
