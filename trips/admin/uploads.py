"""Files that come in through the desk's forms: pictures, several at once, and documents."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exchange.lib.images import MEGABYTES, clean_upload

MEGABYTE = 1024 * 1024
LARGEST = 15 * MEGABYTE
MOST = 20
TOGETHER = settings.BODY_LIMIT - settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # what is left for the files of a form
PDF = b"%PDF-"
TOO_MANY = _("At most %d pictures at once.")


class PicturesInput(forms.FileInput):
    """Tells the browser the limits and what to say, for a form that is too large is refused before we can answer it."""

    allow_multiple_selected = True

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        together = _("The files of this form are larger than %d MB together. Save some of them first.")
        return {
            **super().build_attrs(*args, **kwargs),
            "data-most": MOST,
            "data-too-many": TOO_MANY % MOST,
            "data-largest": MEGABYTES * MEGABYTE,
            "data-too-large": _("This picture is larger than %d MB. Choose a smaller one.") % MEGABYTES,
            "data-together": TOGETHER,
            "data-too-much": together % (TOGETHER // MEGABYTE),
        }


class PicturesField(forms.FileField):
    """Several pictures; the value is a list of files made anew, without what the camera wrote into them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = PicturesInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
        super().__init__(**{"required": False, "widget": widget, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MOST:
            raise ValidationError(TOO_MANY % MOST)
        return [_picture(file) for file in files]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


def decode(files: list[Any]) -> None:
    """Clean pictures before the transaction that saves them: it takes seconds, and nobody else could save meanwhile."""
    for file in files[:MOST]:
        file.cleaned = _outcome(file)


def _picture(file: Any) -> Any:
    """The cleaned picture, or an error that names the file."""
    outcome = getattr(file, "cleaned", None) or _outcome(file)
    if isinstance(outcome, ValidationError):
        raise outcome
    outcome.seek(0)
    return outcome


def _outcome(file: Any) -> Any:
    try:
        return clean_upload(file)
    except ValidationError as error:
        return ValidationError([f"{file.name}: {message}" for message in error.messages])


def check_pdf(file: Any) -> None:
    """Refuse a new file that is too large or is no PDF, whatever its name says."""
    if file.size > LARGEST:
        raise ValidationError(_("The file is larger than 15 MB."))
    file.seek(0)
    if file.read(len(PDF)) != PDF:
        raise ValidationError(_("This is not a PDF file."))
    file.seek(0)
