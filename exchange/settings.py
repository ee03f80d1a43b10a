"""Settings, read from the environment and from var/exchange.env. docs/deploy.md explains every variable."""

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from exchange.lib import languages
from exchange.sqlite import init_command

BASE_DIR = Path(__file__).resolve().parent.parent

# The file that `manage.py up` writes. What stands in the environment wins over it.
environ.Env.read_env(os.environ.get("EXCHANGE_ENV") or str(BASE_DIR / "var" / "exchange.env"))
env = environ.Env()


# Helpers: each gives one typed value or says what to set


def require(*names: str) -> None:
    missing = [name for name in names if not os.environ.get(name, "").strip()]
    if missing:
        raise ImproperlyConfigured(
            f"Not configured: {', '.join(missing)}. Set {'it' if len(missing) == 1 else 'them'} in the environment, "
            "or run `python3 manage.py up` once, which writes var/exchange.env. docs/deploy.md explains each."
        )


def site_address(value: str) -> SplitResult:
    address = urlsplit(value.rstrip("/"))
    extra = address.path or address.query or address.fragment or address.username
    if address.scheme not in ("http", "https") or not address.hostname or extra:
        raise ImproperlyConfigured(
            f"SITE_URL is {value!r}. It must be a scheme and a host, like https://exchange.example.org"
        )
    return address


def folder(name: str, default: str) -> Path:
    return BASE_DIR / env.str(name, default=default)


def database() -> dict[str, Any]:
    config = env.db_url("DATABASE_URL")
    config["CONN_MAX_AGE"] = 60
    config["CONN_HEALTH_CHECKS"] = True
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"].endswith(".sqlite3"):
        if config["NAME"] != ":memory:":
            config["NAME"] = str(BASE_DIR / config["NAME"])
        # A write transaction takes its lock at once: no two of them wait for each other and fail.
        options.update(transaction_mode="IMMEDIATE", timeout=20)
        options["init_command"] = init_command(sqlite3.sqlite_version_info)
    elif config["ENGINE"].endswith(".postgresql"):
        options.setdefault("connect_timeout", 2)
    else:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// or sqlite:///")
    return config


def cache() -> dict[str, Any]:
    config = env.cache_url("CACHE_URL", default="locmemcache://")
    if not config["BACKEND"].endswith(("LocMemCache", "DummyCache")):
        # Shared caches store pickles: who can write to such a store can run code here.
        raise ImproperlyConfigured("CACHE_URL must be locmemcache:// or dummycache://")
    return config


# The site

require("SECRET_KEY", "DATABASE_URL", "SITE_URL")

SECRET_KEY = env.str("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
SITE = site_address(env.str("SITE_URL"))
SITE_URL = SITE.geturl()
SITE_NAME = env.str("SITE_NAME", default="Exchange")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")  # whom readers tell of an error; empty: no page says whom
HTTPS = SITE.scheme == "https"
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
HOST = f"[{SITE.hostname}]" if ":" in (SITE.hostname or "") else SITE.hostname
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK if HOST in LOOPBACK else [HOST])
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

ROOT_URLCONF = "exchange.urls"
WSGI_APPLICATION = "exchange.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "exchange.apps.ExchangeConfig",
    "institutions",
    "trips",
    "exchange.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_prose_editor",
    "csp",
]

MIDDLEWARE = [
    "exchange.middleware.Guests",  # first: it sees every answer
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "exchange.middleware.Cookieless",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "exchange.middleware.Language",
    "exchange.middleware.Linked",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # No compression here: on pages that carry a form's token it would let an attacker guess the token.
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "exchange.middleware.Outage",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # For the desk. They are lazy: a public page that does not ask who is reading opens no session.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Storage

DATABASES = {"default": database()}
CACHES = {"default": cache()}

MEDIA_ROOT = folder("MEDIA_ROOT", "var/media")
MEDIA_URL = "/media/"
STATIC_ROOT = folder("STATIC_ROOT", "var/static")
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

MEGABYTE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * MEGABYTE  # a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a trip with hundreds of rows is one form
DATA_UPLOAD_MAX_NUMBER_FILES = 200  # browsers send a part for every file field, also for those left empty
BODY_LIMIT = 400 * MEGABYTE  # 20 photos and 5 documents of 15 MB, and their form; exchange.wsgi keeps it

# Languages and time. Content has exactly two languages; the desk may be given more.

LANGUAGE_CODE = "en"
LANGUAGES = list(languages.NAMES.items())
CONTENT_LANGUAGES = languages.CODES
LOCALE_PATHS = [BASE_DIR / "exchange" / "locale"]
FORMAT_MODULE_PATH = ["exchange.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Signing in

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # the mail of an invitation says three days

# Cookies. The prefix lets browsers refuse such a cookie from a neighbouring host or over plain HTTP.

PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{PREFIX}session"
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # links in mails lead to the desk
CSRF_COOKIE_NAME = f"{PREFIX}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
LANGUAGE_COOKIE_NAME = f"{PREFIX}language"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by probes that speak to this server directly
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The rich text editor adds one style element; ours is in place before it, empty, and this is its hash.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, EMPTY_STYLE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
UNUSED_FEATURES = (
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media geolocation gyroscope hid "
    "idle-detection magnetometer microphone midi payment serial usb xr-spatial-tracking"
)
PERMISSIONS_POLICY: dict[str, list[str]] = {feature: [] for feature in UNUSED_FEATURES.split()}

# The desk

FOUR_EYES = env.bool("FOUR_EYES", default=False)  # whoever made the last change does not publish it

# What the public site tells of itself. Empty: it says nothing.

DATA_LICENCE = env.str("DATA_LICENCE", default="")  # of the open data: an address, else a name
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")  # who is told of a weakness: an address, else a mailbox

# Mail

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"exchange@{SITE.hostname}")

# Logs: to standard error. What a visitor got wrong (4xx) is not worth a line.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "exchange.log.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
    },
}
