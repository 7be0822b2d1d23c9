"""Registered rasters under the units: how an address names them, their colours and legend."""
