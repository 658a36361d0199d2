"""Headers on every answer: what a browser may do with it, keep of it, and tell others about it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.gates import BY_LINK, PUBLIC

NOTHING_ALLOWED = ", ".join(
    f"{ability}=()"
    for ability in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
        "xr-spatial-tracking",
    )
)


class Headers:
    """Adds what Django's SecurityMiddleware and CSP do not set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = NOTHING_ALLOWED
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        match = request.resolver_match
        gate = getattr(match.func, "gate", "") if match else PUBLIC
        if gate == BY_LINK:
            # The address holds the token: no other page may learn where the reader came from.
            response.headers["Referrer-Policy"] = "no-referrer"
        if gate != PUBLIC or settings.SESSION_COOKIE_NAME in request.COOKIES:
            # What has an ETag may be kept by the one who asked, if they ask each time.
            kept = "no-cache" if response.has_header("ETag") else "no-store"
            response.headers["Cache-Control"] = f"{kept}, private"
        return response
