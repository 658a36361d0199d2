"""Pages for everybody: the catalogue, the meetings to come, the programmes. No cookie, no name."""

from cohorts.views.public.courses import course, courses
from cohorts.views.public.meetings import meetings
from cohorts.views.public.programmes import programme, programmes, programmes_closed

__all__ = ["course", "courses", "meetings", "programme", "programmes", "programmes_closed"]
