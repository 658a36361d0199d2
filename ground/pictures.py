"""Whether bytes are a picture that can be opened: looked into, not told by how they begin."""

from io import BytesIO

# A telephone's largest picture has about 50 million points; more is made to fill the memory.
MOST_POINTS = 64_000_000
# A JPEG is opened at an eighth of its width and height: enough to know that all of it is there.
EIGHTH = 8


def is_picture(content: bytes, kind: str) -> bool:
    """Return whether ``content`` is a whole picture of the kind "JPEG" or "PNG".

    All of a JPEG is decoded; of a PNG each part is held against its check sum, so that a small file
    never becomes a large picture in memory. No other format is tried: fewer decoders, fewer faults.
    """
    from PIL import Image  # noqa: PLC0415 -- a library that most web workers never need

    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            width, height = picture.size
            if width * height > MOST_POINTS:
                return False
            if kind == "PNG":
                picture.verify()
            else:
                picture.draft(None, (width // EIGHTH, height // EIGHTH))
                picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True
