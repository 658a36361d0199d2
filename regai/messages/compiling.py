"""From ``django.po`` to ``django.mo``, which Django reads."""

import os
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_stale(locale: Path) -> list[Path]:
    """Return the ``.mo`` files that were missing or older than their ``.po``, now written.

    The file is replaced whole, so that a process that starts meanwhile reads the old or the new.

    :raises OSError: if the folder cannot be written to.
    """
    written = []
    for po in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        catalog = read_po(BytesIO(po.read_bytes()), locale=po.parts[-3])
        out = BytesIO()
        write_mo(out, catalog)
        half = mo.with_suffix(f".{os.getpid()}.mo")
        half.write_bytes(out.getvalue())
        half.replace(mo)
        written.append(mo)
    return written
