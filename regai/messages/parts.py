"""The hand-written English, and the one file that is made from it."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

LINE_WIDTH = 100
# Written by hand: Babel's own header holds dates, and the file must not change by itself.
HEADER = """\
# Made by "make messages" from parts/*.po: edit those, not this file.
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
Key = tuple[str, str | None]


@dataclass(frozen=True)
class Parts:
    """What the parts hold: one message per msgid and context, and what is wrong with them."""

    texts: dict[Key, Message] = field(default_factory=dict)
    file_of: dict[Key, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def key_of(message: Message) -> Key:
    """Return what tells a message from all others: its (singular) msgid and its context."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def texts_of(message: Message) -> tuple[str, ...]:
    """Return the translated texts: one, or one per plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def read_parts(folder: Path) -> Parts:
    """Return the English of all parts; the same msgid with two texts is a fault."""
    parts = Parts()
    for file in sorted(folder.glob("*.po")):
        try:
            catalog = read_po(BytesIO(file.read_bytes()), locale="en", abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as wrong:
            parts.faults.append(f"{file.name}: cannot be read: {wrong}")
            continue
        for message in catalog:
            key = key_of(message)
            if not key[0] or message.fuzzy or not all(texts_of(message) or [""]):
                continue
            earlier = parts.texts.setdefault(key, message)
            where = parts.file_of.setdefault(key, file.name)
            if texts_of(earlier) != texts_of(message):
                parts.faults.append(f"{file.name}: {key[0]!r} has another text in {where}")
    return parts


def merged(used: Catalog, parts: Parts) -> bytes:
    """Return the text of ``django.po``: every msgid in use, sorted, without lines or dates."""
    catalog = Catalog(locale="en")
    for message in used:
        key = key_of(message)
        if not key[0]:
            continue
        found = parts.texts.get(key)
        catalog.add(message.id, found.string if found else None, context=message.context)
    out = BytesIO()
    write_po(out, catalog, width=LINE_WIDTH, no_location=True, omit_header=True, sort_output=True)
    return HEADER.encode() + out.getvalue()
