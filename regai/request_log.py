"""One log line for each request: what was asked for, by whom (an id), what came of it, how fast."""

from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from regai.paths import masked_path

log = structlog.get_logger("regai.request")
FIRST_ERROR = 400
# Asked for all the time by machines; a line is written only when something is wrong.
QUIET = ("/healthz", "/readyz", settings.STATIC_URL)


class RequestLog:
    """Stands outermost. The id of the request is on every line written while it lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        if response.status_code >= FIRST_ERROR or not request.path.startswith(QUIET):
            # Looked at only if the page asked who is there: the log asks the database nothing.
            user = getattr(request, "_cached_user", None)
            log.info(
                "request",
                method=request.method,
                path=masked_path(request),
                status=response.status_code,
                ms=round((perf_counter() - started) * 1000, 1),
                user=user.pk if user is not None else None,
            )
        return response
