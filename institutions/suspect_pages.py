"""The page of records that may be the same: two beside each other, to be merged or told apart."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exchange.desk.known import is_key
from exchange.desk.uses import totals
from institutions.matching import REASONS
from institutions.models import City, Distinction, Organisation
from institutions.models.sections import SECTIONS
from institutions.suspects import Pair, doubt, suspects, tell_apart

PER_PAGE = 20
LAST = 20  # pairs that were told apart, which are listed
BOOKS: dict[str, type[models.Model]] = {"organisations": Organisation, "cities": City}


class Side(NamedTuple):
    """One record of a pair: what it is called, where it is, what it is, what uses it."""

    record: Any
    label: str
    address: str
    facts: list[str]
    uses: str


class Suspected(NamedTuple):
    """A pair as it is shown; the address that merges them, where they can be merged."""

    book: str
    sides: tuple[Side, Side]
    why: str
    text: str
    merge: str


class Suspecting:
    """For the admin in which organisations of every section are known."""

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [
            path("suspects/", guard(self.suspects_view), name="institutions_organisation_suspects"),
            path("apart/", guard(require_POST(self.apart_view)), name="institutions_organisation_apart"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def suspects_view(self, request: HttpRequest) -> HttpResponse:
        """Organisations first, then cities; the strongest reasons first."""
        self._only_for_editors(request)
        found = [(name, pair) for name, model in BOOKS.items() for pair in suspects(model)]
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "title": _("Suspected duplicates"),
            "total": len(found),
            "page": page,
            "pairs": self._laid_out(request, page.object_list),
            "told": self._told_apart(),
        }
        return TemplateResponse(request, "admin/institutions/suspects.html", context)

    def apart_view(self, request: HttpRequest) -> HttpResponse:
        """Say that two records are not the same, or take that back."""
        self._only_for_editors(request)
        model = BOOKS.get(request.POST.get("book", ""))
        keys = [one for one in request.POST.getlist("key") if model and is_key(model, one)]
        records = list(model._base_manager.filter(pk__in=keys).order_by("pk")) if model else []
        if len(records) == 2:
            act = doubt if request.POST.get("do") == "doubt" else tell_apart
            act(*records, by=request.user)
            names = {"one": records[0], "other": records[1]}
            words = (
                _("“%(one)s” and “%(other)s” are told apart.")
                if act is tell_apart
                else _("“%(one)s” and “%(other)s” are asked about again.")
            )
            self.message_user(request, words % names, messages.SUCCESS)  # type: ignore[attr-defined]
        return redirect("admin:institutions_organisation_suspects")

    def _only_for_editors(self, request: HttpRequest) -> None:
        if not request.user.has_perms(["institutions.change_hostinstitution", "institutions.change_city"]):
            raise PermissionDenied

    def _laid_out(self, request: HttpRequest, found: Sequence[tuple[str, Pair]]) -> list[Suspected]:
        sides = {
            name: self._sides(model, [pair for book, pair in found if book == name]) for name, model in BOOKS.items()
        }
        pairs = []
        for book, pair in found:
            one, other = (sides[book].get(key) for key in (pair.one, pair.other))
            if one and other:
                pairs.append(
                    Suspected(book, (one, other), str(REASONS[pair.reason]), pair.text, self._merge(one, other))
                )
        return pairs

    def _sides(self, model: type[models.Model], pairs: Iterable[Pair]) -> dict[Any, Side]:
        """The records of the pairs by their keys, in a fixed number of queries."""
        keys = {key for pair in pairs for key in (pair.one, pair.other)}
        rows = model._base_manager.filter(pk__in=keys).select_related("country")
        records = list(rows.select_related("city").prefetch_related("names") if model is Organisation else rows)
        used = totals(records, self.admin_site) if records else {}  # type: ignore[attr-defined]
        there = self.admin_site.get_model_admin(model)  # type: ignore[attr-defined]
        return {
            one.pk: Side(one, there.label(one), there.address_of(one), _facts(one), used.get(one.pk, ""))
            for one in records
        }

    def _merge(self, one: Side, other: Side) -> str:
        """The one that an editor checked stays, or else the older one; the page lets it be the other way round."""
        if getattr(one.record, "kind", None) != getattr(other.record, "kind", "") or isinstance(one.record, City):
            return ""
        stays, goes = sorted((one.record, other.record), key=lambda record: (record.checked_at is None, record.pk))
        section = self.admin_site.get_model_admin(SECTIONS[stays.kind])  # type: ignore[attr-defined]
        return str(section.merge_address(goes, stays))

    def _told_apart(self) -> list[tuple[Distinction, str, list[models.Model]]]:
        """The last pairs that were told apart, with their records; those of which one is gone are left out."""
        noted = list(Distinction.objects.all()[:LAST])
        books = {model._meta.label_lower: (name, model) for name, model in BOOKS.items()}
        known = {
            label: model._base_manager.in_bulk(
                {key for one in noted if one.model == label for key in (one.one, one.other)}
            )
            for label, (_name, model) in books.items()
        }
        told = []
        for one in noted:
            records = [known[one.model][key] for key in (one.one, one.other) if key in known[one.model]]
            if len(records) == 2:
                told.append((one, books[one.model][0], records))
        return told


def _facts(record: Any) -> list[str]:
    """What tells records apart: what it is, where, its site, its other names, whether somebody checked it."""
    place = [str(record.country or "")]
    if isinstance(record, City):
        return [one for one in [record.province, *place] if one]
    what = [capfirst(record.get_type_display())]
    names = [record.short_en, record.short_zh_hans, *(str(name) for name in record.names.all())]
    standing = _("Checked") if record.checked_at else _("To check")
    lines = [what, [str(record.city or ""), *place], [record.website], dict.fromkeys(names), [standing]]
    return [" · ".join(filter(None, line)) for line in lines if any(line)]
