"""The audit trail in words: an act as a word, as a sentence, and what is known about it beside."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange import audit
from exchange.desk.moments import brief, marked, recorded
from exchange.desk.words import day, language
from exchange.lib.bilingual import listed
from exchange.models import AuditEntry
from trips.choices import TripState

SENTENCES = {
    "submit": _("{who} submitted {record} for review"),
    "check": _("{who} checked what was submitted of {record}"),
    "send_back": _("{who} sent {record} back"),
    "approve": _("{who} approved {record}"),
    "publish": _("{who} published edition {edition} of {record}"),
    "schedule": _("{who} scheduled edition {edition} of {record} for {time}"),
    "move": _("{who} moved edition {former} of {record}, now edition {edition}, to {time}"),
    "withdraw": _("{who} withdrew editions {first} to {last} of {record}"),
    "checked": _("{who} marked {record} as checked"),
    "restored": _("{who} went back to an earlier version of {record}"),
    "recovered": _("{who} recovered {record}"),
    "merge": _("{who} merged {other} into {record}"),
    "unmerge": _("{who} took {other} out of {record} again"),
    "told_apart": _("{who} said that {record} and another record are not the same"),
    "doubted": _("{who} took back that {record} and another record are not the same"),
    "renamed": _("{who} recorded a new name of {record}"),
    "link_made": _("{who} made a review link for {record}"),
    "link_revoked": _("{who} ended a review link for {record}"),
    "remarked": _("{who} remarked on {record}"),
    "agreed": _("{who} agreed to {record}"),
    "remark_done": _("{who} settled a remark on {record}"),
    "remark_reopened": _("{who} reopened a remark on {record}"),
    "deleted": _("{who} deleted {record}"),
    "account_made": _("{who} made the account {record}"),
    "invited": _("{who} invited {record}"),
    "roles_changed": _("{who} changed what {record} may do"),
    "account_closed": _("{who} closed the account {record}"),
    "account_opened": _("{who} opened the account {record} again"),
    "password_set": _("{who} set a new password for {record}"),
    "rights_changed": _("{who} changed what the role {record} may do"),
    "audit_exported": _("{who} exported the audit trail"),
    "exported": _("{who} exported a list"),
}
WITHDREW_ONE = _("{who} withdrew edition {first} of {record}")
OTHER = _("{who}: {deed}, {record}")
RIGHTS = {"staff": _("may open the desk"), "superuser": _("every right")}
FACTS = {
    "before": _("before"),
    "after": _("after"),
    "added": _("added"),
    "removed": _("taken away"),
    "edition": _("edition"),
    "former": _("former edition"),
    "first": _("first edition"),
    "last": _("last edition"),
    "reason_zh_hans": _("reason, Chinese"),
    "public_from": _("public from"),
    "public_until": _("public until"),
    "time_zone": _("time zone"),
    "digest": _("digest"),
    "role": _("role"),
    "filters": _("filters"),
    "entries": _("entries"),
    "changes": _("changed places"),
    "loser": _("merged record"),
    "merge": _("audit entry"),
    "other": _("the other record"),
    "renamed_on": _("renamed on"),
    "source": _("source"),
    "kept": _("left as it is"),
    "link": _("review link"),
    "for_whom": _("for whom"),
    "until": _("can be opened until"),
    "section": _("section"),
    "remark": _("remark"),
    "version": _("version"),
    "agreement": _("agreement"),
}
ROWS = {"merge": ("changes", "removed", "added")}  # details that are rows of the database
SHORT = 8  # characters of a digest in the list


def deed(entry: AuditEntry) -> str:
    """What was done, as a word."""
    return audit.deed(entry.verb)


def who(entry: AuditEntry) -> str:
    """The person; one without an account with the office that the link was made for."""
    office = entry.details.get("for_whom") if entry.by_id is None and entry.verb in ("remarked", "agreed") else ""
    return f"{entry.by_name} ({office})" if office else entry.by_name or gettext("A command")


def kind(model: str) -> str:
    """What kind of record it is; the name in code where there is no such kind any more."""
    try:
        return capfirst(str(apps.get_model(model)._meta.verbose_name))
    except (LookupError, ValueError):
        return model


def sentence(entry: AuditEntry, href: str = "") -> SafeString:
    """Who did what to which record; the record is a link where there is an address."""
    known = dict.fromkeys(("edition", "former", "first", "last"), "?") | entry.details
    numbers = {name: known[name] for name in ("edition", "former", "first", "last")}
    words = SENTENCES.get(entry.verb, OTHER)
    if entry.verb == "withdraw" and numbers["first"] == numbers["last"]:
        words = WITHDREW_ONE
    record = format_html('<a href="{}">{}</a>', href, entry.label) if href else format_html("<b>{}</b>", entry.label)
    return format_html(
        str(words),
        who=format_html("<b>{}</b>", who(entry)),
        record=record,
        deed=deed(entry),
        time=_begins(entry),
        other=_other(entry),
        **numbers,
    )


def _other(entry: AuditEntry) -> SafeString:
    """The record that was merged into this one."""
    gone = entry.details.get("loser") or entry.details.get("other") or {}
    label = gone.get("label") if isinstance(gone, dict) else gone
    return format_html("<b>{}</b>", label or gettext("another record"))


def _begins(entry: AuditEntry) -> str:
    """When what was published begins, in the zone in which that was said."""
    told = {name: brief(moment, zone) for name, moment, zone in recorded(entry.details)}
    return told.get("public_from", "?")


def difference(entry: AuditEntry) -> str:
    """The old and the new value, where the act changed one; the beginning of the digest, where it was about a text."""
    before, after = entry.details.get("before"), entry.details.get("after")
    if isinstance(after, list):
        return f"{_value('before', before or [])} → {_value('after', after)}"
    changes = [f"{sign} {_value(name, entry.details[name])}" for name, sign in (("added", "+"), ("removed", "−"))
               if entry.details.get(name) and name not in ROWS.get(entry.verb, ())]  # fmt: skip
    digest = str(entry.details.get("digest") or "")[:SHORT]
    return " · ".join(changes) or (f"{gettext('digest')} {digest}" if digest else "")


def facts(entry: AuditEntry) -> SafeString:
    """Everything that is known beside, a line each, in words."""
    times = {name: marked(moment, zone) for name, moment, zone in recorded(entry.details)}
    lines = ((capfirst(str(FACTS.get(name, name))), times.get(name) or _value(name, value))
             for name, value in _told(entry) if value not in (None, ""))  # fmt: skip
    return format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", lines)


def in_words(entry: AuditEntry) -> str:
    """Everything that is known beside, in one line."""
    told = ((FACTS.get(name, name), _value(name, value)) for name, value in _told(entry) if value not in (None, ""))
    return "; ".join(f"{capfirst(str(name))}: {value}" for name, value in told)


def _told(entry: AuditEntry) -> Iterator[tuple[str, Any]]:
    """What is known beside; of rows that were noted so that a merge can be undone, how many."""
    for name, value in entry.details.items():
        if name in ROWS.get(entry.verb, ()):
            yield name, len(value)
        elif isinstance(value, dict) and "label" in value:
            yield name, value["label"]
        else:
            yield name, value


def moment(at: dt.datetime) -> str:
    """12 May 2026, 14:30:05 (Asia/Shanghai) · 06:30:05 UTC."""
    local, world = timezone.localtime(at), at.astimezone(dt.UTC)
    joint = " " if language() == "zh-hans" else ", "
    shown = f"{world:%H:%M:%S}" if world.date() == local.date() else f"{world:%Y-%m-%d %H:%M:%S}"
    return f"{day(at)}{joint}{local:%H:%M:%S} ({settings.TIME_ZONE}) · {shown} UTC"


def _value(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return listed((f"{key}: {one}" for key, one in value.items()), language()) or "—"
    if isinstance(value, list):
        return listed((str(RIGHTS.get(str(one)) or gettext(str(one))) for one in value if one), language()) or "—"
    if name == "before" and value in TripState.values:
        return capfirst(str(TripState(value).label))
    return str(value)
