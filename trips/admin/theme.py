from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from exchange.desk import Addressed, Section, Sections
from exchange.transfer import Exporting
from exchange.versions.pages import Versioned
from trips import sheets
from trips.models import Theme


@admin.register(Theme)
class ThemeAdmin(Exporting, Addressed, Sections, Versioned):
    sheets = (sheets.THEMES,)
    list_display = ("name_en", "name_zh_hans", "concept")
    list_filter = ("concept",)
    search_fields = ("name_en", "name_zh_hans", "also_en", "also_zh_hans")
    prepopulated_fields = {"slug": ("name_en",)}
    sections = (
        Section(
            "facts",
            _("Facts"),
            [
                ("name_en", "name_zh_hans"),
                "slug",
                "concept",
                ("also_en", "also_zh_hans"),
                ("about_en", "about_zh_hans"),
            ],
        ),
    )
