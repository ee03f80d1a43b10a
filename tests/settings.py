"""The site's own settings, in a folder that is thrown away, with what makes tests quick and strict."""

import os
import tempfile
from pathlib import Path

SCRATCH = tempfile.TemporaryDirectory(prefix="exchange-tests-")  # removed when this process ends
FOLDER = Path(SCRATCH.name)
(FOLDER / "static").mkdir()

os.environ["EXCHANGE_ENV"] = os.devnull  # never a developer's own configuration
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER}/site.sqlite3")
os.environ |= {
    "SECRET_KEY": "only-for-tests-" + "x" * 50,
    "SITE_URL": "http://testserver",
    "MEDIA_ROOT": str(FOLDER / "media"),
    "STATIC_ROOT": str(FOLDER / "static"),
    "EMAIL_URL": "memorymail://",
    "DEBUG": "0",
}
for name in (
    "ALLOWED_HOSTS",
    "TRUSTED_PROXIES",
    "CACHE_URL",
    "SITE_NAME",
    "DEFAULT_FROM_EMAIL",
    "CONTACT_EMAIL",
    "DATA_LICENCE",
    "SECURITY_CONTACT",
):
    os.environ.pop(name, None)

from exchange.settings import *  # noqa: E402
from exchange.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser's server and races use connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# A request that asks the database once per row fails its test.
INSTALLED_APPS += ["zeal"]
MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
ZEAL_RAISE = True
ZEAL_ALLOWLIST = [
    {"model": "trips.Trip", "field": "get()"},  # two verbs in a row each lock their trip
    {"model": "sessions.Session", "field": "get()"},  # Django's way to sign out reads the session twice
]
