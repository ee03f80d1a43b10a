"""Photos, documents and links."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from exchange.lib.html import is_web_address
from exchange.lib.languages import CODES, column
from trips.models import Photo
from trips.readiness.contact import MAIL_LINK
from trips.readiness.finding import LANGUAGES, Both, Finding, Level, Listed, both, found
from trips.readiness.prose import Passage, links
from trips.readiness.record import Record, own_trip

DESK = "/admin/"


def described(record: Record) -> Iterator[Finding]:
    """A photo to be shown without a text for those who cannot see it."""
    wording = _("The photo “%(photo)s” has no alternative text in %(languages)s. Say what is to be seen.")
    for photo in _shown(record):
        missing = [code for code, text in both(photo, "alt").by_language.items() if not text]
        if missing:
            place = {"relation": "photos", "row": photo.pk}
            names = {"photo": _called(photo), "languages": Listed(LANGUAGES[code] for code in missing)}
            yield found("photo-alt", Level.WARN, wording, "photos", column("alt", missing[0]), **place, **names)


def credited(record: Record) -> Iterator[Finding]:
    """A photo to be shown of which nobody is named as the maker."""
    wording = _("The photo “%(photo)s” has no credit. Name who took it.")
    for photo in _shown(record):
        if not any(both(photo, "credit")):
            place = {"relation": "photos", "row": photo.pk}
            field = column("credit", CODES[0])
            yield found("photo-credit", Level.WARN, wording, "photos", field, **place, photo=_called(photo))


def held_back(record: Record) -> Iterator[Finding]:
    """Photos without a basis for showing them."""
    wording = _("Photos that stay hidden, because no basis for showing them is recorded: %(count)s.")
    held = [one for one in record.trip.photos.all() if not one.consent] if record.full else []
    if held:
        place = {"relation": "photos", "row": held[0].pk}
        yield found("photo-hidden", Level.NOTE, wording, "photos", "consent", **place, count=len(held))


def documents(record: Record) -> Iterator[Finding]:
    """A public document of which there is no file."""
    wording = _("The document “%(title)s” is marked public and has no file. Add the file, or take the mark away.")
    for one in record.trip.documents.all():
        if one.public and not one.file:
            place = {"relation": "documents", "row": one.pk}
            yield found("document-file", Level.BLOCK, wording, "documents", "file", **place, title=both(one, "title"))


def broken_links(record: Record) -> Iterator[Finding]:
    """A link that leads nowhere, or to what no public page may lead to."""
    empty = _("The link “%(words)s” leads nowhere. Give it an address, or remove the link.")
    unsafe = _("The link “%(words)s” leads to %(address)s. A link needs a full address with https:// or http://.")
    for passage, address, words in _links(record):
        if not address:
            yield passage.found("link-empty", Level.BLOCK, empty, words=words)
        elif not is_web_address(address) and not MAIL_LINK.match(address):
            yield passage.found("link-unsafe", Level.BLOCK, unsafe, words=words, address=address)
    for item in record.trip.coverage.all() if record.full else ():
        if item.link and not is_web_address(item.link):
            place = {"relation": "coverage", "row": item.pk}
            names = {"words": str(record.name(item.outlet_id).en), "address": item.link}
            yield found("link-unsafe", Level.BLOCK, unsafe, "coverage", "link", **place, **names)


def hidden_pages(record: Record) -> Iterator[Finding]:
    """A link to a page of this site that the public cannot open."""
    wording = _(
        "The link “%(words)s” leads to %(address)s, a page that is not public. Remove the link or publish first."
    )
    for passage, address, words in _links(record):
        slug = own_trip(address)
        if slug not in {"", *record.public_slugs} or _is_desk(address):
            yield passage.found("link-not-public", Level.WARN, wording, words=words, address=address)


def _shown(record: Record) -> list[Photo]:
    return [one for one in record.trip.photos.all() if one.consent] if record.full else []


def _called(photo: Photo) -> Both | str:
    """How a sentence names a photo: by its caption, its description, or its identifier."""
    return next((text for text in (both(photo, "caption"), both(photo, "alt")) if any(text)), str(photo.uid))


def _links(record: Record) -> Iterator[tuple[Passage, str, str]]:
    for passage in record.passages:
        if passage.field.endswith("-body"):
            for address, words in links(passage.words):
                yield passage, address, words


def _is_desk(address: str) -> bool:
    if not is_web_address(address):
        return False
    parts = urlsplit(address)
    return parts.netloc == urlsplit(settings.SITE_URL).netloc and parts.path.startswith(DESK)
