"""Texts of the documentation site that are made from the code, and the hooks that take them in."""
