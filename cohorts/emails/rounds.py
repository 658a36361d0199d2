"""Letters about meetings and fees."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone, translation

from cohorts.emails.invites import invites
from cohorts.emails.readers import answer_link, from_programme, page_link, reader_of
from cohorts.models import (
    CourseRound,
    Enrolment,
    Fee,
    FeeDecision,
    Interest,
    Meeting,
    Participation,
    Programme,
)
from companies.models import Company
from deminimis.models import Certificate, LedgerEntry
from outbox.letters import Letter, Reader, link_to

CERTIFICATE = "certificate"


def meetings_planned(enrolment: Enrolment, meetings: list[Meeting], *, now: datetime) -> Letter:
    """Return the list of the round's meetings to come, each with a link to answer by."""
    coming = [meeting for meeting in meetings if meeting.starts_at > now]
    return to_member(
        "meetings_planned",
        enrolment,
        key=f"meetings-planned/{enrolment.pk}/{now:%Y%m%dT%H%M%S}",
        pages={"cohort": ("cohorts:group", enrolment.cohort_id)},
        answers={f"answer_{meeting.pk}": meeting for meeting in coming},
        calendars=invites(enrolment, coming),
        meetings=coming,
    )


def meeting_changed(
    enrolment: Enrolment,
    meeting: Meeting,
    *,
    before: Meeting,
    ask_again: bool,
) -> Letter:
    """Return what changed in one meeting: as it was before, as it is, whether to answer again."""
    return to_member(
        "meeting_changed",
        enrolment,
        key=f"meeting/{meeting.pk}/changed/{meeting.sequence}/{enrolment.pk}",
        answers={"meeting": meeting},
        calendars=invites(enrolment, [meeting]),
        meeting=meeting,
        before=before,
        ask_again=ask_again,
    )


def meeting_cancelled(enrolment: Enrolment, meeting: Meeting, *, why: str) -> Letter:
    """Return the news that one meeting is called off."""
    return to_member(
        "meeting_cancelled",
        enrolment,
        key=f"meeting/{meeting.pk}/cancelled/{meeting.sequence}/{enrolment.pk}",
        pages={"cohort": ("cohorts:group", enrolment.cohort_id)},
        calendars=invites(enrolment, [meeting]),
        meeting=meeting,
        why=why,
    )


def meeting_restored(enrolment: Enrolment, meeting: Meeting) -> Letter:
    """Return the news that a meeting that was called off is held after all."""
    return to_member(
        "meeting_restored",
        enrolment,
        key=f"meeting/{meeting.pk}/restored/{meeting.sequence}/{enrolment.pk}",
        answers={"meeting": meeting},
        calendars=invites(enrolment, [meeting]),
        meeting=meeting,
    )


def meeting_reminder(enrolment: Enrolment, meeting: Meeting) -> Letter:
    """Return the reminder of one meeting, two days before: one for each day it may stand on."""
    on = timezone.localdate(meeting.starts_at)
    return to_member(
        "meeting_reminder",
        enrolment,
        key=f"meeting/{meeting.pk}/reminder/{on}/{enrolment.pk}",
        answers={"meeting": meeting},
        meeting=meeting,
    )


def fee_decided(participation: Participation, decision: FeeDecision) -> Letter:
    """Return what the next course costs this person and why, before anything is bound."""
    key = f"fee-decision/{decision.pk}"
    return _fee_decided(participation, decision, key=key, is_unchanged=False)


def fee_stands(participation: Participation, decision: FeeDecision, *, now: datetime) -> Letter:
    """Return the same once more: the certificate that was waited for has changed nothing."""
    key = f"fee-decision/{decision.pk}/stands/{now:%Y%m%dT%H%M%S}"
    return _fee_decided(participation, decision, key=key, is_unchanged=True)


def place_confirmed(
    participation: Participation, decision: FeeDecision, *, fee: Fee | None = None
) -> Letter:
    """Return the receipt of a place in a course round, and of the ``fee`` that is paid for it."""
    enrolment = participation.enrolment
    return to_member(
        "place_confirmed",
        enrolment,
        key=f"participation/{participation.pk}/confirmed",
        pages={
            "cohort": ("cohorts:group", enrolment.cohort_id),
            "fee": ("cohorts:fee", participation.pk),
        },
        participation=participation,
        decision=decision,
        fee=fee,
        course=participation.round.course,
    )


def certificate_asked(certificate: Certificate, *, round_: CourseRound, last_day: date) -> Letter:
    """Return the request for a de minimis certificate, by a link that needs no account."""
    return _about_certificate("asked", certificate, round_=round_, last_day=last_day)


def certificate_reminder(
    certificate: Certificate, *, round_: CourseRound, last_day: date
) -> Letter:
    """Return the one reminder of the certificate, before the day it is needed."""
    return _about_certificate("reminder", certificate, round_=round_, last_day=last_day)


def certificate_decided(
    certificate: Certificate, *, programme: Programme, is_approved: bool
) -> Letter:
    """Return the officer's word on a certificate."""
    return from_programme(
        "certificate_decided",
        programme=programme,
        key=f"certificate/{certificate.pk}/decided",
        to=_certificate_reader(certificate),
        company=certificate.company,
        is_approved=is_approved,
        note=certificate.decision_note,
    )


def aid_granted(entry: LedgerEntry, *, participation: Participation, to: Reader) -> Letter:
    """Return the notice that the law asks for: amount, character, regulation."""
    return from_programme(
        "aid_granted",
        programme=participation.round.cohort.programme,
        key=f"ledger/{entry.pk}/notice/{to.email}",
        to=to,
        company=entry.company,
        entry=entry,
        course=participation.round.course,
    )


def company_reader(company: Company, *, fallback: Interest) -> Reader:
    """Return who hears on the company's behalf: its contact, else the participant."""
    return contact_reader(company) or reader_of(fallback)


def contact_reader(company: Company) -> Reader | None:
    """Return the company's contact as a reader, or None before it has one."""
    contact = company.contacts.filter(ended_at=None).select_related("user").order_by("id").first()
    if contact is None:
        return None
    return Reader(
        about=f"company/{company.pk}",
        email=contact.user.email,
        name=contact.user.name,
        language=contact.user.language,
    )


def _fee_decided(
    participation: Participation, decision: FeeDecision, *, key: str, is_unchanged: bool
) -> Letter:
    return to_member(
        "fee_decided",
        participation.enrolment,
        key=key,
        pages={"fee": ("cohorts:fee", participation.pk)},
        participation=participation,
        decision=decision,
        is_unchanged=is_unchanged,
        course=participation.round.course,
    )


def _about_certificate(
    occasion: str, certificate: Certificate, *, round_: CourseRound, last_day: date
) -> Letter:
    with translation.override(certificate.asked_language):
        link = link_to(
            "deminimis:certificate",
            purpose=CERTIFICATE,
            row=certificate.pk,
            generation=certificate.link_generation,
            last_day=last_day,
        )
    return from_programme(
        f"certificate_{occasion}",
        programme=round_.cohort.programme,
        key=f"certificate/{certificate.pk}/{occasion}/{certificate.link_generation}",
        to=_certificate_reader(certificate),
        links={"certificate": link},
        company=certificate.company,
        course=round_.course,
    )


def _certificate_reader(certificate: Certificate) -> Reader:
    return Reader(
        about=f"company/{certificate.company_id}",
        email=certificate.asked_email,
        name=certificate.asked_name,
        language=certificate.asked_language,
    )


def to_member(  # noqa: PLR0913 -- a letter has its parts
    template: str,
    enrolment: Enrolment,
    *,
    key: str,
    pages: dict[str, tuple[str, int]] | None = None,
    answers: dict[str, Meeting] | None = None,
    calendars: Sequence[str] = (),
    **words: object,
) -> Letter:
    """Return a letter to a member, its links to pages and to answers of meetings by their names."""
    interest = enrolment.interest
    links = {name: page_link(page, row, interest) for name, (page, row) in (pages or {}).items()}
    links |= {name: answer_link(meeting, enrolment) for name, meeting in (answers or {}).items()}
    return from_programme(
        template,
        programme=enrolment.cohort.programme,
        key=key,
        to=reader_of(interest),
        links=links,
        calendars=calendars,
        enrolment=enrolment,
        cohort=enrolment.cohort,
        **words,
    )
