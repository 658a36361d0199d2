"""Swedish alphabetical order as a stored key, so that every database sorts alike.

Å, Ä, Ö stand last; other accents are ignored (é as e, ü as y, ø as ö, æ as ä); case is ignored.
They are kept as Greek letters, which come after z by code point and in the collations of
PostgreSQL's languages alike; signs such as { would come before a in the latter.

**Source:** Svenska Akademiens ordlista, the order of letters.
"""

import unicodedata

_LAST = str.maketrans({"å": "α", "ä": "β", "æ": "β", "ö": "γ", "ø": "γ", "ü": "y"})
LONGEST = 200


def swedish_sort_key(text: str) -> str:
    """Return a key of at most 200 characters whose plain order is the Swedish order of ``text``."""
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_LAST)
    decomposed = unicodedata.normalize("NFKD", lowered)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.split())[:LONGEST]
