"""Offices' lists of things with positions, one row for each: villages and places."""
