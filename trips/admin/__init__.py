"""The record on the desk."""

from trips.admin import edition, theme, trip

__all__ = ["edition", "theme", "trip"]
