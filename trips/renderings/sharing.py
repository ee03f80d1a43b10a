"""What a reader may want to do with a page: pass it on, say that something is wrong, show it on another site.

All of it is plain links and text. Nothing is loaded from another host before somebody follows a link there.
"""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _

from trips.edition.reading import Reader
from trips.renderings.citation import path
from trips.renderings.facts import Facts
from trips.renderings.frame import Link, absolute, site_name

# Where people of the two languages pass things on; WeChat has no such address, and is reached by copying this one.
PLACES = {
    "en": (
        ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={address}"),
        ("LINE", "https://social-plugins.line.me/lineit/share?url={address}"),
        ("WhatsApp", "https://wa.me/?text={title}%20{address}"),
    ),
    "zh-hans": (
        ("微博", "https://service.weibo.com/share/share.php?url={address}&title={title}"),
        ("QQ", "https://connect.qq.com/widget/shareqq/index.html?url={address}&title={title}"),
        ("WhatsApp", "https://wa.me/?text={title}%20{address}"),
    ),
}
FRAME = (
    '<iframe src="{}" title="{}" width="320" height="420" loading="lazy" '
    'sandbox="allow-top-navigation-by-user-activation allow-popups"></iframe>'
)


def sharing(reader: Reader, edition: Facts) -> dict[str, Any]:
    """The context of ``trips/_sharing.html``. What was superseded is neither passed on nor shown elsewhere."""
    address = absolute(reader.language, f"trips/{reader.slug}/")
    return {
        "address": address,
        "places": [] if edition.superseded else _places(reader, address),
        "frame": "" if edition.superseded else FRAME.format(escape(f"{address}card/"), escape(str(reader.title))),
        "error": report_an_error(reader, edition),
    }


def _places(reader: Reader, address: str) -> list[Link]:
    words = {"address": quote(address, safe=""), "title": quote(str(reader.title), safe="")}
    mail = Link(_("Mail"), mail_to("", str(reader.title), f"{reader.title}\n{address}"))
    return [mail, *(Link(name, pattern.format(**words)) for name, pattern in PLACES[reader.language])]


def report_an_error(reader: Reader, edition: Facts) -> str:
    """The address of a mail to whoever answers for the site, which names the edition; empty where nobody is named."""
    if not settings.CONTACT_EMAIL:
        return ""
    facts = {"title": reader.title, "number": edition.number, "site": site_name()}
    subject = _("Error in “%(title)s”, edition %(number)d") % facts
    lines = [
        _("On %(site)s I found an error in “%(title)s”, edition %(number)d:") % facts,
        absolute(reader.language, path(reader, edition.number)),
        "",
        _("What is wrong, and what would be right:"),
        "",
    ]
    return mail_to(settings.CONTACT_EMAIL, subject, "\n".join(lines))


def mail_to(recipient: str, subject: str, body: str) -> str:
    """A ``mailto:`` address (RFC 6068) of which every sign arrives, Chinese ones and line ends too."""
    lines = "\r\n".join(body.split("\n"))
    subject = " ".join(subject.split())
    return f"mailto:{quote(recipient, safe='@')}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
