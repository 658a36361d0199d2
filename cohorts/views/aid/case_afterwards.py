"""What came of a case, for its document: the answer, the fee, the ledger's lines, a recovery."""

from django.utils.translation import gettext as _

from cohorts import words
from cohorts.models import DropOut, Fee, Participation
from cohorts.queries.aid import ledger_of_case
from cohorts.queries.leaving import drop_outs_for_officers
from cohorts.rules import ParticipationState
from cohorts.rules.payments import FeeState, Payer
from cohorts.views.aid.case_grounds import day_of
from cohorts.views.aid.shown import no_conflict
from deminimis import words as aid_words
from deminimis.models import LedgerEntry, Recovery
from deminimis.rules import EntryKind, RecoveryState
from ground.documents import Section, Table, amount_text


def afterwards(participation: Participation) -> list[Section]:
    """Return the person's answer, what was paid, and what the ledger and the register hold."""
    entries = ledger_of_case(participation)
    recoveries = [entry.recovery for entry in entries if hasattr(entry, "recovery")]
    left = drop_outs_for_officers().filter(participation=participation).first()
    return [
        _answer(participation),
        *(_fee(fee) for fee in participation.fees.select_related("company").order_by("id")),
        *([_ledger(entries)] if entries else []),
        *([_left(left)] if left else []),
        *(_recovery(one) for one in recoveries),
    ]


def _answer(participation: Participation) -> Section:
    state = words.MEMBER_STATES[ParticipationState(participation.state)]
    pairs = [(_("Läge"), str(state))]
    if participation.confirmed_on:
        pairs.append((_("Sa ja"), f"{participation.confirmed_on}"))
    return Section(_("Deltagarens svar"), pairs=pairs)


def _fee(fee: Fee) -> Section:
    pairs = [
        (_("Betalare"), fee.company.name if fee.company else str(words.PAYERS[Payer(fee.payer)])),
        (_("Belopp exkl. moms"), amount_text(fee.amount_sek, "kr")),
        (_("Moms"), amount_text(fee.vat_sek, "kr")),
        (_("Betalningsvillkor"), _("%(days)d dagar") % {"days": fee.payment_days}),
        (_("Läge"), str(words.FEE_STATES[FeeState(fee.state)])),
    ]
    days = [
        (_("Godkänd"), fee.accepted_on),
        (_("Fakturerad"), fee.invoiced_on),
        (_("Betald"), fee.paid_on),
        (_("Krediterad"), fee.credited_on),
    ]
    pairs += [(key, f"{day}") for key, day in days if day]
    if fee.signer:
        pairs.append((_("Godkänd av"), fee.signer))
    return Section(_("Kursavgiften"), pairs=pairs)


def _ledger(entries: list[LedgerEntry]) -> Section:
    columns = [_("Dag"), _("Vad"), _("Kronor"), _("Euro"), _("Skäl"), _("I registret")]
    return Section(
        _("Stödet"), tables=[Table(_("Rader i liggaren"), columns, [_line(one) for one in entries])]
    )


def _line(entry: LedgerEntry) -> list[str]:
    mark = getattr(entry, "mark", None)
    due = _("senast %(day)s") % {"day": entry.register_due_on}
    return [
        day_of(entry.entered_at),
        str(aid_words.ENTRY_KINDS[EntryKind(entry.kind)]),
        amount_text(entry.amount_sek, "kr"),
        amount_text(entry.amount_eur, "euro"),
        str(words.ENDING_WHYS.get(entry.why, entry.why)),
        f"{mark.registered_on} {mark.reference}".strip() if mark else due,
    ]


def _left(left: DropOut) -> Section:
    pairs = [(_("Lämnade gruppen"), day_of(left.left_at))]
    if left.judged_by and left.judged_at:
        pairs += [
            (_("Avgjort av"), f"{left.judged_by.name}, {day_of(left.judged_at)}"),
            (_("Jäv"), no_conflict(said=left.without_conflict)),
        ]
        if left.fee_stays is not None:
            pairs.append((_("Avgiften"), _("gäller") if left.fee_stays else _("togs bort")))
        if left.aid_stays is not None:
            pairs.append((_("Stödet"), _("står kvar") if left.aid_stays else _("upphävdes")))
    return Section(_("Deltagaren slutade"), [left.why] if left.why else [], pairs)


def _recovery(one: Recovery) -> Section:
    pairs = [
        (_("Läge"), str(aid_words.RECOVERY_STATES[RecoveryState(one.state)])),
        (_("Öppnat av"), f"{one.opened_by.name}, {day_of(one.opened_at)}"),
        (_("Belopp"), amount_text(one.sum_sek, "kr")),
    ]
    if one.interest_sek is not None:
        pairs.append((_("Ränta"), amount_text(one.interest_sek, "kr")))
    if one.pay_by:
        pairs.append((_("Sista dag att betala"), f"{one.pay_by}"))
    return Section(_("Återkrav"), [one.why], pairs)
