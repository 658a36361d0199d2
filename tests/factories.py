"""Small builders with no surprises: each makes one row and what that row cannot be without."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from accounts.models import RoleHeld, User
from accounts.rules import Role
from cohorts.models import (
    Cohort,
    Course,
    CourseRound,
    Enrolment,
    Interest,
    InterestPlace,
    Invitation,
    Lesson,
    Meeting,
    Programme,
)
from cohorts.rules import CohortState, InterestState, InvitationState, RoundState
from companies.models import Company, Contact, Control, Municipality, Place
from companies.sealing import digest
from companies.sorting import swedish_sort_key
from deminimis.models import Certificate, DeclaredAid, LedgerEntry, Rate
from deminimis.rules import CertificateState

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
_number = count(1)

PLACES = {
    "umea": ("Umeå", 1, "2480", "Umeå"),
    "skelleftea": ("Skellefteå", 2, "2482", "Skellefteå"),
    "mala": ("Malå", 3, "2418", "Malå"),
    "digital": ("Digitalt", 4, None, None),
}


def begin_numbers_at(first: int) -> None:
    """Let what this process makes have other numbers than what another made on the same site."""
    global _number  # noqa: PLW0603 -- one count for a whole process
    _number = count(first)


def make_place(code: str = "umea") -> Place:
    name, position, municipality, seat = PLACES[code]
    if municipality and seat:
        Municipality.objects.get_or_create(
            code=municipality,
            defaults={
                "name": seat,
                "sort_key": swedish_sort_key(seat),
                "seat_latitude": Decimal("63.82842"),
                "seat_longitude": Decimal("20.25972"),
                "seat_population": 1000,
            },
        )
    place, _ = Place.objects.get_or_create(
        code=code,
        defaults={"name": name, "position": position, "municipality_id": municipality},
    )
    return place


def make_programme(**fields: Any) -> Programme:
    known = Programme.objects.filter(slug=fields.get("slug", "exempel")).first()
    return known or Programme.objects.create(
        **{
            "slug": "exempel",
            "name": "RegAI exempel",
            "owner": "Exempelregionen (påhittad)",
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2028, 12, 31),
            "runs_cohorts": True,
            "is_example": True,
            "financiers": ["Exempelregionen (påhittad)"],
            "facts": {"publicity": "Medfinansieras av Exempelfonden (påhittad)"},
            **fields,
        }
    )


def make_user(**fields: Any) -> User:
    n = next(_number)
    role = fields.pop("role", None)
    user = User.objects.create_user(
        **{"email": f"u{n}@example.org", "name": f"Person {n}", "created_at": NOW, **fields}
    )
    if role is not None:
        RoleHeld.objects.create(user=user, role=Role(role), given_at=NOW)
    return user


def make_company(**fields: Any) -> Company:
    n = next(_number)
    number = legal_number(n)
    name = fields.get("name", f"Bolag {n}")
    return Company.objects.create(
        **{
            "name": name,
            "sort_key": swedish_sort_key(name),
            "number": number,
            "number_digest": digest(number),
            "created_at": NOW,
            **fields,
        }
    )


def legal_number(n: int) -> str:
    """Return the n-th invented organisation number in the unallocated 599xxx series."""
    first = f"599{n:06}"
    total = 0
    for place, figure in enumerate(first):
        doubled = int(figure) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return first + str(-total % 10)


def make_interest(**fields: Any) -> Interest:
    n = next(_number)
    places = fields.pop("places", ("umea",))
    name = fields.get("name", f"Person {n}")
    company = fields.pop("company", None) or make_company()
    interest = Interest.objects.create(
        **{
            "programme": make_programme(),
            "state": InterestState.ACTIVE,
            "name": name,
            "sort_key": swedish_sort_key(name),
            "email": f"p{n}@example.org",
            "language": "sv",
            "company": company,
            "company_as_told": company.name,
            "registered_at": NOW + timedelta(seconds=n),
            "confirmed_at": NOW,
            **fields,
        }
    )
    for rank, code in enumerate(places, start=1):
        InterestPlace.objects.create(interest=interest, place=make_place(code), rank=rank)
    return interest


def make_course(**fields: Any) -> Course:
    n = next(_number)
    lessons = fields.pop("lessons", 3)
    title = fields.get("title", f"Kurs {n}")
    course = Course.objects.create(
        **{
            "slug": f"kurs-{n}",
            "title": title,
            "provider": "Exempelskolan",
            "language": "sv",
            "level": "grund",
            "hours": 10,
            "price_sek": Decimal(0),
            "link": "https://example.org/kurs",
            "sort_key": swedish_sort_key(title),
            **fields,
        }
    )
    Lesson.objects.bulk_create(
        Lesson(course=course, number=i, title_sv=f"Kapitel {i}", title_en=f"Chapter {i}")
        for i in range(1, lessons + 1)
    )
    return course


def make_cohort(**fields: Any) -> Cohort:
    n = next(_number)
    course = fields.pop("course", None) or make_course()
    round_state = fields.pop("round_state", RoundState.CHOSEN)
    place = make_place(fields.pop("place", "umea"))
    facilitator = fields.pop("facilitator", None) or make_user(role=Role.FACILITATOR)
    cohort = Cohort.objects.create(
        **{
            "programme": make_programme(),
            "name": f"Grupp {n}",
            "state": CohortState.FORMING,
            "place": place,
            "language": "sv",
            "time": "1-lunch",
            "facilitator": facilitator,
            "seats": 12,
            "least": 2,
            "starts_on": date(2026, 4, 7),
            "created_at": NOW,
            **fields,
        }
    )
    CourseRound.objects.create(
        cohort=cohort,
        course=course,
        state=round_state,
        price_sek=course.price_sek,
        starts_on=cohort.starts_on,
    )
    return cohort


def make_invitation(**fields: Any) -> Invitation:
    state = fields.get("state", InvitationState.RELEASED)
    return Invitation.objects.create(
        **{
            "cohort": fields.pop("cohort", None) or make_cohort(),
            "interest": fields.pop("interest", None) or make_interest(),
            "state": state,
            "created_at": NOW,
            "released_at": NOW if state != InvitationState.DRAFT else None,
            "expires_at": NOW + timedelta(days=10) if state != InvitationState.DRAFT else None,
            **fields,
        }
    )


def make_enrolment(**fields: Any) -> Enrolment:
    interest = fields.pop("interest", None) or make_interest()
    user = fields.pop("user", None) or interest.user or make_user(name=interest.name)
    interest.user = user
    interest.save(update_fields=["user"])
    return Enrolment.objects.create(
        **{
            "cohort": fields.pop("cohort", None) or make_cohort(state=CohortState.RUNNING),
            "interest": interest,
            "user": user,
            "enrolled_at": NOW,
            **fields,
        }
    )


def make_meeting(**fields: Any) -> Meeting:
    """Return a meeting at noon on 7 April 2026; its leader's next one an hour after that."""
    round_ = fields.pop("round", None) or make_cohort().rounds.get()
    leader = fields.get("facilitator", round_.cohort.facilitator)
    led = 0 if "starts_at" in fields else Meeting.objects.filter(facilitator=leader).count()
    return Meeting.objects.create(
        **{
            "round": round_,
            "starts_at": datetime(2026, 4, 7, 10, 0, tzinfo=UTC) + timedelta(hours=led),
            "place": round_.cohort.place,
            "facilitator": round_.cohort.facilitator,
            "revised_at": NOW,
            **fields,
        }
    )


def make_certificate(**fields: Any) -> Certificate:
    return Certificate.objects.create(
        **{
            "company": fields.pop("company", None) or make_company(),
            "state": CertificateState.APPROVED,
            "created_at": NOW,
            "signed_on": TODAY,
            "signer_authorised": True,
            "covers_group": True,
            "none_received": True,
            "signer_name": "Fia Firmatecknare",
            "asked_email": "ekonomi@example.org",
            "asked_name": "Fia Firmatecknare",
            **fields,
        }
    )


def make_rate(on: date = TODAY, sek_per_eur: str = "11.00000") -> Rate:
    rate, _ = Rate.objects.get_or_create(
        on=on, defaults={"sek_per_eur": Decimal(sek_per_eur), "source": "ecb"}
    )
    return rate


def make_declared_aid(**fields: Any) -> DeclaredAid:
    return DeclaredAid.objects.create(
        **{
            "certificate": fields.pop("certificate", None) or make_certificate(none_received=False),
            "granter": "Almi",
            "granted_on": None if fields.get("year") else date(2025, 3, 14),
            "amount": Decimal("10000.00"),
            "currency": "EUR",
            "regulation": "2023/2831",
            **fields,
        }
    )


def make_entry(**fields: Any) -> LedgerEntry:
    """Return a line of aid granted here: 1 000 euro today, to be registered in four weeks."""
    return LedgerEntry.objects.create(
        **{
            "company": fields.pop("company", None) or make_company(),
            "kind": "grant",
            "case": f"participation/{next(_number)}",
            "granted_on": TODAY,
            "amount_sek": Decimal(11000),
            "amount_eur": Decimal(1000),
            "regulation": "2023/2831",
            "evidence": "",
            "register_due_on": TODAY + timedelta(days=28),
            "entered_at": NOW,
            **fields,
        }
    )


def make_taking(entry: LedgerEntry, **fields: Any) -> LedgerEntry:
    """Return a line that takes from a grant: all of it, by annulment, unless told otherwise."""
    whole = {
        "kind": "annulment",
        "amount_sek": -entry.amount_sek,
        "amount_eur": -entry.amount_eur,
        "granted_on": entry.granted_on,
    }
    return make_entry(company=entry.company, of=entry, case=entry.case, **{**whole, **fields})


def make_control(owner: Company, owned: Company, **fields: Any) -> Control:
    """Return a link by which ``owner`` has all the votes in ``owned``."""
    votes = {"basis": "votes", "percent": Decimal(100)}
    return Control.objects.create(owner=owner, owned=owned, **{**votes, **fields})


def make_contact(company: Company, user: User, **fields: Any) -> Contact:
    return Contact.objects.create(company=company, user=user, **{"since_at": NOW, **fields})
