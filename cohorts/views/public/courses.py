"""The catalogue of courses, and one course: what it is, takes and costs."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts.gates import anyone
from cohorts.forms.public import CourseFilter
from cohorts.queries.public import course_in_public, courses_offered
from cohorts.words import LEVELS

A_PAGE = 50
LANGUAGES = {"sv": _("svenska"), "en": _("engelska")}
WORDS = {"levels": LEVELS, "languages": LANGUAGES}


@anyone
def courses(request: HttpRequest) -> HttpResponse:
    """List the courses on offer, narrowed by what the address says."""
    filters = CourseFilter(request.GET or None)
    found = courses_offered(**filters.wanted())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request, "cohorts/public/courses.html", {"filters": filters, "page": page, **WORDS}
    )


@anyone
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell about one course: its chapters, what it costs, and how it can be free."""
    found = get_object_or_404(course_in_public(), slug=slug)
    return TemplateResponse(request, "cohorts/public/course.html", {"course": found, **WORDS})
