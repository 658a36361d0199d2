"""Facts as a JSON case, in the shape that they are read in."""

from typing import Any

from deminimis.engine.facts import Certificate, Enterprise, Event, Facts, Link, NewAid, PriorAid
from deminimis.engine.texts import day_text, euro_text, number_text


def case(facts: Facts) -> dict[str, Any]:
    """Return the facts as a case that ``assess_aid`` reads."""
    return {
        **({} if facts.id is None else {"id": facts.id}),
        "regulation": facts.regulation,
        "member_state": facts.member_state,
        "applicant": facts.applicant,
        "fiscal_year_end": "{:02}-{:02}".format(*facts.fiscal_year_end),
        "mode": facts.mode,
        "declared_false": facts.declared_false,
        "register_check": "complete" if facts.register_complete else None,
        "enterprises": [_enterprise(enterprise) for enterprise in facts.enterprises],
        "links": [_link(link) for link in facts.links],
        "events": [_event(event) for event in facts.events],
        "prior_aid": [_prior_aid(aid) for aid in facts.prior_aid],
        "new_aid": _new_aid(facts.new_aid),
        "certificate": _certificate(facts.certificate),
        "course": {"open_and_free_to_all": facts.open_and_free_to_all},
        **({} if facts.grace_applies is None else {"grace_applies": facts.grace_applies}),
    }


def _enterprise(enterprise: Enterprise) -> dict[str, Any]:
    return {
        "id": enterprise.id,
        "kind": enterprise.kind,
        "economic_activity": enterprise.economic_activity,
        "sectors": list(enterprise.sectors),
        "separation_of_accounts": enterprise.separation_of_accounts,
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "owner": link.owner,
        "owned": link.owned,
        "basis": link.basis,
        "pct": None if link.pct is None else number_text(link.pct),
        "from": day_text(link.since),
        "until": day_text(link.until),
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "type": event.type,
        "date": day_text(event.on),
        "from": list(event.sources),
        "to": list(event.into),
        "equity": {who: number_text(own) for who, own in event.equity.items()},
        "attribution": dict(event.attribution),
    }


def _prior_aid(aid: PriorAid) -> dict[str, Any]:
    by_year = aid.declared_by_year and aid.granted_on is not None
    return {
        "id": aid.id,
        "beneficiary": aid.beneficiary,
        "granted_on": None if by_year else day_text(aid.granted_on),
        "year": aid.granted_on.year if by_year and aid.granted_on else None,
        "amount": euro_text(aid.amount),
        "currency": aid.currency,
        "notified_eur": euro_text(aid.notified_eur),
        "regulation": aid.regulation,
        "granting_state": aid.granting_state,
        "status": aid.status,
        "status_on": day_text(aid.status_on),
        "confirmed": aid.confirmed,
        "reduced_to": euro_text(aid.reduced_to),
        "transparent": aid.transparent,
    }


def _new_aid(aid: NewAid) -> dict[str, Any]:
    costs = aid.same_costs
    return {
        "date": day_text(aid.on),
        "amount": euro_text(aid.amount),
        "currency": aid.currency,
        "activity": aid.activity,
        "scheme_fixed_sum": aid.scheme_fixed_sum,
        "same_costs": costs
        and {
            "other_aid_pct": number_text(costs.other_aid_pct),
            "de_minimis_pct": number_text(costs.de_minimis_pct),
            "max_intensity_pct": number_text(costs.max_intensity_pct),
        },
        "export_linked": aid.export_linked,
        "participant_role": aid.participant_role or None,
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    signed_on = certificate.signed_on
    return {
        "status": certificate.status,
        **({} if signed_on is None else {"signed_on": day_text(signed_on)}),
        "withdrawn_on": day_text(certificate.withdrawn_on),
        "signatory_authorised": certificate.signatory_authorised,
        "covers_group": certificate.covers_group,
    }
