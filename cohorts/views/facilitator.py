"""The facilitator's first page: what there is to do, then the cohorts."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.gates import role_needed
from accounts.queries import roles_of
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.queries.desk import LIVING, tasks_for
from cohorts.queries.figures import figures_of
from cohorts.queries.forming import cohorts_for

PAGE = 50
TASKS_SHOWN = 20


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def facilitator(request: UserRequest) -> HttpResponse:
    """Show the tasks, the most pressing first, and the cohorts that are not over."""
    now = timezone.now()
    tasks = tasks_for(request.user, now=now)
    shown = tasks if request.GET.get("uppgifter") == "alla" else tasks[:TASKS_SHOWN]
    with_the_past = request.GET.get("grupper") == "alla"
    cohorts = cohorts_for(request.user)
    page = Paginator(cohorts if with_the_past else cohorts.filter(state__in=LIVING), PAGE).get_page(
        request.GET.get("page")
    )
    return TemplateResponse(
        request,
        "cohorts/staff/facilitator.html",
        {
            "tasks": shown,
            "tasks_left": len(tasks) - len(shown),
            "page": page,
            "cohorts": figures_of(list(page.object_list), now=now),
            "with_the_past": with_the_past,
            "sees_all": Role.COORDINATOR in roles_of(request.user),
            "today": timezone.localdate(now),
            "words": words,
        },
    )
