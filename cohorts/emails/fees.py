"""Letters about paying for a place, the time to answer, and the way into a course."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from cohorts.emails.readers import from_programme, page_link, reader_of
from cohorts.models import Access, Fee, Participation
from cohorts.rules.payments import Payer
from cohorts.words import ENDING_WHYS
from outbox.letters import Letter, Reader, link_to
from outbox.links import Link

FEE = "fee"


def fee_asked(fee: Fee, *, last_day: date) -> Letter:
    """Return the question to whoever may decide for the company, by a link without an account."""
    return _to_company("fee_asked", fee, last_day=last_day)


def fee_reminder(fee: Fee, *, last_day: date) -> Letter:
    """Return the one reminder of the question, three days before the last day."""
    return _to_company("fee_reminder", fee, last_day=last_day)


def fee_accepted(fee: Fee, *, email: str) -> Letter:
    """Return the company's copy of what it has accepted: amount, VAT, terms, invoice address."""
    return from_programme(
        "fee_accepted",
        programme=fee.participation.enrolment.cohort.programme,
        key=f"fee/{fee.pk}/accepted",
        to=_company_reader(fee, email=email),
        fee=fee,
        person=fee.participation.enrolment.interest.name,
        course=fee.participation.round.course,
    )


def fee_declined(fee: Fee) -> Letter:
    """Return the news to the participant that the company does not pay, and what to choose now."""
    return _about_fee_page("fee_declined", fee.participation, f"fee/{fee.pk}/declined", fee=fee)


def purchase_withdrawn(fee: Fee) -> Letter:
    """Return the receipt of a private purchase that was taken back."""
    return _about_fee_page("purchase_withdrawn", fee.participation, f"fee/{fee.pk}/back", fee=fee)


def fee_taken_away(fee: Fee, *, why: str) -> Letter:
    """Return the news to whoever pays that nothing is to be paid, since the person has left."""
    return _to_payer("fee_taken_away", fee, why=why)


def fee_stays(fee: Fee, *, why: str) -> Letter:
    """Return the officer's word to whoever pays that the fee is owed all the same, and why."""
    return _to_payer("fee_stays", fee, why=why)


def offered_again(participation: Participation, *, now: datetime) -> Letter:
    """Return the offer of a course to somebody who sat it out, or did not answer in time."""
    key = f"participation/{participation.pk}/again/{now:%Y%m%dT%H%M%S}"
    return _about_fee_page("offered_again", participation, key)


def offer_reminder(participation: Participation) -> Letter:
    """Return the reminder to answer what a course costs, three days before the last day."""
    occasion = f"{timezone.localdate(participation.answer_by):%Y%m%d}"
    key = f"participation/{participation.pk}/reminder/{occasion}"
    return _about_fee_page("offer_reminder", participation, key)


def offer_lapsed(participation: Participation) -> Letter:
    """Return the news that the time to answer is over, and that the seat in the group is kept."""
    occasion = f"{timezone.localdate(participation.answer_by):%Y%m%d}"
    key = f"participation/{participation.pk}/lapsed/{occasion}"
    return _about_fee_page("offer_lapsed", participation, key)


def access_issued(access: Access) -> Letter:
    """Return the way into the course. A code in it is not kept once the letter has left."""
    participation = access.participation
    interest = participation.enrolment.interest
    letter = from_programme(
        "access_issued",
        programme=participation.enrolment.cohort.programme,
        key=f"access/{access.pk}/issued",
        to=reader_of(interest),
        links={"fee": page_link("cohorts:fee", participation.pk, interest)},
        course=participation.round.course,
        voucher=access.voucher,
    )
    return replace(letter, fleeting=access.voucher is not None)


def _about_fee_page(template: str, participation: Participation, key: str, **words: Any) -> Letter:
    interest = participation.enrolment.interest
    return from_programme(
        template,
        programme=participation.enrolment.cohort.programme,
        key=key,
        to=reader_of(interest),
        links={"fee": page_link("cohorts:fee", participation.pk, interest)},
        participation=participation,
        course=participation.round.course,
        **words,
    )


def _to_company(template: str, fee: Fee, *, last_day: date) -> Letter:
    return from_programme(
        template,
        programme=fee.participation.enrolment.cohort.programme,
        key=f"fee/{fee.pk}/{template}/{fee.link_generation}",
        to=_company_reader(fee, email=fee.asked_email),
        links={"fee": _fee_link(fee, last_day=last_day)},
        fee=fee,
        last_day=last_day,
        person=fee.participation.enrolment.interest.name,
        course=fee.participation.round.course,
    )


def _to_payer(template: str, fee: Fee, *, why: str) -> Letter:
    """Return a letter to whoever pays a fee: who said yes for the company, or the person."""
    interest = fee.participation.enrolment.interest
    is_own = fee.payer == Payer.SELF
    return from_programme(
        template,
        programme=fee.participation.enrolment.cohort.programme,
        key=f"fee/{fee.pk}/{template}",
        to=reader_of(interest) if is_own else _company_reader(fee, email=fee.asked_email),
        fee=fee,
        is_own=is_own,
        person=interest.name,
        course=fee.participation.round.course,
        why=ENDING_WHYS.get(why, why),
    )


def _fee_link(fee: Fee, *, last_day: date) -> Link:
    with translation.override(fee.asked_language):
        return link_to(
            "cohorts:fee_by_link",
            purpose=FEE,
            row=fee.pk,
            generation=fee.link_generation,
            last_day=last_day,
        )


def _company_reader(fee: Fee, *, email: str) -> Reader:
    return Reader(
        about=f"company/{fee.company_id}",
        email=email,
        name=fee.asked_name,
        language=fee.asked_language,
    )
