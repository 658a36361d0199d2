"""A case as JSON becomes facts, with every fault of it listed.

The shape is the contract of ``assess_aid``; names that the contract does not have are ignored and
counted. Where null may stand, it means the same as leaving the name out.
"""

import re
from collections.abc import Iterable
from datetime import date

from deminimis.engine.aid_reading import read_new_aid, read_prior_aid
from deminimis.engine.facts import (
    CALENDAR_YEAR,
    Certificate,
    Enterprise,
    Facts,
    FiscalYearEnd,
    PriorAid,
)
from deminimis.engine.kinds import CertificateStatus, Mode
from deminimis.engine.objects import (
    AN_ENTERPRISE,
    Ids,
    Ignored,
    day_or_none,
    one_of,
    reference,
    state,
    unique_ids,
)
from deminimis.engine.parties_reading import read_enterprises, read_event, read_link
from ground.reading import Node

_CASE = frozenset(
    {
        "id",
        "regulation",
        "member_state",
        "applicant",
        "fiscal_year_end",
        "mode",
        "declared_false",
        "register_check",
        "enterprises",
        "links",
        "events",
        "prior_aid",
        "new_aid",
        "certificate",
        "course",
        "expected",
        "grace_applies",
    }
)
_CERTIFICATE = frozenset(
    {"status", "signed_on", "withdrawn_on", "signatory_authorised", "covers_group"}
)
_COURSE = frozenset({"open_and_free_to_all"})
_VALID = CertificateStatus.VALID
_MONTH_AND_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
_ANY_LEAP_YEAR = 2024


def read_facts(node: Node, regulations: Ids, listed: Ids, ignored: Ignored) -> Facts | None:
    """Return one case; None if it is no object.

    ``regulations`` are those a new aid may fall under, ``listed`` those that earlier aid may name;
    None: any. Nothing may be used before ``node.refuse_if_faulty()``.
    """
    if not ignored.beside(node, _CASE):
        return None
    faults = len(node.faults)
    enterprises = read_enterprises(node.get("enterprises"), ignored)
    ids = _ids(enterprises) if len(node.faults) == faults else None
    prior = list(node.get("prior_aid", []).items())
    unique_ids(prior)
    read = [read_prior_aid(item, ids, listed, ignored) for item in prior]
    prior_aid = tuple(aid for aid in read if aid is not None)
    aid_ids = _ids(prior_aid) if len(node.faults) == faults else None
    links = [read_link(item, ids, ignored) for item in node.get("links", []).items()]
    events = [read_event(item, ids, aid_ids, ignored) for item in node.get("events", []).items()]
    regulation = node.get("regulation")
    course = node.get("course", {})
    free = (
        ignored.beside(course, _COURSE) and course.get("open_and_free_to_all", default=False).flag()
    )
    return Facts(
        id=node.get("id").text() if node.has("id") else None,
        regulation=regulation.text() if regulations is None else regulation.choice(regulations),
        member_state=state(node.get("member_state", "SE")),
        applicant=reference(node.get("applicant"), ids, AN_ENTERPRISE),
        enterprises=enterprises,
        links=tuple(link for link in links if link is not None),
        events=tuple(event for event in events if event is not None),
        prior_aid=prior_aid,
        new_aid=read_new_aid(node.get("new_aid"), ignored),
        certificate=_certificate(node.get("certificate", {}), ignored),
        open_and_free_to_all=free,
        fiscal_year_end=_fiscal_year_end(node.get("fiscal_year_end", "12-31")),
        mode=one_of(node.get("mode", Mode.GRANT), Mode, Mode.GRANT),
        declared_false=node.get("declared_false", default=False).flag(),
        register_complete=_register_complete(node.get("register_check", None)),
        grace_applies=node.get("grace_applies").flag() if node.given("grace_applies") else None,
    )


def _ids(rows: Iterable[Enterprise | PriorAid]) -> frozenset[str]:
    return frozenset(row.id for row in rows)


def _certificate(node: Node, ignored: Ignored) -> Certificate:
    if not ignored.beside(node, _CERTIFICATE):
        return Certificate()
    status = one_of(node.get("status", CertificateStatus.VALID), CertificateStatus, _VALID)
    signed = node.get("signed_on", None)
    unsigned = signed.value is None and node.has("signed_on")
    if unsigned and status is not CertificateStatus.MISSING:
        signed.fault("the day it was signed")
    return Certificate(
        status=status,
        signed_on=day_or_none(signed),
        withdrawn_on=day_or_none(node.get("withdrawn_on", None)),
        signatory_authorised=node.get("signatory_authorised", default=True).flag(),
        covers_group=node.get("covers_group", default=True).flag(),
    )


def _fiscal_year_end(node: Node) -> FiscalYearEnd:
    form = _MONTH_AND_DAY.fullmatch(node.text())
    if form:
        end = FiscalYearEnd(int(form[1]), int(form[2]))
        try:
            date(_ANY_LEAP_YEAR, end.month, end.day)
        except ValueError:
            pass
        else:
            return end
    node.fault("a month and a day such as 12-31")
    return CALENDAR_YEAR


def _register_complete(node: Node) -> bool:
    """Return whether the check of the register was complete; any other word: it was not."""
    return node.value is not None and node.text() == "complete"
