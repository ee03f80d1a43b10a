"""Text that a browser keeps until it is saved: the browser names it, and the desk says when it was saved.

What was typed never passes here. A form is sent with a token that the browser made up; a save notes the token in the
session, and the next page of the desk hands it back, so that the browser can let go of the text.
"""

from django.http import HttpRequest

TOKEN = "typed"  # noqa: S105  the name of a form's field
SAVED = "saved_typing"
LONGEST, MOST = 40, 20
UNKEPT = {"data-unkept": "yes"}  # for a widget whose content no browser is to keep


def note_saved(request: HttpRequest) -> None:
    """Remember that what was sent with this request is saved."""
    token = str(request.POST.get(TOKEN, ""))
    if 0 < len(token) <= LONGEST:
        request.session[SAVED] = [*request.session.get(SAVED, []), token][-MOST:]


def take_saved(request: HttpRequest) -> str:
    """The tokens of what was saved since the last page, for this page to tell the browser."""
    return " ".join(request.session.pop(SAVED, []))
