"""The one way in to a cohort or a meeting for staff: somebody else's does not exist (404)."""

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from accounts.requests import UserRequest
from cohorts.models import Cohort, Invitation, Meeting
from cohorts.queries.forming import cohorts_for
from cohorts.queries.meetings import led_by


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, also when that is nothing at all; None where a page is only read."""
    return request.POST if request.method == "POST" else None


def own_cohort(request: UserRequest, cohort_id: int) -> Cohort:
    """Return a cohort that the user leads, or any for a coordinator."""
    return get_object_or_404(cohorts_for(request.user), pk=cohort_id)


def own_invitation(request: UserRequest, cohort_id: int, invitation_id: int) -> Invitation:
    """Return an invitation to a cohort that the user leads."""
    cohort = own_cohort(request, cohort_id)
    invitations = cohort.invitations.select_related("interest__company", "interest__programme")
    invitation = get_object_or_404(invitations, pk=invitation_id)
    invitation.cohort = cohort
    return invitation


def own_meeting(request: UserRequest, meeting_id: int) -> Meeting:
    """Return a meeting that the user leads, or any for a coordinator."""
    return get_object_or_404(led_by(request.user), pk=meeting_id)


def desk_of(request: UserRequest, meeting: Meeting) -> Cohort | None:
    """Return the meeting's cohort if its desk is open to the user; a substitute's is not."""
    return cohorts_for(request.user).filter(pk=meeting.round.cohort_id).first()
