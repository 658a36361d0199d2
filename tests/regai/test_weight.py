"""What public pages weigh: style and scripts together, as gzip -9 packs them."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests import factories

HEAVIEST_BYTES = 20_000
ASSET = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/", "/anmalan/", "/kurser/", "/traffar/", "/projekt/"])
def test_style_and_scripts_of_a_public_page_weigh_under_twenty_kilobytes(
    client: Client, page: str
) -> None:
    factories.make_programme()
    assets = set(ASSET.findall(client.get(page).content.decode()))
    static = Path(settings.BASE_DIR) / "static"

    packed = sum(len(gzip.compress((static / asset).read_bytes(), 9)) for asset in assets)

    assert "regai/regai.css" in assets
    assert packed < HEAVIEST_BYTES
