"""The companies of the region: about 120, weighted by where companies are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from random import Random

from companies.rules import Kind, Sector, SizeClass
from regai.example.cast import PLANTED, Planted
from regai.example.names import CRAFTS, FAMILY, MEN, OFFICES, SOCIETIES, TRADES, WHERE, WOMEN
from regai.example.numbers import TEST_BIRTH_NUMBERS, legal_number, test_number

# All of them, and those of one kind among them.
COMPANIES = 120
SOLE_TRADERS = 18
SOCIETIES_MANY = 6
OFFICES_MANY = 4
LARGE_FROM_AFAR = 4
LARGE_HERE = 3
FARMS = 4
DAUGHTERS = 6
NUMBERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality: code, seat in degrees, and how many workplaces it has."""

    code: str
    name: str
    latitude: float
    longitude: float
    workplaces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """One company. ``seat`` is a municipality's code, None outside the county.

    ``owner`` is the key of the company that controls it; ``trader`` the name of a sole trader.
    """

    key: str
    name: str
    number: str
    kind: Kind = Kind.ENTERPRISE
    size: SizeClass = SizeClass.MICRO
    sector: Sector = Sector.OTHER
    seat: str | None
    owner: str = ""
    trader: str = ""

    @property
    def domain(self) -> str:
        """What its people's addresses end in, under example.org."""
        return f"{plain(self.name)}.example.org"


def firms(chance: Random, day: date, towns: Sequence[Town]) -> list[Firm]:
    """Return the companies that have a part to play, and the others up to 120."""
    serial = iter(chance.sample(range(NUMBERS), COMPANIES))
    numbers = (legal_number(n) for n in serial)
    planted = [_planted(one, numbers, chance, day) for one in PLANTED]
    seats = _seats(chance, towns)
    names = _names(chance, taken={firm.name for firm in planted})
    drawn = [*_traders(chance, day, seats), *_special(chance, numbers, seats, names)]
    left = COMPANIES - len(planted) - len(drawn)
    usual = [_usual(i, chance, numbers, seats, names) for i in range(left)]
    mothers = [firm for firm in usual if firm.size is not SizeClass.MICRO]
    daughters = {
        firm.key: mother.key
        for firm, mother in zip(
            [firm for firm in usual if firm.size is SizeClass.MICRO][:DAUGHTERS],
            mothers * DAUGHTERS,
            strict=False,
        )
    }
    grouped = [replace(firm, owner=daughters.get(firm.key, "")) for firm in usual]
    return [*planted, *drawn, *grouped]


def plain(text: str) -> str:
    """Return a name as it stands in an address: "isalvens-data-ab"."""
    letters = text.lower().translate(str.maketrans("åäáàöøéèńłễ", "aaaaooeenle"))
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in letters).split()
    return "-".join(words)


def _planted(one: Planted, numbers: Iterator[str], chance: Random, day: date) -> Firm:
    is_trader = one.kind is Kind.SOLE_TRADER
    return Firm(
        key=one.key,
        name=one.name,
        number=_trader_number(chance, day) if is_trader else next(numbers),
        kind=one.kind,
        size=one.size,
        sector=one.sector,
        seat=one.seat,
        owner=one.owner,
        trader=one.people[0][0] if is_trader else "",
    )


def _traders(chance: Random, day: date, seats: Iterator[str]) -> list[Firm]:
    planted = sum(one.kind is Kind.SOLE_TRADER for one in PLANTED)
    traders = []
    for i in range(SOLE_TRADERS - planted):
        name = f"{chance.choice(WOMEN + MEN)} {chance.choice(FAMILY)}"
        firm = f"{name}s {chance.choice(CRAFTS)}" if name[-1] != "s" else f"{name} Firma"
        traders.append(
            Firm(
                key=f"trader-{i}",
                name=firm,
                number=_trader_number(chance, day),
                kind=Kind.SOLE_TRADER,
                seat=next(seats),
                trader=name,
            )
        )
    return traders


def _special(
    chance: Random, numbers: Iterator[str], seats: Iterator[str], names: Iterator[str]
) -> list[Firm]:
    societies = [
        Firm(
            key=f"society-{i}",
            name=f"{where}s {what}" if where[-1] != "s" else f"{where} {what}",
            number=next(numbers),
            kind=Kind.ASSOCIATION,
            seat=next(seats),
        )
        for i, (where, what) in enumerate(
            zip(chance.sample(WHERE, SOCIETIES_MANY), SOCIETIES, strict=True)
        )
    ]
    offices = [
        Firm(
            key=f"office-{i}",
            name=f"Exempelkommunen, {what}",
            number=next(numbers),
            kind=Kind.PUBLIC_BODY,
            size=SizeClass.LARGE,
            seat=next(seats),
        )
        for i, what in enumerate(OFFICES[:OFFICES_MANY])
    ]
    large = [
        Firm(
            key=f"large-{i}",
            name=next(names).replace(" AB", " Koncern AB"),
            number=next(numbers),
            size=SizeClass.LARGE,
            seat=None if i < LARGE_FROM_AFAR else next(seats),
        )
        for i in range(LARGE_FROM_AFAR + LARGE_HERE)
    ]
    farms = [
        Firm(
            key=f"farm-{i}",
            name=f"{where} Lantbruk HB",
            number=next(numbers),
            sector=Sector.PRIMARY_AGRICULTURE,
            seat=next(seats),
        )
        for i, where in enumerate(chance.sample(WHERE, FARMS))
    ]
    return [*societies, *offices, *large, *farms]


def _usual(
    i: int, chance: Random, numbers: Iterator[str], seats: Iterator[str], names: Iterator[str]
) -> Firm:
    sizes = (SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.UNKNOWN)
    return Firm(
        key=f"firm-{i}",
        name=next(names),
        number=next(numbers),
        size=chance.choices(sizes, (55, 30, 10, 5))[0],
        seat=next(seats),
    )


def _seats(chance: Random, towns: Sequence[Town]) -> Iterator[str]:
    """Yield each municipality once, then as often as it has workplaces."""
    codes = [town.code for town in towns]
    yield from chance.sample(codes, len(codes))
    while True:
        yield from chance.choices(codes, [town.workplaces for town in towns])


def _names(chance: Random, *, taken: set[str]) -> Iterator[str]:
    every = [
        f"{where}{'' if where[-1] == 's' else 's'} {trade} AB"
        for where, trade in product(WHERE, TRADES)
    ]
    return (name for name in chance.sample(every, len(every)) if name not in taken)


def _trader_number(chance: Random, day: date) -> str:
    years = chance.randint(24, 63)
    born = date(day.year - years, 1, 1) + timedelta(days=chance.randrange(365))
    return test_number(born, chance.choice(TEST_BIRTH_NUMBERS))
