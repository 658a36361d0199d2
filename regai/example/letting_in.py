"""Places are ordered with a provider and codes put in; fees go through the books."""

from datetime import date, datetime, time, timedelta
from functools import partial

from cohorts.actions import access, invoicing
from cohorts.actions.access import ToldOrder
from cohorts.actions.invoicing import Mark
from cohorts.models import Fee, InvoiceBatch
from cohorts.rules.access import OrderKind
from cohorts.rules.payments import FeeState
from regai.example.people import COORDINATOR
from regai.example.scene import Scene
from regai.example.story import NextCourse, Story

# The cohort that studies a course with a price.
STORY = "d1"
CHOSEN = 1
PLACES = 11
# One less than say yes: somebody waits, and a facilitator has codes to put in.
CODES = 9
# Days from the day: a company is invoiced and pays; a private person when the 14 days are over.
FIRST_BASIS, SECOND_BASIS, PAID = -28, -16, -6
FREE_TO_CANCEL_FOR = timedelta(days=6)


def let_in(scene: Scene, story: Story, ahead: NextCourse) -> None:
    """Put the order, the codes and the books of a priced course in the diary."""
    if story.code != STORY:
        return
    diary = scene.diary
    free_until = diary.day + FREE_TO_CANCEL_FOR
    ordered = diary.moment(ahead.closes + 1, time(7, 30))
    diary.put(ordered, partial(_order, scene, story, free_until))
    diary.put(diary.moment(ahead.closes + 3, time(9)), partial(_add_codes, scene, story))
    for days in (FIRST_BASIS, SECOND_BASIS):
        diary.put(diary.moment(days, time(14)), partial(_invoice, scene))
    diary.put(diary.moment(PAID, time(14)), partial(_paid, scene))


def _order(scene: Scene, story: Story, free_until: date, now: datetime) -> None:
    access.save_order(
        round_id=scene.round(story, CHOSEN).pk,
        told=ToldOrder(
            kind=OrderKind.VOUCHER,
            places=PLACES,
            reference="EX-2026-117",
            ordered_on=now.date(),
            free_until=free_until,
        ),
        by=scene.leader(story),
        now=now,
    )


def _add_codes(scene: Scene, story: Story, now: datetime) -> None:
    codes = [f"EXEMPEL-{number * 7919 % 10_000:04}" for number in range(1, CODES + 1)]
    round_id = scene.round(story, CHOSEN).pk
    access.add_codes(round_id=round_id, codes=codes, by=scene.leader(story), now=now)


def _invoice(scene: Scene, now: datetime) -> None:
    by = scene.user(COORDINATOR.email)
    batch = invoicing.make_batch(by=by, now=now)
    if batch is not None:
        invoicing.mark_batch_invoiced(batch_id=batch.pk, on=now.date(), by=by, now=now)


def _paid(scene: Scene, now: datetime) -> None:
    """Note that what was invoiced first has been paid."""
    first = InvoiceBatch.objects.order_by("id").first()
    for fee in Fee.objects.filter(batch=first, state=FeeState.INVOICED).order_by("id"):
        mark = Mark(to=FeeState.PAID, on=now.date())
        invoicing.mark_fee(fee_id=fee.pk, mark=mark, by=scene.user(COORDINATOR.email), now=now)
