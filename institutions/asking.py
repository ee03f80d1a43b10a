"""Before a record is entered a second time: those that are like it are shown while its name is typed, and asked about
once when it is saved."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from exchange.desk import DeskForm
from exchange.desk.known import is_key
from exchange.lib.languages import CODES, column
from institutions.matching import NAME, SHORT, SHOWN, Alike, Similar, current, loaded

ANOTHER = "another"  # what was answered: the keys of the records that this one is not
ASKED = _("There are records like this one. Use one of them, or say that this is another one.")
KEYS = 400  # characters of such an answer that are read


class Shown(NamedTuple):
    """A record that is like the one that is entered: the page that shows it, and the one that chooses it, if any."""

    similar: Similar
    label: str
    address: str
    use: str


class AskingForm(DeskForm):
    """Refuses a new record once for each set of records that are like it, unless the sender saw them all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[Alike] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk is None:
            self.alike = alike(type(self.instance), self.cleaned_data)
            if not {str(one.key) for one in self.alike} <= set(answered(self.data)):
                self.add_error(None, ValidationError(ASKED, "alike"))
        return cleaned


def answered(data: Mapping[str, Any]) -> list[str]:
    return str(data.get(ANOTHER) or "")[:KEYS].split(",")


def alike(model: type[models.Model], values: Mapping[str, Any]) -> list[Alike]:
    """The records that are like what is entered in a form, the first of them."""
    names = [
        (text, code)
        for part in (NAME, SHORT)
        for code in CODES
        if (text := str(values.get(column(part, code)) or "").strip())
    ]
    website = str(values.get("website") or "")
    if not names and not website:
        return []
    more = {"kind": getattr(model, "KIND", None), "website": website}
    with current(model._meta.concrete_model) as book:  # type: ignore[arg-type]
        return book.like_any(names or [("", CODES[0])], **more)[:SHOWN]


class Asking:
    """For the admin of a section of the address book."""

    form = AskingForm
    change_form_template = "admin/institutions/record.html"

    def get_urls(self) -> list[Any]:
        guard, name = self.admin_site.admin_view, f"institutions_{self.opts.model_name}"  # type: ignore[attr-defined]
        own = [
            path("similar/", guard(self.similar_view), name=f"{name}_similar"),
            path("use/<int:pk>/", guard(self.use_view), name=f"{name}_use"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def similar_view(self, request: HttpRequest) -> HttpResponse:
        """The records that are like what was typed so far, as a piece of the page."""
        self._only_for_those_who_add(request)
        found = alike(self.model, request.GET)  # type: ignore[attr-defined]
        answer = set(answered(request.GET))
        return TemplateResponse(request, "admin/institutions/_similar.html", self._asked(request, found, answer))

    def use_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose a record that is there in place of a new one: for the window that was opened from another form."""
        self._only_for_those_who_add(request)
        key = pk if is_key(self.model, pk) else None  # type: ignore[attr-defined]
        record = self.get_queryset(request).filter(pk=key).first()  # type: ignore[attr-defined]
        if record is None:
            raise Http404
        chosen = json.dumps({"value": str(record.pk), "obj": self.label(record)})  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/popup_response.html", {"popup_response_data": chosen})

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        form = context["adminform"].form
        if form.instance.pk is None:
            context["similar_address"] = reverse(f"admin:institutions_{self.opts.model_name}_similar")  # type: ignore[attr-defined]
            context |= self._asked(request, form.alike, set(answered(form.data)))
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _asked(self, request: HttpRequest, found: list[Alike], answer: set[str]) -> dict[str, Any]:
        keys = [str(one.key) for one in found]
        told = list(self._described(request, loaded(self._table(), found)))
        return {"alike": told, "alike_keys": ",".join(keys), "is_another": bool(keys) and {*keys} <= answer}

    def _table(self) -> type[models.Model]:
        return self.model._meta.concrete_model  # type: ignore[attr-defined, no-any-return]

    def _described(self, request: HttpRequest, found: Iterable[Similar]) -> Iterable[Shown]:
        """Of a section of its own, a record can be chosen where the new one would have been."""
        there = self.admin_site.get_model_admin(self._table())  # type: ignore[attr-defined]
        is_popup = "_popup" in request.GET or "_popup" in request.POST
        for one in found:
            is_own = getattr(one.record, "kind", None) == getattr(self.model, "KIND", None)  # type: ignore[attr-defined]
            use = reverse(f"admin:institutions_{self.opts.model_name}_use", args=[one.record.pk])  # type: ignore[attr-defined]
            yield Shown(one, there.label(one.record), there.address_of(one.record), use if is_popup and is_own else "")

    def _only_for_those_who_add(self, request: HttpRequest) -> None:
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
