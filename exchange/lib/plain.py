"""Text that strangers type: words and line ends, and nothing that acts on the text around it."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Control characters but tab and line feed, and the marks that turn the direction of what follows.
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # by XML and by calendars


def plain(text: str) -> str:
    """The text as every program can read it, without the characters that stand for nothing."""
    return FORBIDDEN.sub("", text)


def check_plain(text: str) -> None:
    """Refuse what is not to be seen on paper and changes how the rest is seen."""
    if ACTING.search(text):
        raise ValidationError(_("There are characters in it that cannot be shown. Type the text again."))


def check_one_line(text: str) -> None:
    """The same for a name: no line ends either."""
    check_plain(text)
    if "\n" in text or "\t" in text:
        raise ValidationError(_("Write this on one line."))
