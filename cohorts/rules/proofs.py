"""The life of a certificate of completion, and which files are taken as one. No Django.

What a file is, is read from its first and last bytes, never from its name or from what the browser
calls it.

**Source:** ISO 32000-1 7.5.2 and 7.5.5 (PDF header and trailer); ISO/IEC 15948 5.2 and 11.2.5
(PNG); ITU-T T.81 B.1.1.3 (JPEG markers).
"""

from enum import StrEnum

LARGEST_BYTES = 5 * 1024 * 1024
# A PDF's end mark may be followed by a little more.
END_WITHIN_BYTES = 1024


class ProofState(StrEnum):
    WAITING = "waiting"
    VERIFIED = "verified"
    REFUSED = "refused"


NEXT: dict[ProofState, frozenset[ProofState]] = {
    ProofState.WAITING: frozenset({ProofState.VERIFIED, ProofState.REFUSED}),
    ProofState.VERIFIED: frozenset(),
    # Another one may be handed in.
    ProofState.REFUSED: frozenset({ProofState.WAITING}),
}


class FileKind(StrEnum):
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}


class ProofRefusal(StrEnum):
    """Why a certificate of completion was not taken; nothing was saved."""

    NOTHING = "nothing"
    BOTH = "both"
    TOO_LARGE = "too_large"
    NO_SUCH_KIND = "no_such_kind"
    NOT_STUDYING = "not_studying"
    VERIFIED_ALREADY = "verified_already"


def file_kind(content: bytes) -> FileKind | None:
    """Return what a file is by its first and last bytes, or None if it is none of the three."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-END_WITHIN_BYTES:]:
        return FileKind.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content.endswith(b"IEND\xaeB`\x82"):
        return FileKind.PNG
    if content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0").endswith(b"\xff\xd9"):
        return FileKind.JPEG
    return None
