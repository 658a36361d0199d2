"""The tables of cohorts, one file a noun."""

from cohorts.models.cohorts import Cohort, CourseRound
from cohorts.models.courses import Course, Lesson, Programme
from cohorts.models.enrolments import Enrolment, Invitation
from cohorts.models.erasures import Erasure
from cohorts.models.feeds import Feed
from cohorts.models.interests import Interest, InterestPlace
from cohorts.models.meetings import AgendaItem, Meeting, Presence
from cohorts.models.participations import FeeDecision, LessonMark, Participation
from cohorts.models.proofs import Proof
from cohorts.models.votes import Hindrance, Question

__all__ = [
    "AgendaItem",
    "Cohort",
    "Course",
    "CourseRound",
    "Enrolment",
    "Erasure",
    "FeeDecision",
    "Feed",
    "Hindrance",
    "Interest",
    "InterestPlace",
    "Invitation",
    "Lesson",
    "LessonMark",
    "Meeting",
    "Participation",
    "Presence",
    "Programme",
    "Proof",
    "Question",
]
