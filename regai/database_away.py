"""The page that people see while the database is away or too busy: what they typed is kept."""

from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from regai.kept import page_that_keeps

log = structlog.get_logger("regai.database")
AGAIN_AFTER_SECONDS = 30


class DatabaseAway:
    """Answers 503 instead of an error when the database could not do what a page asked of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page if the database is what failed, else None."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        log.error("database_away", exc_info=exception)
        response = page_that_keeps(request, "503.html", status=503)
        response.headers["Retry-After"] = str(AGAIN_AFTER_SECONDS)
        return response
