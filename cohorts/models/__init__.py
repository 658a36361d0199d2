"""The tables of cohorts, one file a noun."""

from cohorts.models.access import Access, ProviderOrder, Voucher
from cohorts.models.cohorts import Cohort, CourseRound
from cohorts.models.courses import Course, Lesson, Programme
from cohorts.models.enrolments import Enrolment, Invitation
from cohorts.models.erasures import Erasure
from cohorts.models.feeds import Feed
from cohorts.models.interests import Interest, InterestPlace
from cohorts.models.leaving import DropOut
from cohorts.models.meetings import AgendaItem, Meeting, Presence
from cohorts.models.participations import FeeDecision, LessonMark, Participation
from cohorts.models.payments import Fee, InvoiceBatch
from cohorts.models.plans import Forming, PlanJob
from cohorts.models.proofs import Proof
from cohorts.models.rooms import Break, Room, RoomTime
from cohorts.models.votes import Hindrance, Question
from cohorts.models.working import TimeOff, WorkingHours, WorkingTerms

__all__ = [
    "Access",
    "AgendaItem",
    "Break",
    "Cohort",
    "Course",
    "CourseRound",
    "DropOut",
    "Enrolment",
    "Erasure",
    "Fee",
    "FeeDecision",
    "Feed",
    "Forming",
    "Hindrance",
    "Interest",
    "InterestPlace",
    "Invitation",
    "InvoiceBatch",
    "Lesson",
    "LessonMark",
    "Meeting",
    "Participation",
    "PlanJob",
    "Presence",
    "Programme",
    "Proof",
    "ProviderOrder",
    "Question",
    "Room",
    "RoomTime",
    "TimeOff",
    "Voucher",
    "WorkingHours",
    "WorkingTerms",
]
