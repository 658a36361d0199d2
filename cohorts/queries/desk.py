"""What waits for a facilitator: tasks, the most pressing first, never a table to search through.

A fixed number of statements however many cohorts there are.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import partial

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort, Meeting
from cohorts.queries.access import PlacesFigures, places_in
from cohorts.queries.figures import CohortFigures, figures_of
from cohorts.queries.forming import cohorts_for
from cohorts.queries.meetings import led_by
from cohorts.queries.waiting import Waiting, candidates_counted
from cohorts.rules import CohortState, MeetingState, RoundState
from cohorts.rules.access import OrderKind
from cohorts.rules.enrolments import MEMBERS
from cohorts.rules.meetings import ATTENDANCE_LOCKS_AFTER_DAYS

LIVING = (CohortState.DRAFT, CohortState.FORMING, CohortState.CONFIRMED, CohortState.RUNNING)
FILLS = (CohortState.DRAFT, CohortState.FORMING, CohortState.CONFIRMED)
JOIN_LINK_WITHIN = timedelta(days=14)
JOIN_LINK_URGENT = timedelta(days=3)
STARTS_SOON = timedelta(days=7)
VOTE_BEFORE_END = timedelta(days=28)
LAST_DAYS_TO_MARK = timedelta(days=4)
CANCEL_WITHIN = timedelta(days=10)
ONE_DAY = timedelta(days=1)


class TaskKind(IntEnum):
    """What is to be done; the lower number is the more pressing."""

    ATTENDANCE = 1
    JOIN_LINK = 2
    EXPIRING = 3
    GAP = 4
    DRAFTS = 5
    CONFIRM = 6
    START = 7
    NEXT_ROUND = 8
    END_ROUND = 9
    PLAN = 10
    PEOPLE = 11
    QUESTIONS = 12
    VOTE = 13
    PLACES = 14
    CODES = 15
    INVITE = 16
    UNUSED = 17
    DIAL_IN = 18
    PROOFS = 19


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do in one cohort. ``count`` and ``at`` say how much and by when.

    ``held_at`` is when the meeting was whose attendance is to be marked.
    """

    kind: TaskKind
    cohort: Cohort
    count: int = 0
    at: datetime | None = None
    meeting_id: int | None = None
    held_at: datetime | None = None
    course: str = ""
    round_id: int | None = None
    is_urgent: bool = False


def tasks_for(user: User, *, now: datetime) -> list[Task]:
    """Return what waits for ``user``: own cohorts, or all of them for a coordinator."""
    return tasks_in(living_cohorts(user, now=now), led_by(user), now=now)


def living_cohorts(user: User, *, now: datetime) -> list[CohortFigures]:
    """Return the cohorts of ``user`` that are not over, in figures; three statements."""
    return figures_of(list(cohorts_for(user).filter(state__in=LIVING)), now=now)


def tasks_in(
    living: Collection[CohortFigures],
    meetings: QuerySet[Meeting],
    *,
    now: datetime,
    waiting: Mapping[int, list[Waiting]] | None = None,
) -> list[Task]:
    """Return what waits in ``living`` cohorts and at ``meetings``, the most pressing first.

    ``waiting``: who waits for a seat, by programme, if that has been read already.
    """
    fill = [one.cohort for one in living if one.cohort.state in FILLS]
    fitting = candidates_counted(fill, waiting)
    tasks = [
        *_meeting_tasks(meetings, now=now),
        *(task for figures in living for task in _seat_tasks(figures, fitting)),
        *(task for figures in living for task in _round_tasks(figures, now=now)),
        *(
            Task(TaskKind.PROOFS, figures.cohort, figures.proofs)
            for figures in living
            if figures.proofs
        ),
        *_places_tasks(places_in([figures.cohort.pk for figures in living]), now=now),
    ]
    latest = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(
        tasks,
        key=lambda task: (not task.is_urgent, task.kind, task.at or latest, task.cohort.pk),
    )


def _seat_tasks(figures: CohortFigures, fitting: dict[int, int]) -> Iterator[Task]:
    cohort = figures.cohort
    if figures.expiring:
        yield Task(
            TaskKind.EXPIRING, cohort, figures.expiring, at=figures.first_deadline, is_urgent=True
        )
    if figures.drafts and cohort.state in FILLS:
        yield Task(TaskKind.DRAFTS, cohort, figures.drafts)
    people = min(fitting.get(cohort.pk, 0), figures.seats_left)
    if people > 0:
        yield Task(TaskKind.PEOPLE, cohort, people)
    if cohort.state == CohortState.FORMING and figures.enrolled >= cohort.least:
        kind = TaskKind.CONFIRM if figures.meetings else TaskKind.PLAN
        yield Task(kind, cohort, figures.enrolled)


def _round_tasks(figures: CohortFigures, *, now: datetime) -> Iterator[Task]:
    cohort, running = figures.cohort, figures.in_state(RoundState.RUNNING)
    waits = figures.in_state(RoundState.CHOSEN, RoundState.FEE_CHECK)
    starts_at = _day(cohort.starts_on)
    if cohort.state == CohortState.CONFIRMED and waits and starts_at - now < STARTS_SOON:
        yield Task(TaskKind.START, cohort, at=starts_at, course=waits.round.course.title)
    if running is None:
        if cohort.state == CohortState.RUNNING and waits:
            yield Task(TaskKind.NEXT_ROUND, cohort, course=waits.round.course.title)
        return
    title = running.round.course.title
    ends_at = _day(running.round.ends_on) if running.round.ends_on else None
    if ends_at is not None and ends_at + timedelta(days=1) <= now:
        yield Task(TaskKind.END_ROUND, cohort, at=ends_at, course=title)
    elif running.next_meeting_at is None:
        yield Task(TaskKind.GAP, cohort, course=title, is_urgent=True)
    if running.questions and running.next_meeting_at:
        yield Task(
            TaskKind.QUESTIONS,
            cohort,
            running.questions,
            at=running.next_meeting_at,
            meeting_id=running.next_meeting_id,
        )
    may_vote = waits is None and figures.in_state(RoundState.IN_BALLOT) is None
    if may_vote and ends_at is not None and ends_at - now <= VOTE_BEFORE_END:
        yield Task(TaskKind.VOTE, cohort, at=ends_at, course=title)


def _places_tasks(found: list[PlacesFigures], *, now: datetime) -> Iterator[Task]:
    """Yield what hinders people who have said yes to a priced course from getting in."""
    for places in found:
        round_ = places.round
        task = partial(Task, cohort=round_.cohort, course=round_.course.title, round_id=round_.pk)
        runs = round_.state == RoundState.RUNNING
        if places.to_order:
            yield task(TaskKind.PLACES, count=places.to_order, is_urgent=runs)
        elif places.waiting and places.kind is OrderKind.INVITATION:
            yield task(TaskKind.INVITE, count=places.waiting, is_urgent=runs)
        elif places.waiting:
            yield task(TaskKind.CODES, count=places.waiting, is_urgent=runs)
        last = _day(places.free_until) if places.free_until else None
        if places.unused and last is not None and -ONE_DAY < last - now <= CANCEL_WITHIN:
            yield task(TaskKind.UNUSED, count=places.unused, at=last)


def _meeting_tasks(meetings: QuerySet[Meeting], *, now: datetime) -> Iterator[Task]:
    locks = timedelta(days=ATTENDANCE_LOCKS_AFTER_DAYS)
    to_mark = Q(
        state__in=[MeetingState.SCHEDULED, MeetingState.HELD],
        starts_at__lte=now,
        starts_at__gte=now - locks,
    )
    without_link = Q(join_link="", starts_at__lte=now + JOIN_LINK_WITHIN)
    without_number = Q(dial_in="", starts_at__lte=now + JOIN_LINK_URGENT)
    without_way_in = (without_link | without_number) & Q(
        state=MeetingState.SCHEDULED, starts_at__gt=now, place__municipality=None
    )
    found = meetings.filter(to_mark | without_way_in).annotate(
        members=Count(
            "round__cohort__enrolments",
            filter=Q(round__cohort__enrolments__state__in=MEMBERS),
            distinct=True,
        ),
        known=Count("presences", filter=Q(presences__was_there__isnull=False), distinct=True),
    )
    for meeting in found:
        if meeting.starts_at > now:
            yield Task(
                TaskKind.DIAL_IN if meeting.join_link else TaskKind.JOIN_LINK,
                meeting.round.cohort,
                at=meeting.starts_at,
                meeting_id=meeting.pk,
                is_urgent=meeting.starts_at - now <= JOIN_LINK_URGENT,
            )
        else:
            yield Task(
                TaskKind.ATTENDANCE,
                meeting.round.cohort,
                max(0, meeting.members - meeting.known),
                at=meeting.starts_at + locks,
                meeting_id=meeting.pk,
                held_at=meeting.starts_at,
                is_urgent=meeting.starts_at + locks - now <= LAST_DAYS_TO_MARK,
            )


def _day(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
