"""The desk's pages of history: what was done to a record, what each version says, the way back to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange import audit
from exchange.desk import Desk, moments
from exchange.desk.words import at_minute
from exchange.models import AuditEntry, Version
from exchange.removals import Removals
from exchange.versions.comparing import compare, in_short
from exchange.versions.keeping import chosen_in, deleted, keep, keep_first, of
from exchange.versions.restoring import Irretrievable, restore
from exchange.versions.trees import Tree, fingerprint, snapshot, tree_of

PER_PAGE = 20
ACTS = {
    "add": gettext_lazy("entered"),
    "change": gettext_lazy("saved"),
    "delete": gettext_lazy("deleted"),
    "found": gettext_lazy("as it stood before"),
    "merge": gettext_lazy("merged records"),
    "unmerge": gettext_lazy("undid a merge"),
    "rename": gettext_lazy("recorded a new name"),
    "restore": gettext_lazy("went back to an earlier version"),
    "recover": gettext_lazy("recovered"),
}


TOLD_BY_VERSIONS = ("restored", "recovered")


class Versioned(Removals, Desk):
    """For a ModelAdmin: keeps a version with every save, and has pages to read, restore and recover them."""

    # Keeping: in the transaction of the act

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        record = super().get_object(request, object_id, from_field)
        if record and request.method == "POST":
            keep_first(self.model, record.pk)
        return record

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        entry = super().log_addition(request, obj, message)
        keep(obj, by=request.user, act="add")
        return entry

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        entry = super().log_change(request, obj, message)
        keep(obj, by=request.user)
        return entry

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for record in queryset:
            keep(record, by=request.user, act="delete")
        return super().log_deletions(request, queryset)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with self._kept_with(request, [obj]):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic(), self._kept_with(request, list(queryset)):
            super().delete_queryset(request, queryset)

    def response_action(self, request: HttpRequest, queryset: Any) -> Any:
        """What an action does to several records and what is kept of it are one transaction."""
        with transaction.atomic():
            return super().response_action(request, queryset)

    @contextmanager
    def _kept_with(self, request: HttpRequest, records: list[Any]) -> Iterator[None]:
        """Versions of the records that those which are deleted are taken off, before and after."""
        chosen = [one for record in records for one in chosen_in(record)]
        for one in chosen:
            keep_first(type(one), one.pk)
        yield
        for one in chosen:
            keep(one, by=request.user)

    # Pages

    def get_urls(self) -> list[Any]:
        guard, opts = self.admin_site.admin_view, self.opts
        pages = (
            ("<int:pk>/history/<int:number>/", self.version_view, "version"),
            ("deleted/", self.deleted_view, "deleted"),
            ("deleted/<int:number>/", self.recover_view, "recover"),
        )
        own = [path(tail, guard(view), name=f"{opts.app_label}_{opts.model_name}_{name}") for tail, view, name in pages]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        way = {"deleted_url": self._version_url("deleted")} if self._may_recover(request) else {}
        return super().changelist_view(request, way | (extra_context or {}))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Saves and acts in one list, latest first."""
        record = self._versioned(request, object_id)
        trail = audit.trail(record).exclude(verb__in=TOLD_BY_VERSIONS)
        saves = of(self.model, record.pk)
        both = trail.order_by().values_list("at", "pk", Value("act"))
        both = both.union(saves.order_by().values_list("at", "pk", Value("save")), all=True).order_by("-at", "-pk")
        page = Paginator(both, PER_PAGE).get_page(request.GET.get("p"))
        acts = trail.in_bulk([pk for _at, pk, what in page if what == "act"])
        kept = saves.defer("document").in_bulk([pk for _at, pk, what in page if what == "save"])
        lines = [_act(acts[pk]) if what == "act" else self._saved(request, record, kept[pk]) for _at, pk, what in page]
        context = {"object": record, "lines": lines, "page": page, "title": _("History: %s") % record}
        return self._history_page(request, "admin/desk/history.html", context | (extra_context or {}))

    def version_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """What changed with a version, and what going back to it would change."""
        record = self._versioned(request, str(pk))
        version = of(self.model, pk).filter(pk=number).first()
        if version is None:
            raise Http404
        may = self.has_change_permission(request, record)
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            if self._went_back(request, version, request.POST.get("seen", "")):
                return redirect(self._version_url("change", pk))
        tree, hidden = tree_of(self.model), self._hidden(request)
        stands = snapshot(self.model, pk) or {}
        before = of(self.model, pk).filter(pk__lt=number).first()
        context = {
            "version": version,
            "what": ACTS[version.act],
            "said": _said(tree, version, hidden),
            "before": before,
            "changed": compare(tree, before.content, version.content, hidden=hidden) if before else [],
            "would": compare(tree, stands, version.content, hidden=hidden),
            "seen": fingerprint(tree, stands),
            "obstacle": self.obstacle(record, version),
            "may": may,
            "object": record,
            "title": _("Version of %s") % f"{record}",
        }
        return self._history_page(request, "admin/desk/version.html", context)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """What was deleted and can be had again."""
        if not self._may_recover(request):
            raise PermissionDenied
        page = Paginator(self._recoverable(request), PER_PAGE).get_page(request.GET.get("p"))
        lines = [{"version": one, "href": self._version_url("recover", one.pk)} for one in page]
        title = _("Deleted: %s") % self.opts.verbose_name_plural
        return self._history_page(request, "admin/desk/deleted.html", {"lines": lines, "page": page, "title": title})

    def recover_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """A deleted record as it stood last, and the way to have it again with all its rows."""
        if not self._may_recover(request):
            raise PermissionDenied
        version = next((one for one in self._recoverable(request) if one.pk == number), None)
        if version is None:
            raise Http404
        if request.method == "POST" and self._went_back(request, version):
            return redirect(self._version_url("change", version.record))
        context = {
            "version": version,
            "what": ACTS["delete"],
            "would": compare(tree_of(self.model), {}, version.content, hidden=self._hidden(request)),
            "may": True,
            "title": _("Recover %s") % version.label,
        }
        return self._history_page(request, "admin/desk/version.html", context)

    # For the admin of a model to say

    def may_recover(self, request: HttpRequest, version: Version) -> bool:
        """True where this person may know of the deleted record."""
        return True

    def obstacle(self, record: Any, version: Version) -> str:
        """What must be done before the record can go back to the version, as a sentence; empty where nothing must."""
        return ""

    def after_restore(self, request: HttpRequest, record: Any) -> None:
        """What follows from a record being restored, in the same transaction."""

    # Their parts

    def _versioned(self, request: HttpRequest, object_id: str) -> Any:
        record = super().get_object(request, object_id)
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return record

    def _may_recover(self, request: HttpRequest) -> bool:
        """Who may delete may recover: both reach every record of the section."""
        return self.has_delete_permission(request) and self.has_add_permission(request)

    def _recoverable(self, request: HttpRequest) -> list[Version]:
        return [one for one in deleted(self.model) if self.may_recover(request, one)]

    def _hidden(self, request: HttpRequest) -> frozenset[str]:
        """The kinds of rows, by name, that this person may not see."""
        return self._lacking(request, "view")

    def _lacking(self, request: HttpRequest, *verbs: str) -> frozenset[str]:
        """The kinds of rows, by name, for which this person lacks one of these rights."""
        return frozenset(
            str(kind._meta.model_name)
            for kind in tree_of(self.model).kinds[1:]
            if not all(request.user.has_perm(f"{kind._meta.app_label}.{one}_{kind._meta.model_name}") for one in verbs)
        )

    def _went_back(self, request: HttpRequest, version: Version, seen: str | None = None) -> bool:
        """True when it was restored; what is in the way is told."""
        kept = self._lacking(request, "add", "change", "delete")
        try:
            record = self.model._base_manager.filter(pk=version.record).first()
            if record and (obstacle := self.obstacle(record, version)):
                raise Irretrievable(obstacle)
            follow = partial(self.after_restore, request)
            told = restore(version, self.model, by=request.user, seen=seen, kept=kept, follow=follow)
        except Irretrievable as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return False
        for one in told:
            self.message_user(request, one, messages.WARNING)
        words = _("It stands again as it did then. Published editions are as they were.")
        self.message_user(request, words, messages.SUCCESS)
        return True

    def _saved(self, request: HttpRequest, record: Any, version: Version) -> dict[str, Any]:
        return {
            "entry": version,
            "what": ACTS[version.act],
            "said": _said(tree_of(self.model), version, self._hidden(request)),
            "href": self._version_url("version", record.pk, version.pk),
        }

    def _version_url(self, name: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _history_page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**frame, **context}, headers={"Cache-Control": "no-store"})


def _act(entry: AuditEntry) -> dict[str, Any]:
    said = "\n".join(words for words in (_about(entry), entry.comment) if words)
    return {"entry": entry, "what": audit.deed(entry.verb), "said": said, "is_act": True}


def _about(entry: AuditEntry) -> str:
    """Which edition an act was about, and when that becomes public."""
    times = {name: moments.brief(moment, zone) for name, moment, zone in moments.recorded(entry.details)}
    first, last = (entry.details.get(name) for name in ("first", "last"))
    if first and last:
        return _("Edition %s") % first if first == last else _("Editions %(first)s to %(last)s") % entry.details
    if "edition" not in entry.details:
        return ""
    if "public_from" not in times:
        return _("Edition %s") % entry.details["edition"]
    words = _("Edition %(number)s, public from %(when)s")
    return words % {"number": entry.details["edition"], "when": times["public_from"]}


def _said(tree: Tree, version: Version, hidden: frozenset[str]) -> str:
    """What a version changed, in one line and in the reader's language."""
    if version.went_to:
        return _("to the version of %s") % at_minute(version.went_to)
    return in_short(tree, version.outline, hidden)
