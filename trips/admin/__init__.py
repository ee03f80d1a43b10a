"""The record on the desk."""

from trips.admin import edition, plain_page, theme, trip

__all__ = ["edition", "plain_page", "theme", "trip"]
