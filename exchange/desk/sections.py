"""A form in sections, in the order people work. The page shows them as tabs; without scripts, one below the other."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from exchange.desk.actions import Action
from exchange.desk.rows import Rows


class Section:
    """``parts`` are lists of fields, as in ``fieldsets``, and classes of ``Rows``, in the order they stand."""

    def __init__(self, slug: str, label: Any, *parts: Any, hint: Any = "") -> None:
        self.slug, self.label, self.parts, self.hint = slug, label, parts, hint


class Sections:
    """For a ModelAdmin: declares ``sections`` in place of ``fieldsets`` and ``inlines``."""

    sections: tuple[Section, ...] = ()
    change_form_template = "admin/desk/sections.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple]:
        return [(None, {"fields": part}) for one in self.sections for part in one.parts if isinstance(part, list)]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[type[Rows]]:
        return [part for one in self.sections for part in one.parts if isinstance(part, type)]

    def actions_for(self, request: HttpRequest, obj: Any) -> list[Action]:
        """The buttons beside Save."""
        return []

    def menu_for(self, request: HttpRequest, obj: Any) -> list[Action]:
        """The links of the menu at the end of the bar."""
        where = {name: reverse(admin_urlname(self.opts, name), args=[obj.pk]) for name in ("history", "delete")}
        menu = [Action(_("History"), href=where["history"])]
        if self.has_delete_permission(request, obj):
            menu.append(Action(_("Delete"), href=where["delete"], danger=True))
        return menu

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        media, record = context.get("media"), context.get("original")
        if isinstance(media, Media):
            context["media"] = media.with_nonce(str(request.csp_nonce))
        context["sections"] = list(self._shown(context))
        context["actions"] = self.actions_for(request, record) if record else []
        context["menu"] = self.menu_for(request, record) if record else []
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _shown(self, context: dict) -> Iterator[dict[str, Any]]:
        """The sections for the template, without those whose every part the person may not see."""
        fieldsets = iter(context["adminform"])
        rows = {type(one.opts): one for one in context["inline_admin_formsets"]}
        for one in self.sections:
            parts = [{"fieldset": next(fieldsets)} if isinstance(p, list) else {"rows": rows.get(p)} for p in one.parts]
            parts = [part for part in parts if part.get("fieldset") or part.get("rows")]
            if parts:
                yield {"slug": one.slug, "label": one.label, "hint": one.hint, "parts": parts, **_counts(parts)}


def _counts(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """How many rows a section has, where it begins with rows, and how many errors and stale translations."""
    rows = parts[0].get("rows")
    count = rows.formset.initial_form_count() if rows and rows.opts.summary else None
    errors, stale = (sum(map(one, parts)) for one in (_errors, _stale))
    return {"count": count, "errors": errors, "stale": stale}


def _stale(part: dict[str, Any]) -> int:
    """How many translations in these fields or rows are marked."""
    if "fieldset" in part:
        fields = (one.field for line in part["fieldset"] for one in line if not getattr(one, "is_readonly", False))
        return sum(hasattr(one.field, "stale") for one in fields)
    return sum(len(form.stale) for form in part["rows"].formset.forms) if part["rows"].opts.summary else 0


def _errors(part: dict[str, Any]) -> int:
    if "fieldset" in part:
        fields = (one for line in part["fieldset"] for one in line)
        return sum(bool(one.errors()) for one in fields if not getattr(one, "is_readonly", False))
    formset = part["rows"].formset
    return sum(bool(one) for one in formset.errors) + len(formset.non_form_errors()) if formset.is_bound else 0
