"""The two reports of a trip on its form: one fixed place for each language, a row only where something is written."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from exchange.desk import DeskForm, RowFormSet, Rows
from exchange.lib.bilingual import TAGS
from exchange.lib.differences import markup_differences, word_differences
from exchange.lib.freshness import remember
from exchange.lib.html import plain, sanitise
from exchange.lib.languages import SOURCE, TRANSLATION
from trips.choices import Language
from trips.models import Report, Trip


def prefix(language: str) -> str:
    """What the names of a report's fields begin with."""
    return f"report-{language}"


class ReportForm(DeskForm):
    """A new report with nothing but empty paragraphs is no report. Source and translation have a form each."""

    def has_changed(self) -> bool:
        return super().has_changed() and (bool(self.instance.pk) or self._says_something())

    def clean(self) -> dict[str, Any]:
        """The language is not a field of the form, so that Django does not check that there is no other report yet."""
        cleaned = super().clean()
        one = self.instance
        if one._state.adding and Report.objects.filter(trip=one.trip_id, language=one.language).exists():
            raise ValidationError(
                _("Somebody else has written this report since you opened the page. Copy your text, open the trip "
                  "again and put both together.")
            )  # fmt: skip
        return cleaned

    def source_field(self, name: str) -> str:
        return name

    def translation_field(self, name: str) -> str:
        return name

    def sources(self, *, seen: bool = False) -> dict[str, str]:
        """The source texts as they are stored."""
        return {name: sanitise(text) if name == "body" else text for name, text in super().sources(seen=seen).items()}

    def difference(self, before: str, now: str) -> str:
        return ""  # the source beside the translation marks what changed

    def remember_sources(self) -> None:
        """Nothing yet: that needs the forms of both languages, see below."""

    def _says_something(self) -> bool:
        return any(plain(self.data.get(self.add_prefix(name)) or "") for name in Report.prose)


class ReportFormSet(RowFormSet):
    language = ""

    @classmethod
    def get_default_prefix(cls) -> str:
        return prefix(cls.language)

    def get_queryset(self) -> Any:
        """The one report, or none, from what the form has loaded with the trip."""
        reports = self.instance.reports.all() if self.instance.pk else ()
        return [one for one in reports if one.language == self.language]

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **kwargs)
        form.instance.language = self.language
        return form


class ReportRows(Rows):
    """The report in one language."""

    template = "admin/trips/trip/report.html"
    model = Report
    form = ReportForm
    fields = Report.prose
    extra = max_num = 1
    can_delete = False
    language = Language.ENGLISH

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return self.extra

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[forms.BaseInlineFormSet]:
        base = type("ReportFormSet", (ReportFormSet,), {"language": self.language})
        return super().get_formset(request, obj, **{"formset": base, **kwargs})

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        field.widget.attrs["lang"] = TAGS[self.language]
        return field


class EnglishReport(ReportRows):
    language = Language.ENGLISH
    verbose_name = _("report in English")


class ChineseReport(ReportRows):
    language = Language.CHINESE
    verbose_name = _("report in Chinese")


def reports_of(trip: Trip) -> dict[str, Report]:
    """The reports by language; reads what is prefetched."""
    return {one.language: one for one in trip.reports.all()}


def standing(trip: Trip) -> dict[str, str]:
    """How each language's report stands: ``ok``, ``missing``, or ``stale`` where its source changed since."""
    reports = {code: one for code, one in reports_of(trip).items() if not one.is_empty}
    return {code: _standing(reports.get(code)) for code in Language.values}


def _standing(report: Report | None) -> str:
    if report is None:
        return "missing"
    return "stale" if report.stale() else "ok"


def source_beside(trip: Trip) -> dict[str, Any]:
    """The source report as it is shown beside its translation, with what changed since that was made from it."""
    reports = reports_of(trip)
    source, translation = reports.get(SOURCE), reports.get(TRANSLATION)
    if source is None:
        return {}
    stale = translation.stale() if translation else {}
    known = {name: text for name, text in stale.items() if text}
    texts = {name: word_differences(known.get(name, text), text) for name, text in source.texts().items()}
    texts["body"] = markup_differences(known.get("body", source.body), source.body)
    return {"texts": texts, "is_marked": bool(known), "is_newer": bool(stale)}


def remember_sources(formsets: Iterable[Any]) -> bool:
    """Note with the translated report what it is made from; true where one was written or looked at."""
    forms = {one.language: one.forms[0] for one in formsets if isinstance(one, ReportFormSet)}
    source, translation = forms.get(SOURCE), forms.get(TRANSLATION)
    if source is None or translation is None or translation.instance.pk is None:
        return False
    report = translation.instance
    made_from = remember(
        report.made_from,
        was=source.former_sources(),
        seen=source.sources(seen=True),
        now=source.sources(),
        translations=report.texts(),
        looked_at=translation.looked_at,
    )
    if made_from != report.made_from:
        report.made_from = made_from
        report.save(update_fields=["made_from"])
    return bool(translation.looked_at)
