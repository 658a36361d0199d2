"""What a signed certificate may come as, told by its content and never by its name. No Django.

**Source:** ISO 32000-1 7.5.2 and 7.5.5 (PDF), ISO/IEC 15948 5.2 (PNG), ITU-T T.81 B.1.1.3 (JPEG),
ISO/IEC 23008-12 and ISO/IEC 14496-12 4.2 and 4.3 (HEIF: boxes, each with its length and its name).
"""

from collections.abc import Iterator
from enum import StrEnum


class PaperKind(StrEnum):
    """What a signed certificate may come as, told by its content; the value ends its file name."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    HEIC = "heic"


MEDIA_TYPES = {
    PaperKind.PDF: "application/pdf",
    PaperKind.PNG: "image/png",
    PaperKind.JPEG: "image/jpeg",
    PaperKind.HEIC: "image/heic",
}
LARGEST_PAPER_BYTES = 10 * 1024 * 1024
LOOKED_AT_BYTES = 1024
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
# A photograph says what it is, how it is put together, and holds the picture itself.
_HEIC_PARTS = frozenset({b"ftyp", b"meta", b"mdat"})
_BOX_HEAD, _LONG_BOX_HEAD = 8, 16
_TO_THE_END, _LONG = 0, 1


class PaperRefusal(StrEnum):
    """Why a signed paper was not taken; what was answered before is kept."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    BROKEN = "broken"


def paper_kind(head: bytes, tail: bytes) -> PaperKind | None:
    """Return what a file is by its first and last bytes, None if it is none of the four."""
    if head.startswith(b"%PDF-") and b"%%EOF" in tail:
        return PaperKind.PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PaperKind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return PaperKind.JPEG
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return PaperKind.HEIC
    return None


def is_whole_heic(content: bytes) -> bool:
    """Return whether an HEIC photograph has all its parts and ends where it says that it does.

    The picture in it is not looked at: nothing that we run on can open one.
    """
    found = set()
    for name, end in _boxes(content):
        if end > len(content):
            return False
        found.add(name)
    return found >= _HEIC_PARTS


def _boxes(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield each outermost box: its name, and where it ends; stops at one that cannot be."""
    start = 0
    while start + _BOX_HEAD <= len(content):
        length = int.from_bytes(content[start : start + 4])
        name = content[start + 4 : start + _BOX_HEAD]
        least = _BOX_HEAD
        if length == _LONG:
            length = int.from_bytes(content[start + _BOX_HEAD : start + _LONG_BOX_HEAD])
            least = _LONG_BOX_HEAD
        elif length == _TO_THE_END:
            length = len(content) - start
        if length < least:
            return
        start += length
        yield name, start
