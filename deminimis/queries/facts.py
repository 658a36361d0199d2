"""From rows to the frozen facts that the engine decides on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from companies.models import Company, CompanyChange, Control
from companies.rules import Basis, Kind, Sector
from deminimis import engine
from deminimis.models import Certificate, DeclaredAid, Rate
from deminimis.queries.certificates import valid_certificates
from deminimis.queries.ledger import standing_of
from deminimis.queries.reach import company_key, reached
from deminimis.rules import UNKNOWN_REGULATION

REGULATION = "2023/2831"
DECLARED, GRANTED = "declared-", "ledger-"
# Rates are published on about 256 days a year.
RATES_OF_FIVE_YEARS = 1_300
# Asked about when nothing is asked for, to learn what room is left.
SMALLEST_AID_EUR = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Told:
    """One certificate and the earlier aid that it declares."""

    certificate: Certificate
    aid: tuple[engine.PriorAid, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of the companies that hang together: read once, serves every place.

    ``told`` are their certificates with the aid they declare, the newest first. A certificate
    speaks for its own single undertaking only: which one is taken depends on the day.
    """

    group: tuple[Company, ...]
    controls: tuple[Control, ...]
    changes: tuple[CompanyChange, ...]
    granted: tuple[engine.PriorAid, ...]
    told: tuple[Told, ...]

    def facts(self, *, company_id: int, amount_sek: Decimal, case: str, on: date) -> engine.Facts:
        """Return the facts about a place worth ``amount_sek`` (excl. VAT) to one of the group."""
        taken = self._taken(company_id, on=on)
        certificate, declared = (taken.certificate, taken.aid) if taken else (None, ())
        prior = (*declared, *self._told_by_predecessors(taken, on=on), *self.granted)
        return replace(
            self._bare(company_id, on=on),
            id=case,
            enterprises=tuple(_enterprise(member, certificate) for member in self.group),
            events=tuple(_event(change, prior) for change in self.changes),
            prior_aid=prior,
            new_aid=engine.NewAid(on=on, amount=amount_sek, currency=engine.Currency.SEK),
            certificate=_declaration(certificate),
            open_and_free_to_all=amount_sek == 0,
        )

    def certificate_of(self, company_id: int, *, on: date) -> Certificate | None:
        """Return the certificate whose word is taken for a company on the day ``on``, or None."""
        taken = self._taken(company_id, on=on)
        return taken.certificate if taken else None

    def _taken(self, company_id: int, *, on: date) -> Told | None:
        bare = self._bare(company_id, on=on)
        past = tuple(event for event in bare.events if event.on <= on)
        members = engine.single_undertaking(bare, on, past=past, natural_person_links=False)
        ours = (told for told in self.told if company_key(told.certificate.company_id) in members)
        return next(ours, None)

    def _told_by_predecessors(self, taken: Told | None, *, on: date) -> list[engine.PriorAid]:
        """Return what companies declared that merged, were split or sold after ``taken``'s word.

        A certificate signed on the day of the event or later speaks for all of it itself.
        """
        signed_on = taken.certificate.signed_on if taken else None
        told: dict[int, tuple[engine.PriorAid, ...]] = {}
        for change in self.changes:
            is_past = change.on <= on and (signed_on is None or signed_on < change.on)
            if is_past and not (taken and taken.certificate.company_id == change.source_id):
                told[change.source_id] = self._newest_of(change.source_id)
        return [aid for lines in told.values() for aid in lines]

    def _newest_of(self, company_id: int) -> tuple[engine.PriorAid, ...]:
        ours = (told for told in self.told if told.certificate.company_id == company_id)
        newest = next(ours, None)
        return newest.aid if newest else ()

    def _bare(self, company_id: int, *, on: date) -> engine.Facts:
        """Return who controls whom, and nothing of aid."""
        return engine.Facts(
            id="",
            regulation=REGULATION,
            applicant=company_key(company_id),
            enterprises=tuple(_enterprise(member, None) for member in self.group),
            links=tuple(_link(control) for control in self.controls if _is_told(control)),
            events=tuple(_event(change, ()) for change in self.changes),
            new_aid=engine.NewAid(on=on, amount=Decimal(0)),
        )


def known_of(company: Company, *, certificate: Certificate | None = None) -> Known:
    """Return what is known of ``company`` and all it hangs together with.

    ``certificate`` is taken as approved, so that it supersedes its own company's earlier one.
    """
    reach = reached(company)
    certificates = list(valid_certificates(reach.group))
    if certificate is not None:
        others = (one for one in certificates if one.company_id != certificate.company_id)
        certificates = sorted((certificate, *others), key=_newest_first)
    told = tuple(Told(one, tuple(_declared(one))) for one in certificates)
    granted = tuple(_granted_here(reach.group))
    return Known(reach.group, reach.controls, reach.changes, granted, told)


def facts_of(*, company: Company, amount_sek: Decimal, case: str, on: date) -> engine.Facts:
    """Return all that is known on the day ``on`` about a place worth ``amount_sek`` (excl. VAT)."""
    known = known_of(company)
    return known.facts(company_id=company.pk, amount_sek=amount_sek, case=case, on=on)


def room_facts(known: Known, *, company_id: int, on: date) -> engine.Facts:
    """Return facts that ask for the smallest aid that day, as if declared in good order.

    The decision's ``headroom_before_eur`` is then the room left; None where another rule decides
    before the count.
    """
    facts = known.facts(company_id=company_id, amount_sek=Decimal(1), case="room", on=on)
    return replace(
        facts,
        certificate=engine.Certificate(),
        new_aid=engine.NewAid(on=on, amount=SMALLEST_AID_EUR),
    )


def law_now() -> engine.Law:
    """Return the built-in regulations and policies with the reference rates of five years.

    Aid older than three years counts nowhere, so older rates would only be carried along.
    """
    newest_first = Rate.objects.order_by("-on").values_list("on", "sek_per_eur")
    return engine.built_in_law(dict(newest_first[:RATES_OF_FIVE_YEARS]))


def _newest_first(certificate: Certificate) -> tuple[int, int]:
    signed_on = certificate.signed_on or date.min
    return -signed_on.toordinal(), -certificate.pk


def _enterprise(company: Company, certificate: Certificate | None) -> engine.Enterprise:
    """Return a company as the engine sees it; what its certificate says of its sector is added."""
    public = company.kind == Kind.PUBLIC_BODY
    sector, separate = company.sector, company.separate_accounts
    if certificate and certificate.company_id == company.pk and certificate.sector != Sector.OTHER:
        sector, separate = certificate.sector, bool(certificate.separate_accounts)
    sectors = (sector, Sector.OTHER.value) if separate and sector != Sector.OTHER else (sector,)
    return engine.Enterprise(
        id=company_key(company.pk),
        kind=engine.Kind.PUBLIC_BODY if public else engine.Kind.ENTERPRISE,
        economic_activity=not public,
        sectors=sectors,
        separation_of_accounts=separate,
    )


def _is_told(link: Control) -> bool:
    """Return whether a link says enough to decide on: votes without a share say nothing."""
    return link.basis != Basis.VOTES or link.percent is not None


def _link(link: Control) -> engine.Link:
    return engine.Link(
        owner=company_key(link.owner_id),
        owned=company_key(link.owned_id),
        basis=engine.Basis(link.basis),
        pct=link.percent,
        since=link.from_on,
        until=link.until_on,
    )


def _event(change: CompanyChange, prior: Iterable[engine.PriorAid]) -> engine.Event:
    """Return a merger, split or purchase; who kept the activity keeps the aid it was used for."""
    source, target = company_key(change.source_id), company_key(change.target_id)
    equity = {source: change.source_equity, target: change.target_equity}
    kept_by = change.kept_by_id and company_key(change.kept_by_id)
    is_split = change.kind == engine.EventType.SPLIT
    return engine.Event(
        type=engine.EventType(change.kind),
        on=change.on,
        sources=(source,),
        into=(source, target) if is_split else (target,),
        equity={who: own for who, own in equity.items() if is_split and own is not None},
        attribution={aid.id: kept_by for aid in prior if aid.beneficiary == source}
        if is_split and kept_by
        else {},
    )


def _declared(certificate: Certificate) -> Iterable[engine.PriorAid]:
    beneficiary = company_key(certificate.company_id)
    lines = sorted(certificate.aid.all(), key=lambda line: line.pk)
    return [_declared_line(line, beneficiary, certificate.signed_on) for line in lines]


def _declared_line(line: DeclaredAid, beneficiary: str, signed_on: date | None) -> engine.PriorAid:
    """Return one line of a certificate as the engine counts it.

    A line told by year stands on 31 December; where that lies after the signature it stands on the
    day of the signature, since what has been received must count. So does a line of which nobody
    knows the day. A line whose regulation, day or amount nobody knows is not transparent: if it
    would count, a person has to look.
    """
    by_year = line.year is not None
    granted_on = line.granted_on or (date(line.year, 12, 31) if line.year else signed_on)
    if signed_on is not None and granted_on is not None and granted_on > signed_on:
        granted_on, by_year = signed_on, False
    is_dated = line.granted_on is not None or line.year is not None
    is_known = is_dated and line.amount is not None
    return engine.PriorAid(
        id=f"{DECLARED}{line.pk}",
        beneficiary=beneficiary,
        granted_on=granted_on or date.min,
        declared_by_year=by_year,
        amount=line.amount or Decimal(0),
        currency=engine.Currency(line.currency),
        regulation=line.regulation,
        transparent=is_known and line.regulation != UNKNOWN_REGULATION,
    )


def _granted_here(group: Iterable[Company]) -> Iterable[engine.PriorAid]:
    """Return our own grants to the group as they stand, those that were annulled left out."""
    return [
        engine.PriorAid(
            id=f"{GRANTED}{standing.entry.pk}",
            beneficiary=company_key(standing.entry.company_id),
            granted_on=standing.entry.granted_on,
            amount=standing.eur,
            regulation=standing.entry.regulation,
        )
        for standing in standing_of(group)
        if standing.eur > 0
    ]


def _declaration(certificate: Certificate | None) -> engine.Certificate:
    if certificate is None:
        return engine.Certificate(status=engine.CertificateStatus.MISSING)
    return engine.Certificate(
        signed_on=certificate.signed_on,
        withdrawn_on=certificate.withdrawn_on,
        signatory_authorised=bool(certificate.signer_authorised),
        covers_group=bool(certificate.covers_group),
    )
