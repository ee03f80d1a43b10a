"""The five sections of the address book: proxies of one table, each with its kind."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from institutions.choices import Kind
from institutions.models.organisation import Organisation
from institutions.querysets import SectionManager


class OfKind:
    """What the sections have in common: a new record gets the section's kind."""

    KIND: Kind

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.kind:
            self.kind = self.KIND


class HostInstitution(OfKind, Organisation):
    """Universities, polytechnics, colleges and centres of international organisations."""

    KIND = Kind.HOST
    objects = SectionManager(Kind.HOST)

    class Meta:
        proxy = True
        verbose_name = _("host institution")
        verbose_name_plural = _("host institutions")


class EnterprisePartner(OfKind, Organisation):
    """Companies that work with colleges and receive delegations."""

    KIND = Kind.ENTERPRISE
    objects = SectionManager(Kind.ENTERPRISE)

    class Meta:
        proxy = True
        verbose_name = _("enterprise partner")
        verbose_name_plural = _("enterprise partners")


class Embassy(OfKind, Organisation):
    """Embassies and consulates: the usual senders of delegations."""

    KIND = Kind.EMBASSY
    objects = SectionManager(Kind.EMBASSY)

    class Meta:
        proxy = True
        verbose_name = _("embassy")
        verbose_name_plural = _("embassies")


class Organiser(OfKind, Organisation):
    """Those who initiate, organise or support exchanges."""

    KIND = Kind.ORGANISER
    objects = SectionManager(Kind.ORGANISER)

    class Meta:
        proxy = True
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")


class MediaOutlet(OfKind, Organisation):
    """Newspapers, broadcasters and sites that report."""

    KIND = Kind.MEDIA
    objects = SectionManager(Kind.MEDIA)

    class Meta:
        proxy = True
        verbose_name = _("media outlet")
        verbose_name_plural = _("media outlets")


SECTIONS: dict[str, type[Organisation]] = {
    one.KIND: one for one in (HostInstitution, EnterprisePartner, Embassy, Organiser, MediaOutlet)
}
