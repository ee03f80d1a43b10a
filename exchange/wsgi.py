"""The application as a WSGI server runs it: Django, in UTF-8, with a limit on bodies, behind trusted proxies."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def limit_bodies(application: Application, limit: int) -> Application:
    """Answer 413 before a body larger than ``limit`` bytes is read. A body of undeclared length is never read."""

    def limited(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdecimal() and len(length) < 20 and int(length) <= limit:
            return application(environ, start_response)
        start_response("413 Content Too Large", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"This request is larger than the site accepts.\n"]

    return limited


def ignore_charsets(application: Application) -> Application:
    """Every text is UTF-8. A request that says otherwise would be decoded, or fail to be, by what it names."""

    def ignoring(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        parts = environ.get("CONTENT_TYPE", "").split(";")
        environ["CONTENT_TYPE"] = ";".join(one for one in parts if not one.strip().lower().startswith("charset"))
        return application(environ, start_response)

    return ignoring


def build() -> Application:
    """Django first: the settings it loads say the rest."""
    django = get_wsgi_application()
    from django.conf import settings

    built = limit_bodies(ignore_charsets(django), settings.BODY_LIMIT)
    if settings.TRUSTED_PROXIES:
        from granian.utils.proxies import wrap_wsgi_with_proxy_headers

        built = wrap_wsgi_with_proxy_headers(built, settings.TRUSTED_PROXIES)
    return built


application = build()
