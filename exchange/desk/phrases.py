"""Django's own phrases that are translated anew: its Chinese sets a space around the name of a record."""

from django.utils.translation import gettext_noop

PHRASES = (
    gettext_noop("Add %s"),
    gettext_noop("Add another %(model)s"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Change %s"),
    gettext_noop("Select %s"),
    gettext_noop("Select %s to change"),
    gettext_noop("Select %s to view"),
    gettext_noop("View %s"),
)
