"""The address book as sheets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.transfer import Column, Sheet, choice, field, fields, yes_or_no
from institutions.models import City, Country, Name, Organisation


def _of_organisations(found: models.QuerySet) -> models.QuerySet:
    keys = found.order_by().values("pk")
    names = Name.objects.filter(organisation__in=keys).select_related("organisation")
    return names.order_by("organisation__name_en", "organisation", "id")


CHECKED = Column(
    "checked",
    lambda: str(_("Checked")),
    lambda one: one.checked_at is not None,
    yes_or_no,
)
ORGANISATIONS = Sheet(
    "organisations",
    _("organisations"),
    Organisation,
    (
        field(Organisation, "uid", label=_("Record")),
        choice(Organisation, "kind"),
        *fields(Organisation, "name", "short"),
        choice(Organisation, "type"),
        field(Organisation, "country.name_en"),
        field(Organisation, "city.name_en"),
        *fields(Organisation, "website", "ror", "wikidata", "founded", "about", "slug"),
        CHECKED,
    ),
    lambda found: found.select_related("city", "country"),
)
NAMES = Sheet(
    "names",
    _("further names"),
    Name,
    (
        field(Name, "organisation.uid"),
        field(Name, "organisation.name_en", name="name", label=_("Name of the organisation")),
        field(Name, "text"),
        choice(Name, "language"),
        choice(Name, "kind"),
        *fields(Name, "valid_from", "valid_until", "source"),
    ),
    _of_organisations,
)
CITIES = Sheet(
    "cities",
    _("cities"),
    City,
    (
        *fields(City, "name", "province"),
        field(City, "country.name_en"),
        *fields(City, "latitude", "longitude", "slug"),
    ),
    lambda found: found.select_related("country"),
)
COUNTRIES = Sheet(
    "countries",
    _("member states and countries"),
    Country,
    fields(Country, "name", "full_name", "iso2", "iso3", "joined_asean_on", "capital", "variants", "slug"),
)
