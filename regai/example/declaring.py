"""Companies hand in certificates, and the aid officer decides on them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from accounts.models import User
from accounts.steps import LINK
from cohorts.actions.certificates import hear_company
from cohorts.actions.fees import decide_on_certificate
from companies.models import Company
from companies.rules import Sector
from deminimis import actions
from deminimis.actions import Declared
from deminimis.models import Certificate
from deminimis.rules import UNKNOWN_REGULATION, CertificateState
from deminimis.views.copies import certificate_document
from ground.documents import pdf_of
from regai.example.cast import Paper, Planted
from regai.example.people import AID_OFFICER
from regai.example.scene import Scene
from regai.example.story import NextCourse

# The ceiling of Reg. (EU) 2023/2831 Art. 3(2) less twenty euro: no room for any course.
NEARLY_ALL_EUR = Decimal("299980.00")
OLDER_THAN_NINETY_DAYS = -104
FIRST_OF_TWO = -60
TOLD_LATER = -12
# Signs with pen and paper, and hands the paper in.
ON_PAPER = "hotel"
REJECTED_FOR = (
    "Den som har skrivit under får inte teckna firman ensam enligt uppgifterna från Bolagsverket."
)
ANSWERED = "Det stämmer. Vi lämnar ett nytt intyg som båda i styrelsen skriver under."
# Sawmilling and planing of wood, NACE Rev. 2.
TRADE = "16.10"

# The sectors that the certificate asks about.
EXCLUDED = frozenset({Sector.PRIMARY_AGRICULTURE, Sector.PRIMARY_FISHERY})
Did = Callable[[datetime], object]


def declare(scene: Scene, planted: Planted, signer: str, ahead: NextCourse) -> None:
    """Put in the diary what becomes of a company's certificate, from the vote's opening on."""
    diary, company = scene.diary, scene.companies[planted.key]
    sign = _hand_in_on_paper if planted.key == ON_PAPER else _hand_in
    hand_in = partial(sign, company, signer, lines_of(planted.paper, diary.day))
    steps = _steps(planted.paper, scene, company, ahead, hand_in)
    if planted.paper is Paper.HALF:
        steps = [(ahead.opens + 3, 10, partial(_begin_to_answer, company, signer))]
    if planted.paper is Paper.FALSE:
        more = partial(sign, company, signer, lines_of(Paper.CEILING, diary.day))
        steps.append((TOLD_LATER, 10, more))
    for days, hour, do in steps:
        diary.put(diary.moment(days, time(hour, 40)), do)


def _steps(
    paper: Paper, scene: Scene, company: Company, ahead: NextCourse, hand_in: Did
) -> list[tuple[int, int, Did]]:
    """Return what is done about a certificate: the day, the hour, the doing."""
    asked, some = ahead.opens, len(company.name) % 3
    decide = partial(_decide, scene, company)
    begin, approve = partial(_begin, company), partial(decide, is_approved=True)
    usual: list[tuple[int, int, Did]] = [
        (asked + 1 + some, 10, hand_in),
        (asked + 4 + some, 15, approve),
    ]
    known: dict[Paper, list[tuple[int, int, Did]]] = {
        Paper.HANDED_IN: [(asked + 8, 10, hand_in)],
        Paper.APPROVED: usual,
        Paper.CEILING: usual,
        Paper.REVIEW: usual,
        Paper.WITHDRAWN: [*usual, (ahead.closes + 1, 9, partial(_withdraw, company))],
        # Nothing told at first; what should have stood there is told in a later certificate.
        Paper.FALSE: [*usual, (TOLD_LATER, 9, begin), (TOLD_LATER + 2, 15, approve)],
        Paper.REJECTED: [
            (asked + 2, 10, hand_in),
            (asked + 3, 14, partial(_hear, scene, company)),
            (asked + 4, 9, partial(_answer, company)),
            (asked + 5, 15, partial(decide, is_approved=False, note=REJECTED_FOR)),
        ],
        Paper.OLD: [
            (OLDER_THAN_NINETY_DAYS, 9, begin),
            (OLDER_THAN_NINETY_DAYS, 10, hand_in),
            (OLDER_THAN_NINETY_DAYS + 2, 15, approve),
        ],
        Paper.RENEWED: [
            (days + later, hour, do)
            for days in (FIRST_OF_TWO, asked + 1)
            for later, hour, do in ((0, 9, begin), (0, 10, hand_in), (2, 15, approve))
        ],
    }
    return known.get(paper, [])


def lines_of(paper: Paper, day: date) -> list[Declared]:
    """Return the earlier aid that a certificate declares."""
    line = partial(Declared, granter="Exempelverket", year=None, currency="EUR")
    lines = {
        Paper.CEILING: [
            line(
                granted_on=day - timedelta(days=500),
                amount=NEARLY_ALL_EUR,
                regulation="2023/2831",
            )
        ],
        Paper.REVIEW: [
            line(
                granted_on=day - timedelta(days=700),
                amount=Decimal("12000.00"),
                regulation="360/2012",
            )
        ],
        Paper.HANDED_IN: [
            line(
                granted_on=day - timedelta(days=300),
                amount=Decimal("4500.00"),
                regulation=UNKNOWN_REGULATION,
            )
        ],
        Paper.RENEWED: [
            line(
                granted_on=day - timedelta(days=410),
                amount=Decimal("38000.00"),
                regulation="2023/2831",
            )
        ],
    }
    return lines.get(paper, [])


def _draft(company: Company) -> Certificate:
    return company.certificates.filter(state=CertificateState.DRAFT).order_by("-id")[0]


def _begin(company: Company, now: datetime) -> None:
    contact = company.contacts.select_related("user").order_by("id")[0]
    actions.begin_certificate(company_id=company.pk, by=contact.user, now=now)


def _begin_to_answer(company: Company, signer: str, now: datetime) -> None:  # noqa: ARG001 -- no time
    certificate = _draft(company)
    actions.save_signer(certificate_id=certificate.pk, name=signer, is_authorised=True)
    actions.save_group(certificate_id=certificate.pk, is_group=False, names="")


def _hand_in(company: Company, signer: str, lines: Sequence[Declared], now: datetime) -> None:
    """Fill the company's certificate in, and sign it by log-in."""
    certificate = _filled_in(company, signer, lines)
    _sign(certificate, by=_signer(company), now=now)


def _hand_in_on_paper(
    company: Company, signer: str, lines: Sequence[Declared], now: datetime
) -> None:
    """Fill the company's certificate in, print it, sign it and hand the paper in by the link."""
    certificate = _filled_in(company, signer, lines)
    paper = pdf_of(certificate_document(certificate, on=now.date()), at=now)
    actions.add_paper(certificate_id=certificate.pk, content=paper, by=None, now=now)
    _sign(certificate, by=None, now=now)


def _filled_in(company: Company, signer: str, lines: Sequence[Declared]) -> Certificate:
    pk = _draft(company).pk
    others = list(company.controls.values_list("owned__name", flat=True))
    others += company.controlled_by.values_list("owner__name", flat=True)
    actions.save_signer(certificate_id=pk, name=signer, is_authorised=True)
    actions.save_group(certificate_id=pk, is_group=bool(others), names="\n".join(others))
    farms = company.sector in EXCLUDED
    sector = Sector(company.sector) if farms else Sector.OTHER
    actions.save_sector(certificate_id=pk, sector=sector, nace=company.nace or TRADE)
    if farms:
        actions.save_accounts(certificate_id=pk, are_separate=False)
    actions.replace_declared_aid(certificate_id=pk, lines=lines)
    return _draft(company)


def _sign(certificate: Certificate, *, by: User | None, now: datetime) -> None:
    refused = actions.hand_in(
        certificate_id=certificate.pk,
        by=by,
        is_authorised=True,
        covers_group=True,
        is_true=True,
        now=now,
    )
    assert refused is None, (certificate, refused)  # noqa: S101 -- all has been answered above


def _signer(company: Company) -> User:
    """Return who logs in to sign: the company's contact, or else whoever was asked by letter."""
    contact = company.contacts.select_related("user").order_by("id").first()
    return contact.user if contact else User.objects.get(email=_draft(company).asked_email)


def _decide(
    scene: Scene, company: Company, now: datetime, *, is_approved: bool, note: str = ""
) -> None:
    waiting = company.certificates.filter(state=CertificateState.SUBMITTED).order_by("id")[0]
    decide_on_certificate(
        certificate_id=waiting.pk,
        is_approved=is_approved,
        note=note,
        without_conflict=True,
        by=scene.user(AID_OFFICER.email),
        now=now,
    )


def _hear(scene: Scene, company: Company, now: datetime) -> None:
    waiting = company.certificates.filter(state=CertificateState.SUBMITTED).order_by("id")[0]
    hear_company(
        certificate_id=waiting.pk, against=REJECTED_FOR, by=scene.user(AID_OFFICER.email), now=now
    )


def _answer(company: Company, now: datetime) -> None:
    waiting = company.certificates.filter(state=CertificateState.SUBMITTED).order_by("id")[0]
    actions.answer_officer(certificate_id=waiting.pk, answer=ANSWERED, now=now)


def _withdraw(company: Company, now: datetime) -> None:
    approved = company.certificates.filter(state=CertificateState.APPROVED).order_by("id")[0]
    actions.withdraw(certificate_id=approved.pk, actor=LINK, now=now)
