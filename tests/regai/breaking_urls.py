"""One page that breaks, saying all it was told."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.gates import anyone


@anyone
def breaks(request: HttpRequest, what: str) -> HttpResponse:
    known: dict[str, HttpResponse] = {}
    try:
        return known[what]
    except KeyError as wrong:
        raise ValueError(f"{what}: {request.path}") from wrong


urlpatterns = [path("bryt/<str:what>/", breaks)]
handler500 = "regai.errors.server_error"
