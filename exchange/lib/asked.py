"""Which language a browser asks for."""

from django.http import HttpRequest
from django.utils.translation import get_language_from_request


def asked_for(accept_language: str) -> str:
    """The language of that header, of those the site has; whatever cookies say."""
    asked = HttpRequest()
    asked.META["HTTP_ACCEPT_LANGUAGE"] = accept_language
    return get_language_from_request(asked)
