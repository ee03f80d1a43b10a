"""What a person who has to choose between two versions is shown: both texts, who saved the other, what was merged."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_prose_editor.widgets import ProseEditorWidget

from exchange.desk.known import label_of
from exchange.desk.words import language
from exchange.lib.bilingual import COMMAS
from exchange.lib.html import paragraphs
from exchange.lib.side_by_side import beside
from exchange.models import Version

COLLISION = "collision"  # the code of an error that is a choice between two versions
THEIRS = "theirs:"  # and the name of a field: its stored value is to stay
SINCE = "@"  # among the fingerprints: when the form was opened


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed."""

    bound: BoundField
    yours: SafeString
    theirs: SafeString
    takes: bool

    @property
    def name(self) -> str:
        return THEIRS + self.bound.html_name

    @property
    def anchor(self) -> str:
        return f"conflict-{self.bound.html_name}"


def conflict(form: Any, name: str, takes: bool) -> Conflict:
    """The stored version of a field beside the one that was sent."""
    field, bound = form.fields[name], form[name]
    sent = form.cleaned_data.get(name, bound.value())
    stored, own = in_words(field, form.get_initial_for_field(field, name)), in_words(field, sent)
    if stored == own:  # the same words in another dress
        theirs = yours = format_html_join("", "<p>{}</p>", ((one,) for one in own))
    else:
        theirs, yours = beside(stored, own)
    return Conflict(bound, yours, theirs, takes)


def in_words(field: forms.Field, value: Any) -> list[str]:
    """A value as paragraphs that people can read; none for an empty one."""
    if isinstance(value, bool):
        return [_("Yes") if value else _("No")]
    if value in (None, "") or value == []:
        return []
    if isinstance(field, forms.ModelMultipleChoiceField):
        return [", ".join(sorted(label_of(one) if isinstance(one, models.Model) else str(one) for one in value))]
    if isinstance(field, forms.ModelChoiceField):
        return [label_of(field.to_python(value))]
    if isinstance(field, forms.ChoiceField):
        return [str(dict(field.choices).get(value, value))]  # type: ignore[arg-type]
    if isinstance(field.widget, ProseEditorWidget):
        return paragraphs(str(value))
    return str(localize(value)).splitlines()


def summary(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any] | None:
    """For the top of a form that was sent back: the fields both changed, those merged, and by whom; else None."""
    named = [
        (label, form)
        for label, form in _forms(context)
        if getattr(form, "conflicts", {}) or getattr(form, "merged", [])
    ]
    if request.method != "POST" or not named:
        return None
    fields = [(label + str(one.bound.label), one) for label, form in named for one in form.conflicts.values()]
    merged = [label + str(form[name].label) for label, form in named for name in form.merged]
    comma = COMMAS[language()]
    return {
        "fields": fields,
        "merged": comma.join(merged),
        "who": comma.join(_others(request, context["adminform"].form)),
    }


def is_all(context: dict[str, Any]) -> bool:
    """True when nothing else is wrong with the page than choices that the summary names."""
    if any(inline.formset.non_form_errors() for inline in context["inline_admin_formsets"]):
        return False
    errors = (one for _label, form in _forms(context) for told in form.errors.as_data().values() for one in told)
    return all(one.code == COLLISION for one in errors)


def _forms(context: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every form of the page with the words that its fields' labels need before them."""
    yield "", context["adminform"].form
    for inline in context["inline_admin_formsets"]:
        kind = capfirst(str(inline.opts.verbose_name))
        for number, form in enumerate(inline.formset.forms, start=1):
            yield f"{kind}: " if inline.formset.max_num == 1 else f"{kind} {number}: ", form


def _others(request: HttpRequest, form: Any) -> list[str]:
    """The names of those who saved the record since the form was opened, the latest first."""
    try:
        since = dt.datetime.fromtimestamp(form.seen_before[SINCE], dt.UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):  # it comes from the browser
        return []
    model = form.instance._meta.concrete_model._meta.label_lower
    saved = Version.objects.filter(model=model, record=str(form.instance.pk), at__gte=since).exclude(by=None)
    entries = saved.exclude(by=request.user).defer("document").order_by("-pk")[:20]
    return list(dict.fromkeys(one.by_name for one in entries))
