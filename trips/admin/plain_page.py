"""Pages that staff write, on the desk: the list and the form."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import Action, DeskForm, Section, Sections, words
from exchange.lib.differences import markup_differences, word_differences
from exchange.lib.html import sanitise
from exchange.lib.languages import CODES, column
from exchange.versions.pages import Versioned
from trips import plain_pages
from trips.admin.page_verbs import PageVerbs, previews
from trips.admin.previews import LABELS
from trips.choices import TripState
from trips.models import PageEdition, PlainPage


class PageForm(DeskForm):
    """A form whose text is rich: what is compared is what would be stored."""

    def sources(self, *, seen: bool = False) -> dict[str, str]:
        return {name: sanitise(text) if name == "body" else text for name, text in super().sources(seen=seen).items()}

    def difference(self, before: str, now: str) -> str:
        differences = markup_differences if before.startswith("<") else word_differences
        return differences(before, now) if before else ""


@admin.register(PlainPage)
class PlainPageAdmin(PageVerbs, Sections, Versioned):
    form = PageForm
    list_display = ("title", "state", "place", "languages", "saved")
    list_display_links = ("title",)
    list_filter = ("place",)
    search_fields = ("title_en", "title_zh_hans", "slug")
    prepopulated_fields = {"slug": ("title_en",)}
    sections = (
        Section(
            "text",
            _("Text"),
            [("title_en", "title_zh_hans"), ("body_en", "body_zh_hans")],
            hint=_("A language that is left empty shows the other one, and says so."),
        ),
        Section("place", _("Address and links"), ["slug", ("place", "position")]),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Each with what is known of its publications, without their texts."""
        editions = Prefetch("editions", PageEdition.objects.defer("document"))
        return super().get_queryset(request).prefetch_related(editions, "withdrawals")

    def has_delete_permission(self, request: HttpRequest, obj: PlainPage | None = None) -> bool:
        """What was public once stays on record: it is withdrawn, not deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.editions.all())

    @admin.display(description=_("page"), ordering="title_en")
    def title(self, page: PlainPage) -> SafeString:
        return format_html('<b>{}</b><span class="sub">/pages/{}/</span>', page, page.slug)

    @admin.display(description=_("state"))
    def state(self, page: PlainPage) -> SafeString:
        return words.state(plain_pages.state_of(page))

    @admin.display(description=_("languages"))
    def languages(self, page: PlainPage) -> SafeString:
        """Those in which there is a text."""
        stale = {CODES[1]} if page.stale() else set()
        written = {code: getattr(page, column("body", code)) for code in CODES}
        how = {code: "stale" if code in stale else "ok" if written[code] else "missing" for code in CODES}
        notes = {"ok": "", "stale": gettext("stale"), "missing": gettext("missing")}
        marks = ((how[code], LABELS[code], f" · {notes[how[code]]}" if notes[how[code]] else "") for code in CODES)
        return format_html_join("", '<span class="lang {}">{}{}</span>', marks)

    @admin.display(description=_("last saved"), ordering="updated_at")
    def saved(self, page: PlainPage) -> str:
        return words.at_minute(page.updated_at)

    # The form

    def actions_for(self, request: HttpRequest, obj: PlainPage) -> list[Action]:
        may = request.user.has_perm(plain_pages.PUBLISH)
        return [Action(_("Publish…"), name="publish", loud=True)] if may else []

    def menu_for(self, request: HttpRequest, obj: PlainPage) -> list[Action]:
        menu, public = [], plain_pages.public_edition(obj)
        if public:
            menu.append(Action(_("View public page"), href=f"/{words.language()}/pages/{public.slug}/"))
        if public and request.user.has_perm(plain_pages.PUBLISH):
            menu.append(Action(_("Withdraw…"), href=reverse("admin:trips_plainpage_withdraw", args=[obj.pk])))
        return [*menu, *super().menu_for(request, obj)]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        if page := context.get("original"):
            context["state"] = TripState(plain_pages.state_of(page))
            context["previews"] = previews(page)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: PlainPage, form: Any, change: bool) -> None:
        obj.edited_by = request.user
        super().save_model(request, obj, form, change)

    def after_restore(self, request: HttpRequest, record: PlainPage) -> None:
        """Whoever brings a text back answers for it as for one's own."""
        record.edited_by = request.user
        record.save(update_fields=["edited_by", "updated_at"])

    def response_change(self, request: HttpRequest, obj: PlainPage) -> HttpResponse:
        if request.POST.get("_action") == "publish":
            return redirect("admin:trips_plainpage_publish", obj.pk)
        return super().response_change(request, obj)
