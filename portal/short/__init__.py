"""Short addresses: a code of eight signs that leads to a map, printed beside its QR code."""

from portal.short.codes import canonical_page, code_of, short_path
from portal.short.views import init_app, remember

__all__ = ["canonical_page", "code_of", "init_app", "remember", "short_path"]
