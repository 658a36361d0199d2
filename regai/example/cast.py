"""Companies that stand for one rule each, and who of them takes part in which cohort.

The aid rule meets here all that it tells apart: room, no room, no certificate, one of each state,
a public body, farming, fishing, a group of companies, a sole trader, an earlier aid to look at.
"""

from dataclasses import dataclass
from enum import StrEnum

from companies.rules import Kind, Sector, SizeClass


class Paper(StrEnum):
    """What has become of a company's certificate by the day."""

    NONE = ""
    ASKED = "asked"
    HALF = "half"
    HANDED_IN = "handed_in"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    RENEWED = "renewed"
    OLD = "old"
    CEILING = "ceiling"
    REVIEW = "review"
    FALSE = "false"


class Choice(StrEnum):
    """What somebody does about a course with a price, as far as the rule lets them."""

    WAITS = "waits"
    SAYS_YES = "says_yes"
    ASKS = "asks"
    PAYS = "pays"
    PAYS_ALONE = "pays_alone"
    SITS_OUT = "sits_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One company with a part to play, and its people: names and what each of them chooses."""

    key: str
    name: str
    cohort: str
    seat: str
    people: tuple[tuple[str, Choice], ...]
    paper: Paper = Paper.NONE
    kind: Kind = Kind.ENTERPRISE
    size: SizeClass = SizeClass.SMALL
    sector: Sector = Sector.OTHER
    owner: str = ""


SKELLEFTEA, UMEA, MALA, NORSJO, LYCKSELE, VANNAS = "2482", "2480", "2418", "2417", "2481", "2460"
WAITS, YES, ASKS, PAYS = Choice.WAITS, Choice.SAYS_YES, Choice.ASKS, Choice.PAYS
ALONE, OUT = Choice.PAYS_ALONE, Choice.SITS_OUT

# The cohort whose next course has a price, and where everybody has yet to answer.
ASKED_NOW = (
    Planted(
        key="ceiling",
        name="Kråkbergets Maskin & Schakt AB",
        cohort="s2",
        seat=SKELLEFTEA,
        people=(("Johan Marklund", WAITS), ("Anette Forsgren", ASKS)),
        paper=Paper.CEILING,
        size=SizeClass.MEDIUM,
    ),
    Planted(
        key="bakery",
        name="Vintervikens Bageri AB",
        cohort="s2",
        seat=SKELLEFTEA,
        people=(("Lena Wikström", YES), ("Hassan Karimi", WAITS)),
        paper=Paper.APPROVED,
    ),
    Planted(
        key="no-answer",
        name="Uvbergets Elteknik AB",
        cohort="s2",
        seat=SKELLEFTEA,
        people=(("Ove Brännlund", WAITS),),
        paper=Paper.ASKED,
    ),
    Planted(
        key="half",
        name="Kallvattnets Redovisning AB",
        cohort="s2",
        seat=SKELLEFTEA,
        people=(("Inger Häggström", WAITS),),
        paper=Paper.HALF,
        size=SizeClass.MICRO,
    ),
    Planted(
        key="handed-in",
        name="Örnkullens Snickeri AB",
        cohort="s2",
        seat=NORSJO,
        people=(("Tobias Kvick", WAITS),),
        paper=Paper.HANDED_IN,
    ),
    Planted(
        key="rejected",
        name="Åsbäckens Äventyr AB",
        cohort="s2",
        seat=SKELLEFTEA,
        people=(("Nadja Demir", WAITS),),
        paper=Paper.REJECTED,
        size=SizeClass.MICRO,
    ),
    Planted(
        key="office",
        name="Exempelkommunen, samhällsbyggnad",
        cohort="s2",
        seat=SKELLEFTEA,
        people=(("Margareta Öhlund", YES), ("Stefan Ålander", WAITS)),
        kind=Kind.PUBLIC_BODY,
        size=SizeClass.LARGE,
    ),
    Planted(
        key="farm",
        name="Ängsmyrans Lantbruk HB",
        cohort="s2",
        seat=SKELLEFTEA,
        people=(("Agneta Stenlund", WAITS),),
        paper=Paper.APPROVED,
        size=SizeClass.MICRO,
        sector=Sector.PRIMARY_AGRICULTURE,
    ),
    Planted(
        key="review",
        name="Dimforsens Taxi & Bud AB",
        cohort="s2",
        seat=SKELLEFTEA,
        people=(("Samir Haddad", WAITS),),
        paper=Paper.REVIEW,
    ),
    Planted(
        key="old-paper",
        name="Rävhedens Åkeri AB",
        cohort="s2",
        seat=NORSJO,
        people=(("Kent-Ove Bäckman", WAITS),),
        paper=Paper.OLD,
        sector=Sector.ROAD_FREIGHT,
    ),
    Planted(
        key="withdrawn",
        name="Blålidens Friskvård AB",
        cohort="s2",
        seat=SKELLEFTEA,
        people=(("Jenny Viklund", OUT),),
        paper=Paper.WITHDRAWN,
        size=SizeClass.MICRO,
    ),
    Planted(
        key="subsidiary",
        name="Frostnäs Plåt AB",
        cohort="s2",
        seat=SKELLEFTEA,
        people=(("Roger Nordmark", WAITS),),
        paper=Paper.RENEWED,
        owner="holding",
    ),
)
# The cohort that studies a course with a price: aid granted, a fee paid, one who stood over.
STUDY_NOW = (
    Planted(
        key="contact",
        name="Isälvens Data AB",
        cohort="d1",
        seat=LYCKSELE,
        people=(("Ritva Niemi", YES), ("Ahmed Hassan", YES), ("Pernilla Åström", YES)),
        paper=Paper.APPROVED,
    ),
    Planted(
        key="hotel",
        name="Snöbergets Hotell AB",
        cohort="d1",
        seat=LYCKSELE,
        people=(("Camilla Tärnström", YES),),
        paper=Paper.APPROVED,
        size=SizeClass.MEDIUM,
    ),
    Planted(
        key="kitchen",
        name="Snöbergets Kök AB",
        cohort="d1",
        seat=LYCKSELE,
        people=(("Olena Kovalenko", YES),),
        paper=Paper.APPROVED,
        owner="hotel",
    ),
    Planted(
        key="fish",
        name="Lomsjöns Fisk AB",
        cohort="d1",
        seat=MALA,
        people=(("Nils-Heikki Omma", PAYS),),
        paper=Paper.APPROVED,
        size=SizeClass.MICRO,
        sector=Sector.PRIMARY_FISHERY,
    ),
    Planted(
        key="society",
        name="Tallmons Byautveckling",
        cohort="d1",
        seat=VANNAS,
        people=(("Ann-Sofie Burström", ALONE),),
        paper=Paper.ASKED,
        kind=Kind.ASSOCIATION,
        size=SizeClass.MICRO,
    ),
    Planted(
        key="trader",
        name="Aino Mäkis Översättningar",
        cohort="d1",
        seat=UMEA,
        people=(("Aino Mäki", YES),),
        paper=Paper.APPROVED,
        kind=Kind.SOLE_TRADER,
        size=SizeClass.MICRO,
    ),
    Planted(
        key="gym",
        name="Storkläppens Hälsa AB",
        cohort="d1",
        seat=UMEA,
        people=(("Viktor Sjöström", OUT),),
        paper=Paper.ASKED,
        size=SizeClass.MICRO,
    ),
    Planted(
        key="print",
        name="Norrvikens Tryckeri AB",
        cohort="d1",
        seat=UMEA,
        people=(("Ulrika Fällman", YES), ("Minh Nguyen", YES)),
        paper=Paper.FALSE,
    ),
)
# Companies that nobody here works in, but that control others.
BEHIND = (
    Planted(
        key="holding",
        name="Frostnäs Holding AB",
        cohort="",
        seat=SKELLEFTEA,
        people=(),
        size=SizeClass.MEDIUM,
    ),
    Planted(
        key="sister",
        name="Frostnäs Stål AB",
        cohort="",
        seat=SKELLEFTEA,
        people=(),
        size=SizeClass.MEDIUM,
        owner="holding",
    ),
)
PLANTED = (*ASKED_NOW, *STUDY_NOW, *BEHIND)
