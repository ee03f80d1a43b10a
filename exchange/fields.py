"""Model fields that the address book and the record share."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from translated_fields import TranslatedFieldWithFallback

from exchange.lib.freshness import outdated
from exchange.lib.html import sanitise
from exchange.lib.languages import SOURCE, TRANSLATION, column
from exchange.lib.tokens import random_id

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Caption": True,
    "History": True,
}


def pair(field: models.Field, *, second_optional: bool = False) -> TranslatedFieldWithFallback:
    """One text in both content languages: columns ``name_en`` and ``name_zh_hans``, read as ``name`` with fallback.

    ``second_optional`` lets the Chinese column stay empty where the English one must not.
    """
    special = {"zh-hans": {"blank": True}} if second_optional else {}
    return TranslatedFieldWithFallback(field, special, languages=settings.CONTENT_LANGUAGES)


class RichTextField(ProseEditorField):
    """Rich text that is sanitised on every way into the database: forms, ``save``, ``update``, bulk calls."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", EXTENSIONS)
        super().__init__(*args, sanitize=sanitise, **{k: v for k, v in kwargs.items() if k != "sanitize"})

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return sanitise(value) if isinstance(value, str) else value


class WebAddressField(models.URLField):
    """An absolute http or https address, empty where there is none."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "max_length": 500, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


def web_address(field: str, name: str) -> models.CheckConstraint:
    """The database's own rule that a column is empty or an http(s) address."""
    allowed = models.Q(**{field: ""}) | models.Q(**{f"{field}__startswith": "https://"})
    return models.CheckConstraint(
        condition=allowed | models.Q(**{f"{field}__startswith": "http://"}),
        name=name,
        violation_error_message=_("A link starts with https:// or http://."),
    )


class RandomIdField(models.CharField):
    """A short random identifier that stands for a row in public documents."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 12, "unique": True, "editable": False, "default": random_id, **kwargs})


class Translated(models.Model):
    """Texts in both languages, of which the translation remembers the source text it was made from.

    ``prose`` names the pairs that are translated. Names of persons and credits are not among them: they are facts,
    which each language writes in its own way.
    """

    made_from = models.JSONField(default=dict, editable=False)  # see exchange.lib.freshness
    prose: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def sources(self) -> dict[str, str]:
        """The texts that are translated, by name."""
        return {name: getattr(self, column(name, SOURCE)) for name in self.prose}

    def translations(self) -> dict[str, str]:
        """The translated texts, by name."""
        return {name: getattr(self, column(name, TRANSLATION)) for name in self.prose}

    def stale(self) -> dict[str, str]:
        """The translations whose source changed since, each with the source text it was made from."""
        return outdated(self.made_from, self.sources(), self.translations())


class Demonstration(models.Model):
    """Marks rows that came with the demonstration, so that they can be told apart and removed."""

    demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    class Meta:
        abstract = True


__all__ = [
    "Demonstration",
    "RandomIdField",
    "RichTextField",
    "Translated",
    "WebAddressField",
    "pair",
    "web_address",
]
