"""The operator's window on cohorts and everything around them.

What people need at the table is for the one who leads the meeting and is not shown here.
"""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from cohorts.models import (
    Access,
    AgendaItem,
    Break,
    Cohort,
    Course,
    CourseRound,
    DropOut,
    Enrolment,
    Erasure,
    Fee,
    Feed,
    FeeDecision,
    Forming,
    Hindrance,
    Interest,
    InterestPlace,
    Invitation,
    InvoiceBatch,
    Lesson,
    LessonMark,
    Meeting,
    Participation,
    PlanJob,
    Presence,
    Programme,
    Proof,
    ProviderOrder,
    Question,
    Room,
    RoomTime,
    TimeOff,
    Voucher,
    WorkingHours,
    WorkingTerms,
)


@admin.register(Programme)
class ProgrammeAdmin(ReadOnlyAdmin):
    list_display = ["name", "owner", "starts_on", "ends_on", "runs_cohorts"]


@admin.register(Course)
class CourseAdmin(ReadOnlyAdmin):
    list_display = ["title", "provider", "language", "hours", "price_sek", "is_offered"]
    search_fields = ["title"]


@admin.register(Lesson)
class LessonAdmin(ReadOnlyAdmin):
    list_display = ["course", "number", "title_sv"]
    list_select_related = ["course"]


@admin.register(Interest)
class InterestAdmin(ReadOnlyAdmin):
    list_display = ["id", "name", "state", "company", "registered_at", "confirmed_at"]
    list_select_related = ["company"]
    list_filter = ["state"]
    search_fields = ["name", "email"]


@admin.register(InterestPlace)
class InterestPlaceAdmin(ReadOnlyAdmin):
    list_display = ["interest", "place", "rank"]
    list_select_related = ["interest", "place"]


@admin.register(Cohort)
class CohortAdmin(ReadOnlyAdmin):
    list_display = ["id", "name", "state", "place", "seats", "starts_on"]
    list_select_related = ["place"]
    list_filter = ["state"]


@admin.register(CourseRound)
class CourseRoundAdmin(ReadOnlyAdmin):
    list_display = ["id", "cohort", "course", "state", "price_sek", "starts_on", "ends_on"]
    list_select_related = ["cohort", "course"]
    list_filter = ["state"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["id", "cohort", "interest", "state", "released_at", "expires_at"]
    list_select_related = ["cohort", "interest"]
    list_filter = ["state"]


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    list_display = ["id", "cohort", "user", "state", "enrolled_at"]
    list_select_related = ["cohort", "user"]
    list_filter = ["state"]
    exclude = ["needs", "phone"]


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    list_display = ["id", "round", "enrolment", "state", "confirmed_on", "answer_by"]
    list_select_related = ["round", "enrolment"]
    list_filter = ["state"]


@admin.register(FeeDecision)
class FeeDecisionAdmin(ReadOnlyAdmin):
    list_display = ["id", "participation", "kind", "fee_sek", "rule", "decided_at", "is_current"]
    list_select_related = ["participation"]
    list_filter = ["kind"]


@admin.register(Fee)
class FeeAdmin(ReadOnlyAdmin):
    list_display = ["id", "participation", "state", "payer", "amount_sek", "accepted_on", "batch"]
    list_select_related = ["participation", "batch"]
    list_filter = ["state", "payer"]


@admin.register(DropOut)
class DropOutAdmin(ReadOnlyAdmin):
    list_display = ["id", "participation", "left_at", "judged_at", "fee_stays", "aid_stays"]
    list_select_related = ["participation"]


@admin.register(InvoiceBatch)
class InvoiceBatchAdmin(ReadOnlyAdmin):
    list_display = ["id", "made_at", "made_by"]
    list_select_related = ["made_by"]


@admin.register(ProviderOrder)
class ProviderOrderAdmin(ReadOnlyAdmin):
    list_display = ["id", "round", "kind", "places", "ordered_on", "free_until"]
    list_select_related = ["round"]


@admin.register(Voucher)
class VoucherAdmin(ReadOnlyAdmin):
    """A code is as good as money, and is shown to the one who got it only."""

    list_display = ["id", "order", "added_at"]
    list_select_related = ["order"]
    exclude = ["code"]


@admin.register(Access)
class AccessAdmin(ReadOnlyAdmin):
    list_display = ["id", "participation", "state", "voucher", "reserved_at"]
    list_select_related = ["participation", "voucher"]
    list_filter = ["state"]


@admin.register(LessonMark)
class LessonMarkAdmin(ReadOnlyAdmin):
    list_display = ["participation", "lesson", "is_done", "is_unclear", "is_relevant"]
    list_select_related = ["participation", "lesson__course"]


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = ["id", "round", "state", "starts_at", "place", "facilitator", "sequence"]
    list_select_related = ["round", "place", "facilitator"]
    list_filter = ["state"]


@admin.register(Presence)
class PresenceAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "enrolment", "answer", "was_there"]
    list_select_related = ["meeting", "enrolment"]


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = ["id", "state", "asked_at", "done_at", "done_by"]
    list_select_related = ["done_by"]
    list_filter = ["state"]


@admin.register(AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin):
    list_display = ["id", "round", "lesson", "asked_at", "answered_in"]
    list_select_related = ["round", "lesson", "answered_in"]


@admin.register(Room)
class RoomAdmin(ReadOnlyAdmin):
    list_display = ["name", "place", "seats", "is_step_free", "ended_at"]
    list_select_related = ["place"]


@admin.register(RoomTime)
class RoomTimeAdmin(ReadOnlyAdmin):
    list_display = ["room", "kind", "starts_at", "ends_at", "ended_at"]
    list_select_related = ["room"]


@admin.register(Break)
class BreakAdmin(ReadOnlyAdmin):
    list_display = ["name", "municipality", "first_on", "last_on", "ended_at"]
    list_select_related = ["municipality"]


@admin.register(WorkingTerms)
class WorkingTermsAdmin(ReadOnlyAdmin):
    list_display = ["user", "base", "most_a_week"]
    list_select_related = ["user", "base"]


@admin.register(WorkingHours)
class WorkingHoursAdmin(ReadOnlyAdmin):
    list_display = ["user", "weekday", "starts", "ends"]
    list_select_related = ["user"]


@admin.register(TimeOff)
class TimeOffAdmin(ReadOnlyAdmin):
    list_display = ["user", "starts_at", "ends_at", "ended_at"]
    list_select_related = ["user"]


@admin.register(PlanJob)
class PlanJobAdmin(ReadOnlyAdmin):
    list_display = ["id", "state", "asked_by", "asked_at", "begun_at"]
    list_select_related = ["asked_by"]
    list_filter = ["state"]


@admin.register(Forming)
class FormingAdmin(ReadOnlyAdmin):
    list_display = ["id", "programme", "made_by", "made_at", "ended_at"]
    list_select_related = ["programme", "made_by"]


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ["id", "cohort", "ballot"]
    list_select_related = ["cohort", "ballot"]


@admin.register(Hindrance)
class HindranceAdmin(ReadOnlyAdmin):
    list_display = ["id", "cohort", "course", "kind"]
    list_select_related = ["cohort", "course"]
    list_filter = ["kind"]


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    list_display = ["id", "owner", "cohort", "made_at", "ended_at"]
    list_select_related = ["owner", "cohort"]
    exclude = ["token_digest"]


@admin.register(Proof)
class ProofAdmin(ReadOnlyAdmin):
    list_display = ["id", "participation", "state", "kind", "handed_in_at", "checked_at"]
    list_select_related = ["participation"]
    list_filter = ["state"]
    exclude = ["link", "file"]
