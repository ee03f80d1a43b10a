"""What stands around every public page: names, navigation, addresses, and what it tells other programs."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exchange.lib.bilingual import TAGS, choose
from exchange.lib.languages import CODES, NAMES, other
from trips.choices import Place

MENU = (
    ("trips/", gettext_noop("Trips")),
    ("institutions/", gettext_noop("Institutions")),
    ("enterprises/", gettext_noop("Enterprises")),
    ("member-states/", gettext_noop("Member states")),
    ("organisers/", gettext_noop("Organisers")),
)
SEARCH = ("search/", gettext_noop("Search"))
FIGURES = ("figures/", gettext_noop("Figures"))
ALSO = (
    ("media-outlets/", gettext_noop("Media outlets")),
    ("cities/", gettext_noop("Cities")),
    ("themes/", gettext_noop("Themes")),
)
PAGES = "pages/"
UNNAMED = "Exchange"
LOCALES = {"en": "en_GB", "zh-hans": "zh_CN"}


class Link(NamedTuple):
    """A link; ``current`` is the value of ``aria-current``, or empty."""

    label: str
    href: str
    current: str = ""


class Staffed(NamedTuple):
    """A public page that staff write, and where it is linked."""

    slug: str
    titles: Mapping[str, str]
    place: str


_staffed: ContextVar[Iterable[Staffed]] = ContextVar("staffed", default=())


@contextmanager
def linking(pages: Iterable[Staffed]) -> Iterator[None]:
    """Within it every frame links these pages of staff. Who opens a door knows them; no page asks for them."""
    token = _staffed.set(pages)
    try:
        yield
    finally:
        _staffed.reset(token)


class Alternate(NamedTuple):
    """The same page in a language: its tag, its name for readers, its address."""

    tag: str
    name: str
    href: str


class Image(NamedTuple):
    """The picture that other sites show with a link to the page."""

    href: str
    width: int
    height: int
    alt: str


def frame(
    language: str,
    path: str,
    *,
    title: str = "",
    description: str = "",
    canonical: str = "",
    crumbs: tuple[Link, ...] = (),
    noindex: bool = False,
    demo: bool = False,
    image: Image | None = None,
) -> dict[str, Any]:
    """The context of ``base.html`` for the page at ``/{language}/{path}``.

    ``canonical`` is the path of the address to cite where that is another one. Call it under the page's language.
    """
    there = other(language)
    site = site_name()
    staffed = list(_staffed.get())
    in_menu = [one for one in staffed if one.place == Place.MENU]
    return {
        "language": language,
        "tag": TAGS[language],
        "site": site,
        "share_title": title or site,
        "page_title": f"{title} · {site}" if title else site,
        "description": description,
        "base": f"/{language}/",
        "menu": [
            *(_entry(language, path, *one) for one in (*MENU, FIGURES)),
            *(_written(language, path, one) for one in in_menu),
        ],
        "search": _entry(language, path, *SEARCH),
        "directory": [_entry(language, path, *one) for one in (*MENU[1:], *ALSO)],
        "staffed": [_written(language, path, one) for one in staffed],
        "switch": Alternate(TAGS[there], NAMES[there], f"/{there}/{path}"),
        "canonical": absolute(language, canonical or path),
        "alternates": [] if noindex else [Alternate(TAGS[one], "", absolute(one, path)) for one in CODES],
        "crumbs": crumbs,
        "noindex": noindex,
        "demo": demo,
        "locales": (LOCALES[language], LOCALES[there]),
        "image": image and image._replace(href=f"{settings.SITE_URL}{image.href}"),
    }


def rendered(template: str, context: dict[str, Any]) -> str:
    """The template as HTML, without the indentation that only its authors need."""
    return re.sub(r"\n\s+", "\n", render_to_string(template, context))


def site_name() -> str:
    """The name that the installation was given, else one that says what it shows."""
    return settings.SITE_NAME if settings.SITE_NAME != UNNAMED else _("ASEAN–China Exchange")


def absolute(language: str, path: str) -> str:
    """The full address of a public page."""
    return f"{settings.SITE_URL}/{language}/{path}"


def _written(language: str, path: str, page: Staffed) -> Link:
    own = f"{PAGES}{page.slug}/"
    return Link(choose(page.titles, language), f"/{language}/{own}", "page" if path == own else "")


def _entry(language: str, path: str, section: str, label: str) -> Link:
    current = "page" if path == section else "true" if path.startswith(section) else ""
    return Link(_(label), f"/{language}/{section}", current)
