"""Meetings planned and cohorts formed: pure engines with one door each."""

from cohorts.planning.forming import form_cohorts
from cohorts.planning.planner import plan_meetings

__all__ = ["form_cohorts", "plan_meetings"]
