"""The facilitator's first page: what there is to do, then the cohorts."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.gates import role_needed
from accounts.queries import roles_of
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.queries.desk import living_cohorts, tasks_in
from cohorts.queries.figures import figures_of
from cohorts.queries.forming import cohorts_for
from cohorts.queries.meetings import led_by

PAGE = 50
TASKS_SHOWN = 20


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def facilitator(request: UserRequest) -> HttpResponse:
    """Show the tasks, the most pressing first, and the cohorts that are not over."""
    now = timezone.now()
    living = living_cohorts(request.user, now=now)
    tasks = tasks_in(living, led_by(request.user), now=now)
    shown = tasks if request.GET.get("uppgifter") == "alla" else tasks[:TASKS_SHOWN]
    with_the_past = request.GET.get("grupper") == "alla"
    number = request.GET.get("page")
    if with_the_past:
        page: Page[Any] = Paginator(cohorts_for(request.user), PAGE).get_page(number)
        cohorts = figures_of(list(page.object_list), now=now)
    else:
        page = Paginator(living, PAGE).get_page(number)
        cohorts = list(page.object_list)
    return TemplateResponse(
        request,
        "cohorts/staff/facilitator.html",
        {
            "tasks": shown,
            "tasks_left": len(tasks) - len(shown),
            "page": page,
            "cohorts": cohorts,
            "with_the_past": with_the_past,
            "sees_all": Role.COORDINATOR in roles_of(request.user),
            "today": timezone.localdate(now),
            "words": words,
        },
    )
