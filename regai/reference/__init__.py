"""Data that the product ships with, and how it gets into the tables (README.md says from where)."""

from regai.reference.loading import load

__all__ = ["load"]
