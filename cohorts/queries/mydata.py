"""All that is kept about one person, as plain values: to be seen, and to be fetched as JSON."""

from typing import Any

from accounts.models import User
from cohorts.models import (
    Access,
    AgendaItem,
    Fee,
    FeeDecision,
    LessonMark,
    Participation,
    Presence,
)
from cohorts.queries.feeds import feeds_of
from cohorts.queries.participants import enrolments_of, interests_of
from cohorts.queries.proofs import proofs_of
from cohorts.rules.payments import Payer
from outbox.queries import letters_about
from voting.models import RollEntry


def everything_about(user: User) -> dict[str, Any]:
    """Return the person's data in tables by what it is. How somebody voted is not known to us."""
    interests = list(interests_of(user))
    subjects = [f"user/{user.pk}", *(f"interest/{i.pk}" for i in interests)]
    return {
        "account": {
            "name": user.name,
            "email": user.email,
            "language": user.language,
            "created_at": user.created_at.isoformat(),
        },
        "interests": [
            {
                "name": i.name,
                "email": i.email,
                "company": i.company_as_told,
                "places": [ranked.place.name for ranked in i.places.all()],
                "times": i.times,
                "language": i.language,
                "topics": i.topics,
                "state": i.state,
                "registered_at": i.registered_at.isoformat(),
            }
            for i in interests
        ],
        "seats": [
            {"group": e.cohort.name, "state": e.state, "needs": e.needs, "phone": e.phone}
            for e in enrolments_of(user)
        ],
        "courses": _courses(user),
        "fee_decisions": _fee_decisions(user),
        "fees": _fees(user),
        "access": _access(user),
        "lessons": _lessons(user),
        "course_certificates": [
            {
                "course": proof.participation.round.course.title,
                "state": proof.state,
                "link": proof.link,
                "has_file": bool(proof.file),
                "handed_in_at": proof.handed_in_at.isoformat(),
            }
            for proof in proofs_of(user)
        ],
        "calendar_addresses": [
            {"made_at": feed.made_at.isoformat(), "own": feed.cohort_id is None}
            for feed in feeds_of(user)
        ],
        "meetings": _meetings(user),
        "questions": list(
            AgendaItem.objects.filter(author__user=user).values_list("text", flat=True)
        ),
        "has_voted": [
            {"opened_at": e.ballot.opens_at.isoformat(), "voted": e.has_voted}
            for e in RollEntry.objects.filter(voter=user).select_related("ballot")
        ],
        "letters": [
            {
                "subject": m.subject,
                "language": m.language,
                "queued_at": m.queued_at.isoformat(),
                "state": m.state,
            }
            for m in letters_about(*subjects)
        ],
    }


def _courses(user: User) -> list[dict[str, Any]]:
    taken = Participation.objects.filter(enrolment__user=user).select_related("round__course")
    return [{"course": p.round.course.title, "state": p.state} for p in taken.order_by("id")]


def _fee_decisions(user: User) -> list[dict[str, Any]]:
    decisions = FeeDecision.objects.filter(participation__enrolment__user=user)
    return [
        {
            "kind": d.kind,
            "fee_sek": str(d.fee_sek),
            "rule": d.rule,
            "decided_at": d.decided_at.isoformat(),
            "holds": d.is_current,
        }
        for d in decisions.order_by("id")
    ]


def _fees(user: User) -> list[dict[str, Any]]:
    fees = Fee.objects.filter(participation__enrolment__user=user)
    return [
        {
            "amount_sek": str(f.amount_sek),
            "vat_sek": str(f.vat_sek),
            "payer": f.payer,
            "state": f.state,
            "asked": f.asked_email,
            "invoice_to": f.invoice_to if f.payer == Payer.SELF else "",
        }
        for f in fees.order_by("id")
    ]


def _access(user: User) -> list[dict[str, Any]]:
    found = Access.objects.filter(participation__enrolment__user=user).select_related("voucher")
    return [
        {"state": a.state, "code": a.voucher.code if a.voucher else ""}
        for a in found.order_by("id")
    ]


def _lessons(user: User) -> list[dict[str, Any]]:
    marks = LessonMark.objects.filter(participation__enrolment__user=user)
    return [
        {
            "lesson": mark.lesson.title_sv,
            "done": mark.is_done,
            "unclear": mark.is_unclear,
            "relevant": mark.is_relevant,
        }
        for mark in marks.select_related("lesson").order_by("lesson_id")
    ]


def _meetings(user: User) -> list[dict[str, Any]]:
    presences = Presence.objects.filter(enrolment__user=user).select_related("meeting")
    return [
        {
            "starts_at": p.meeting.starts_at.isoformat(),
            "answer": p.answer,
            "was_there": p.was_there,
        }
        for p in presences.order_by("meeting__starts_at")
    ]
