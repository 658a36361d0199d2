"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regai.settings")

application = get_wsgi_application()
# Every view is imported now, so that the first reader of a new worker does not wait for it.
_ = get_resolver().url_patterns
