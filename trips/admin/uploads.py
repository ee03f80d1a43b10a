"""Files that come in through the desk's forms: pictures, several at once, and documents."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exchange.lib.images import clean_upload

MEGABYTE = 1024 * 1024
LARGEST = 15 * MEGABYTE
MOST = 20
PDF = b"%PDF-"


class PicturesInput(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several pictures; the value is a list of files made anew, without what the camera wrote into them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = PicturesInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
        super().__init__(**{"required": False, "widget": widget, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MOST:
            raise ValidationError(_("At most %d pictures at once.") % MOST)
        return [_picture(file) for file in files]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


def _picture(file: Any) -> Any:
    """The cleaned picture, or an error that names the file."""
    try:
        return clean_upload(file)
    except ValidationError as error:
        raise ValidationError([f"{file.name}: {message}" for message in error.messages]) from error


def check_pdf(file: Any) -> None:
    """Refuse a new file that is too large or is no PDF, whatever its name says."""
    if file.size > LARGEST:
        raise ValidationError(_("The file is larger than 15 MB."))
    file.seek(0)
    if file.read(len(PDF)) != PDF:
        raise ValidationError(_("This is not a PDF file."))
    file.seek(0)
