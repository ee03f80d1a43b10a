"""The pages of what is done with a page that staff write: seen, published, withdrawn."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk.words import language as desk_language
from exchange.lib.bilingual import TAGS, listed
from exchange.lib.differences import markup_differences, word_differences
from exchange.lib.languages import CODES, NAMES, other
from trips import plain_pages
from trips.admin.previews import LABELS, WORKING_COPY
from trips.admin.verb_forms import ReasonForm, VerbForm
from trips.choices import Place, TripState
from trips.edition.plain_page import frozen_page
from trips.edition.schema import PagePayload
from trips.models import PageEdition, PlainPage
from trips.renderings import plain_page

ZONE = ZoneInfo(settings.TIME_ZONE)


class PublishPageForm(VerbForm):
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(label=_("What changed (optional, for the history)"), required=False, max_length=300)


@dataclass
class PagePublication:
    """What publishing the working copy of a page would publish. ``before`` is what is public now."""

    page: PlainPage
    payload: PagePayload
    digest: str
    before: PageEdition | None

    @property
    def is_unchanged(self) -> bool:
        return bool(self.before and self.before.digest == self.digest)

    @property
    def addresses(self) -> list[str]:
        return [f"/{code}/pages/{self.payload['slug']}/" for code in CODES]

    @property
    def place(self) -> str:
        return str(Place(self.payload["place"]).label)

    @property
    def written(self) -> SafeString:
        """The languages that have a text."""
        return listed((NAMES[code] for code in CODES if self.payload["body"][code]), desk_language()) or SafeString("—")

    @property
    def missing(self) -> str:
        """The language that has none, where the other has one."""
        empty = [NAMES[code] for code in CODES if not self.payload["body"][code]]
        return empty[0] if len(empty) == 1 else ""

    @cached_property
    def differences(self) -> list[tuple[str, SafeString]]:
        """What readers will find changed: each with what went and what came."""
        if self.before is None:
            return []
        old, new = _lines(self.before.payload), _lines(self.payload)
        return [
            (label, (markup_differences if name == "body" else word_differences)(old[name, label], new[name, label]))
            for name, label in new
            if old[name, label] != new[name, label]
        ]


def _lines(payload: PagePayload) -> dict[tuple[str, str], str]:
    pairs = (("title", gettext("Title")), ("body", gettext("Text")))
    texts = {(name, f"{label}, {NAMES[code]}"): payload[name][code] for name, label in pairs for code in CODES}  # type: ignore[literal-required]
    place = str(Place(payload["place"]).label)
    facts = {"slug": (gettext("Address"), payload["slug"]), "place": (gettext("Linked from"), place)}
    facts["position"] = gettext("Order"), str(payload["position"])
    return texts | {(name, label): value for name, (label, value) in facts.items()}


class PageVerbs:
    """For the admin of pages: a page for each verb, and the page as the public would see it."""

    def get_urls(self) -> list[Any]:
        pages = (
            ("preview/<str:language>/", self.preview_view, "preview"),
            ("publish/", self.publish_view, "publish"),
            ("withdraw/", self.withdraw_view, "withdraw"),
        )
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [path(f"<int:pk>/{tail}", guard(view), name=f"trips_plainpage_{name}") for tail, view, name in pages]
        return own + super().get_urls()  # type: ignore[misc]

    def preview_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """The working copy in the dress of the public page. Nothing is written."""
        page = self._page(request, pk, "trips.view_plainpage")
        if language not in CODES:
            raise Http404
        switch = reverse("admin:trips_plainpage_preview", args=[page.pk, other(language)])
        payload = json.loads(frozen_page(page)[0])
        html = plain_page.render(payload, language, preview=WORKING_COPY, switch=switch)
        return HttpResponse(html, headers={"Cache-Control": "no-store"})

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The working copy becomes the public page, exactly as it was seen."""
        page = self._page(request, pk, plain_pages.PUBLISH)
        form = PublishPageForm(ZONE, request.POST or None)

        def act(wanted: dict[str, Any]) -> str:
            plain_pages.publish(page, by=request.user, **wanted)
            return gettext("The page is public.")

        return self._acted(request, page, form, act) or self._answer(request, page, "publish", _("Publish “%s”"), form)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page goes out of public sight; the reason stands in its place."""
        page = self._page(request, pk, plain_pages.PUBLISH)
        form = ReasonForm(ZONE, request.POST or None)

        def act(wanted: dict[str, Any]) -> str:
            plain_pages.withdraw(page, by=request.user, **wanted)
            return gettext("It is withdrawn.")

        return self._acted(request, page, form, act) or self._answer(
            request, page, "withdraw", _("Withdraw “%s”"), form
        )

    def _page(self, request: HttpRequest, pk: int, permission: str) -> PlainPage:
        page = self.get_queryset(request).filter(pk=pk).first()  # type: ignore[attr-defined]
        if page is None:
            raise Http404
        if not request.user.has_perms(["trips.view_plainpage", permission]):
            raise PermissionDenied
        return page

    def _acted(
        self, request: HttpRequest, page: PlainPage, form: VerbForm, act: Callable[[dict[str, Any]], str]
    ) -> HttpResponse | None:
        if request.method != "POST" or not form.is_valid():
            return None
        try:
            self.message_user(request, act(form.cleaned_data), messages.SUCCESS)  # type: ignore[attr-defined]
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return None
        return redirect("admin:trips_plainpage_change", page.pk)

    def _answer(self, request: HttpRequest, page: PlainPage, verb: str, title: Any, form: VerbForm) -> HttpResponse:
        page = self._page(request, page.pk, plain_pages.PUBLISH)  # as it is after a refusal
        document, digest = frozen_page(page)
        public = plain_pages.public_edition(page)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": page,
            "title": title % page,
            "state": TripState(plain_pages.state_of(page)),
            "form": form,
            "public": public,
            "previews": previews(page),
            "what": PagePublication(page, json.loads(document), digest, public),
            "gone": [f"/{code}/pages/{public.slug}/" for code in CODES] if public else [],
        }
        return TemplateResponse(request, f"admin/trips/plainpage/{verb}.html", context)


def previews(page: PlainPage) -> list[dict[str, str]]:
    """Links to the working copy as a page, one for each language."""
    return [
        {
            "href": reverse("admin:trips_plainpage_preview", args=[page.pk, code]),
            "lang": TAGS[code],
            "label": LABELS[code],
        }
        for code in CODES
    ]
