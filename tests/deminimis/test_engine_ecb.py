import io
import zipfile
from decimal import Decimal

import pytest

from deminimis.engine import bundled_rates, rates_in, zip_text
from ground.reading import Malformed
from tests.deminimis.asking import day

pytestmark = pytest.mark.pure

TEXT = "Date,USD,SEK,\n2026-10-30,1.1172,10.978,\n2026-10-29,1.1,N/A,\n2026-10-28,1.1,10.9,\n"


def test_the_banks_file_gives_kronor_for_one_euro_by_day() -> None:
    assert rates_in(TEXT) == {
        day("2026-10-30"): Decimal("10.978"),
        day("2026-10-28"): Decimal("10.9"),
    }


def test_the_banks_archive_holds_one_such_file() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("eurofxref-hist.csv", TEXT)
    assert rates_in(zip_text(packed.getvalue())) == rates_in(TEXT)


def test_the_built_in_rates_are_the_banks() -> None:
    rates = bundled_rates()
    assert (rates[day("2024-03-15")], rates[day("2026-03-02")]) == (
        Decimal("11.2674"),
        Decimal("10.7080"),
    )
    assert day("2024-03-16") not in rates


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["line 1: expected the columns Date and SEK"]),
        ("Date,USD\n2026-10-30,1\n", ["line 1: expected the columns Date and SEK"]),
        ("Date,SEK\n2026-10-30,0\n", ["line 2: expected a rate above 0"]),
        (
            "Date,SEK\n30/10/2026,eleven\n",
            [
                'line 2: expected a decimal number such as "1234.50", found "eleven"',
                'line 2: expected a date such as 2026-11-22, found "30/10/2026"',
            ],
        ),
    ],
)
def test_another_file_is_refused_with_every_fault(text: str, faults: list[str]) -> None:
    with pytest.raises(Malformed) as refused:
        rates_in(text)
    assert refused.value.faults == faults


@pytest.mark.parametrize("archive", [b"", b"PK", b"Date,SEK"])
def test_what_is_no_archive_is_refused(archive: bytes) -> None:
    with pytest.raises(Malformed):
        zip_text(archive)
