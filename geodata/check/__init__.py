"""Verifies a dataset; each module owns one family of faults."""
