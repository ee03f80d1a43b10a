from django.core.validators import FileExtensionValidator, MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import RandomIdField, Translated, WebAddressField, pair, web_address
from exchange.lib.tokens import random_id
from institutions.models import MediaOutlet
from trips.choices import Consent, SourceLanguage
from trips.models.trip import Trip


def original_path(photo: "Photo", name: str) -> str:
    return f"photos/{photo.uid}/{random_id()}.jpg"


def rendition_path(rendition: "Rendition", name: str) -> str:
    return f"photos/{rendition.photo.uid}/{rendition.width}-{random_id()}.{rendition.format}"


def document_path(document: "Document", name: str) -> str:
    return f"documents/{document.uid}/{random_id()}.pdf"


class Photo(Translated):
    """A picture of a trip. The stored file is re-encoded on upload and carries no metadata."""

    prose = ("caption", "alt")

    uid = RandomIdField()
    trip = models.ForeignKey(Trip, models.CASCADE, related_name="photos")
    image = models.ImageField(_("picture"), upload_to=original_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = pair(
        models.CharField(
            _("alternative text"),
            max_length=300,
            blank=True,
            help_text=_("What is to be seen, for those who cannot."),
        )
    )
    caption = pair(models.CharField(_("caption"), max_length=300, blank=True))
    credit = pair(models.CharField(_("credit"), max_length=120, blank=True))
    consent = models.CharField(_("basis for showing it"), max_length=16, choices=Consent, blank=True)
    focus_x = models.PositiveSmallIntegerField(
        _("focal point, per cent from the left"), default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focal point, per cent from the top"), default=50, validators=[MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focus_x__lte=100, focus_y__lte=100),
                name="the_focal_point_is_in_the_picture",
            )
        ]

    def __str__(self) -> str:
        return self.caption or self.alt or self.uid


class Rendition(models.Model):
    """A photo at one width in one format, made once and served as it is."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="renditions")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    format = models.CharField(max_length=4)
    file = models.FileField(upload_to=rendition_path)

    class Meta:
        ordering = ["format", "width"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "width", "format"], name="one_rendition_per_width_and_format")
        ]

    def __str__(self) -> str:
        return f"{self.photo_id} {self.width}.{self.format}"


class Document(Translated):
    """A file to hand out: an agenda, a joint statement, an agreement."""

    prose = ("title",)

    uid = RandomIdField()
    trip = models.ForeignKey(Trip, models.CASCADE, related_name="documents")
    title = pair(models.CharField(_("title"), max_length=200), second_optional=True)
    language = models.CharField(_("language"), max_length=8, choices=SourceLanguage, default=SourceLanguage.ENGLISH)
    file = models.FileField(_("file (PDF)"), upload_to=document_path, validators=[FileExtensionValidator(["pdf"])])
    public = models.BooleanField(_("public"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Coverage(models.Model):
    """One press item. An outlet alone is enough: reports often name only the paper."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="coverage")
    outlet = models.ForeignKey(MediaOutlet, models.PROTECT, verbose_name=_("outlet"), related_name="coverage")
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    link = WebAddressField(_("link"))
    date = models.DateField(_("date"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=SourceLanguage, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("press item")
        verbose_name_plural = _("press coverage")
        ordering = ["position", "id"]
        constraints = [web_address("link", "a_press_item_links_to_a_web_address")]

    def __str__(self) -> str:
        return self.headline or str(self.outlet)
