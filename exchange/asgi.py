"""The application for an ASGI server. The shipped server uses exchange.wsgi, which is faster for this site."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings")

application = get_asgi_application()
