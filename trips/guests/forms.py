"""What a reader can say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trips.models import Agreement, Remark

NAME = forms.TextInput(attrs={"autocomplete": "name"})


class RemarkForm(forms.ModelForm):
    """``sections`` are those that the page shows, as ``(id, heading)``."""

    section = forms.ChoiceField(label=_("About"), required=False)

    class Meta:
        model = Remark
        fields = ("section", "text", "name")
        labels = {"text": _("Your remark"), "name": _("Your name")}
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "name": NAME}

    def __init__(self, sections: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "remark-%s", **kwargs})
        self.fields["section"].choices = sections

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")


class AgreeForm(forms.ModelForm):
    confirm = forms.BooleanField(label=_("I have read this text and agree to it."))

    class Meta:
        model = Agreement
        fields = ("name",)
        labels = {"name": _("Your name")}
        widgets = {"name": NAME}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "agree-%s", **kwargs})
