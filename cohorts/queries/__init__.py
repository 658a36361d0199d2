"""Reads for pages and decisions, one file a reader."""

from cohorts.queries.programmes import current_programme

__all__ = ["current_programme"]
