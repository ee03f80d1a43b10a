"""Pages that staff write: about the site, how to reach the office, how we count. The desk, the press, the public."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import Demonstration, RichTextField, Translated, pair
from exchange.lib.plain import check_one_line
from trips.choices import Place
from trips.models.edition import Permanent, Sealed
from trips.querysets import PageEditionQuerySet


class PlainPage(Demonstration, Translated):
    """The working copy of a page. The public sees what was published of it."""

    prose = ("title", "body")

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("The last part of the page's address.")
    )
    title = pair(
        models.CharField(
            _("title"),
            max_length=60,
            blank=True,
            validators=[check_one_line],
            help_text=_("It stands above the page and in the menu: a few words."),
        )
    )
    body = pair(RichTextField(_("text"), blank=True))
    place = models.CharField(_("linked from"), max_length=8, choices=Place, default=Place.FOOTER)
    position = models.PositiveSmallIntegerField(
        _("order"), default=10, help_text=_("Pages with a smaller number come first.")
    )
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "slug"]
        permissions = [("publish_plainpage", "Can publish and withdraw pages")]

    def __str__(self) -> str:
        return self.title or self.slug

    def clean(self) -> None:
        super().clean()
        if not (self.title_en or self.title_zh_hans):
            raise ValidationError({"title_en": _("Give the page a title, in one language at least.")})


class PageEdition(Permanent, Sealed):
    """What was published of a page at one time.

    ``slug``, ``place``, ``position`` and the titles repeat what the document says, for menus and for finding it.
    """

    page = models.ForeignKey(PlainPage, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(editable=False)
    slug = models.SlugField(max_length=80, editable=False)
    title_en = models.CharField(max_length=60, blank=True, editable=False)
    title_zh_hans = models.CharField(max_length=60, blank=True, editable=False)
    place = models.CharField(max_length=8, choices=Place, editable=False)
    position = models.PositiveSmallIntegerField(editable=False)
    note = models.CharField(max_length=300, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False
    )
    published_at = models.DateTimeField(editable=False)

    objects = PageEditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a page")
        verbose_name_plural = _("editions of pages")
        ordering = ["page", "-number"]
        default_permissions = ()
        indexes = [models.Index(fields=["slug"])]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_edition_per_page_and_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="editions_of_pages_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.slug}, {self.number}"


class PageWithdrawal(models.Model):
    """The later fact that the editions of a page up to ``last`` are no longer public."""

    page = models.ForeignKey(PlainPage, models.PROTECT, related_name="withdrawals")
    last = models.PositiveIntegerField()
    reason_en = models.CharField(_("reason, English"), max_length=500)
    reason_zh_hans = models.CharField(_("reason, Chinese"), max_length=500, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    withdrawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("withdrawal of a page")
        verbose_name_plural = _("withdrawals of pages")
        ordering = ["-withdrawn_at", "-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id} 1-{self.last}"
