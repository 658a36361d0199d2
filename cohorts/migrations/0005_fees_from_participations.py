"""Give each fee that stood on a participation a row of its own, and each bound person a way in."""

from datetime import UTC, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from django.db import migrations

# What held when the fees were accepted; a row of its own remembers its own terms.
VAT_PERCENT, PAYMENT_DAYS = Decimal(25), 30
BOUND = ("confirmed", "not_started", "started", "finished", "verified")
OVER = ("closed", "dropped")


def move(apps, schema_editor):
    Participation = apps.get_model("cohorts", "Participation")
    Fee, Access = apps.get_model("cohorts", "Fee"), apps.get_model("cohorts", "Access")
    Change = apps.get_model("accounts", "Change")
    bound = Participation.objects.filter(state__in=BOUND, confirmed_on__isnull=False)
    for participation in bound.select_related("enrolment__interest", "round").order_by("pk"):
        at = datetime.combine(participation.confirmed_on, time(12), tzinfo=UTC)
        decision = participation.fee_decisions.get(is_current=True)
        if decision.kind == "fee" and decision.fee_sek > 0:
            vat = (decision.fee_sek * VAT_PERCENT / 100).quantize(
                Decimal("0.01"), rounding=ROUND_HALF_UP
            )
            by_company = participation.payer != "self"
            fee = Fee.objects.create(
                participation=participation,
                decision=decision,
                state="accepted",
                payer="company" if by_company else "self",
                company_id=participation.enrolment.interest.company_id if by_company else None,
                amount_sek=decision.fee_sek,
                vat_percent=VAT_PERCENT,
                vat_sek=vat,
                payment_days=PAYMENT_DAYS,
                asked_at=at,
                accepted_on=participation.confirmed_on,
                invoice_to=participation.invoice_to,
            )
            Change.objects.create(
                subject=f"fee/{fee.pk}", was="", became="accepted", by="clock", why="moved", at=at
            )
        if participation.round.price_sek > 0 and participation.round.state not in OVER:
            access = Access.objects.create(participation=participation, reserved_at=at)
            Change.objects.create(
                subject=f"access/{access.pk}", was="", became="reserved", by="clock",
                why="moved", at=at,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ('cohorts', '0004_fees_orders_and_access'),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
