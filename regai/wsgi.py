"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

# What is made while the site is imported stays: looking through it for what may go takes a fifth
# of the start, and of each later look.
gc.disable()

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regai.settings")

application = get_wsgi_application()
# Every view is imported now, so that the first reader of a new worker does not wait for it.
_ = get_resolver().url_patterns
gc.freeze()
gc.enable()
