"""A picture is opened to see that it is one; what is made to fill the memory is refused."""

import io
import zlib

import pytest
from PIL import Image

from ground.pictures import MOST_POINTS, is_picture

pytestmark = pytest.mark.pure


def saved(kind: str, size: tuple[int, int] = (400, 300)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "gray").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_whole_picture_of_the_kind_is_one_and_of_another_kind_is_not(kind: str) -> None:
    assert is_picture(saved(kind), kind)
    assert not is_picture(saved("GIF"), kind)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_is_none(kind: str) -> None:
    whole = saved(kind)
    assert not is_picture(whole[: len(whole) // 2], kind)
    assert not is_picture(b"", kind)


def test_a_small_file_with_a_huge_picture_is_refused_without_opening_it() -> None:
    whole = saved("PNG", (10, 10))
    side = (MOST_POINTS // 8000 + 1).to_bytes(4)
    head = b"IHDR" + side + (8000).to_bytes(4) + whole[24:29]
    huge = whole[:12] + head + zlib.crc32(head).to_bytes(4) + whole[33:]
    assert is_picture(whole, "PNG")
    assert not is_picture(huge, "PNG")
