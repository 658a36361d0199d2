"""A browser window on a site that runs as in production: it keeps cookies and sends tokens."""

import http.cookiejar
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.prodlike import Answer, Site

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where one is led is for the test to read."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Window:
    """One person's window. The site stands behind a proxy that ends TLS and tells the address."""

    site: Site
    address: str = "192.0.2.1"

    def __post_init__(self) -> None:
        over_tls = http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https"))
        self.cookies = http.cookiejar.CookieJar(over_tls)
        kept = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(kept, _Stays)
        self.token = ""

    def open(self, path: str) -> Answer:
        """Return the answer to a GET."""
        return self._asked(path, None)

    def send(self, path: str, **form: str) -> Answer:
        """Return the answer to a form of the page that was opened last."""
        told = {"csrfmiddlewaretoken": self.token, **form}
        return self._asked(path, urlencode(told).encode())

    def _asked(self, path: str, body: bytes | None) -> Answer:
        host = f"localhost:{self.site.env['PORT']}"
        told = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.address,
            "Origin": f"https://{host}",
            "Sec-Fetch-Site": "same-origin",
        }
        request = urllib.request.Request(f"http://{host}{path}", data=body, headers=told)
        try:
            response = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as other:
            response = other
        with response:
            text = response.read().decode("utf-8", "replace")
            headers = {name.lower(): value for name, value in response.headers.items()}
        if found := TOKEN.search(text):
            self.token = found[1]
        return Answer(response.status, headers, text)


def led_to(answer: Answer) -> str:
    """Return the path and query that an answer leads to."""
    parts = urlsplit(answer.headers.get("location", ""))
    return parts.path + (f"?{parts.query}" if parts.query else "")
