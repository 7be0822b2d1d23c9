"""The order of names in lists, by the dictionary of the reader's language.

The registry names for each language the one whose dictionary sorts names, and the browser sorts by
the same (``Intl.Collator``). A dictionary without a row of its own here follows the order of the
Unicode root collation for Latin letters: letters first, then their marks, then capitals.

Reference: Unicode Technical Standard 10, Unicode Collation Algorithm, levels 1 to 3.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from geodata.i18n.languages import Language, locale_of
from geodata.vietnamese_names import vietnamese_sort_key

SortKey = tuple[object, ...]


def sort_key(name: str, language: Language) -> SortKey:
    """What a name is sorted by where a reader of a language reads the list.

    Keys of one language compare with each other; those of two may not.
    """
    return _ORDERS.get(locale_of(language).collation, root_sort_key)(name)


def root_sort_key(name: str) -> SortKey:
    """Sort key of the Unicode root collation, for Latin letters."""
    decomposed = unicodedata.normalize("NFKD", name.casefold()).replace("đ", "d\u0335")
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    marks = tuple(c for c in decomposed if unicodedata.combining(c))
    return letters, marks, name.swapcase()


_ORDERS: dict[str, Callable[[str], SortKey]] = {"vi": vietnamese_sort_key}
