"""The site's addresses, with refusals in one word: the walk asks thousands and reads the status."""

from django.http import HttpRequest, HttpResponse

from regai import urls

urlpatterns = urls.urlpatterns


def handler403(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's name
    """Say no."""
    return HttpResponse("403", status=403)


def handler404(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- same
    """Say that there is no such page."""
    return HttpResponse("404", status=404)
