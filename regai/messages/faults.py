"""What is wrong between the words in use and their English: one sentence per fault."""

import re
from collections import Counter
from collections.abc import Iterator

from babel.messages import Catalog, Message

from regai.messages.parts import Key, Parts, key_of, texts_of

NAMED = re.compile(r"%\((\w+)\)[#0+-]*\d*(?:\.\d+)?[a-zA-Z]")
BY_PLACE = re.compile(r"%(?:\.\d+)?[sdifr]")
BRACES = re.compile(r"\{\w*(?::[^{}]*)?\}")


def placeholders(text: str) -> Counter[str]:
    """Return how often each ``%(name)s``, ``%s`` and ``{name}`` stands in a text."""
    bare = text.replace("%%", "")
    return Counter(
        [found.group() for found in NAMED.finditer(bare)]
        + [found.group() for found in BY_PLACE.finditer(bare)]
        + [found.group() for found in BRACES.finditer(bare)]
    )


def faults_of(used: Catalog, parts: Parts) -> list[str]:
    """Return what lacks English, what nobody uses, and where the placeholders differ."""
    in_use = {key_of(message): message for message in used if key_of(message)[0]}
    found = list(parts.faults)
    found += [
        f"{_files(message)}: {key[0]!r} has no English text"
        for key, message in in_use.items()
        if key not in parts.texts
    ]
    found += [
        f"parts/{parts.file_of[key]}: {key[0]!r} is used nowhere"
        for key in parts.texts
        if key not in in_use
    ]
    for key, text in parts.texts.items():
        if key in in_use:
            found += _different(key, in_use[key], text, parts.file_of[key])
    return sorted(found)


def _files(message: Message) -> str:
    return ", ".join(sorted({place for place, _line in message.locations}))


def _different(key: Key, used: Message, text: Message, file: str) -> Iterator[str]:
    """Yield a sentence where a text's placeholders are not those of its msgid.

    One is often written without its number ("a place", "%(n)s places"), so the singular may use
    what either msgid has.
    """
    if isinstance(used.id, str) != isinstance(text.id, str):
        yield f"parts/{file}: {key[0]!r} is plural in one place and not in the other"
        return
    ids = (used.id,) if isinstance(used.id, str) else tuple(used.id)
    wanted = [placeholders(one) for one in ids]
    for number, words in enumerate(texts_of(text)):
        allowed = wanted if number == 0 else wanted[-1:]
        if placeholders(words) not in allowed:
            yield f"parts/{file}: {key[0]!r} and its text have different placeholders: {words!r}"
