"""The address book as sheets: taken away, worked on elsewhere, brought in again."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.lib.folding import fold
from exchange.lib.languages import CODES, column
from exchange.transfer import Column, Intake, Names, Sheet, choice, field, fields, save_records
from exchange.versions.keeping import keep_many
from institutions.choices import Kind
from institutions.matching import Book, Similar, loaded
from institutions.models import City, Country, Name, Organisation

SECTIONS = ("hostinstitution", "enterprisepartner", "embassy", "organiser", "mediaoutlet")


def countries(_by: Any) -> Names:
    """The countries by their names, codes and what the press calls them."""
    names = ("name_en", "name_zh_hans", "full_name_en", "full_name_zh_hans", "iso2", "iso3")
    pairs = [(name, pk) for pk, *found in Country.objects.values_list("pk", *names) for name in found]
    pairs += [(one, pk) for pk, lines in Country.objects.values_list("pk", "variants") for one in lines.splitlines()]
    return Names(pairs, _("Several countries are called “%(name)s”."), _("There is no country called “%(name)s”."))


def cities(_by: Any) -> Names:
    """The cities by their names in either language, and with their province where several share a name."""
    return Names(
        _city_names(),
        _("Several cities are called “%(name)s”: add the province."),
        _("There is no city called “%(name)s”. Enter it first."),
    )


def _city_names() -> Iterator[tuple[str, int]]:
    for pk, english, chinese, province, in_chinese in City.objects.values_list(
        "pk", "name_en", "name_zh_hans", "province_en", "province_zh_hans"
    ):
        yield from ((english, pk), (chinese, pk), (f"{english}, {province}", pk), (f"{in_chinese}{chinese}", pk))


def organisations(_by: Any, **only: Any) -> Names:
    """The organisations by their numbers and by every name they have or had."""
    current = Organisation.objects.current().filter(**only)
    columns = ("uid", "name_en", "name_zh_hans", "short_en", "short_zh_hans")
    pairs = [(name, pk) for pk, *found in current.values_list("pk", *columns) for name in found]
    pairs += Name.objects.filter(organisation__in=current).values_list("text", "organisation")
    return Names(
        pairs,
        _("Several organisations are called “%(name)s”: write the number of the record."),
        _("There is no organisation called “%(name)s”. Enter it first."),
    )


def _give_addresses(new: list[Any]) -> None:
    """An address for each new record; one that is taken gets a number of its own."""
    lacking = [one for one in new if not one.slug]
    wanted = [slugify(fold(one.name_en))[:45] or one._meta.model_name for one in lacking]
    taken = {slug for one in lacking[:1] for slug in _taken(type(one), set(wanted))}
    for place, (one, slug) in enumerate(zip(lacking, wanted, strict=True)):
        one.slug = f"{slug}-{getattr(one, 'uid', place)}" if slug in taken else slug
        taken.add(one.slug)


def _taken(model: type[models.Model], slugs: set[str]) -> models.QuerySet:
    return model._base_manager.filter(slug__in=slugs).values_list("slug", flat=True)


def _check_organisation(record: Organisation) -> None:
    if record.kind == Kind.EMBASSY and record.country_id is None:
        raise ValidationError({"country": _("An embassy belongs to a country: choose which.")})


def _alike() -> Callable[[Organisation], list[str]]:
    """Which known organisations a new one may be; the address book is read once."""
    book = Book(Organisation)

    def sentences(new: Organisation) -> list[str]:
        names = [(getattr(new, column("name", code)), code) for code in CODES]
        found = book.like_any([pair for pair in names if pair[0]], kind=new.kind, website=new.website)
        return [_sentence(one) for one in loaded(Organisation, found[:3])]

    return sentences


def _sentence(one: Similar) -> str:
    words = gettext("“%(record)s” %(why)s. If it is the same, write its number, %(number)s, in the column “Record”.")
    return words % {"record": one.record, "why": one.why, "number": one.record.uid}


def _save_names(new: list[Any], changed: list[Any], names: list[str], by: Any) -> None:
    owners = list(Organisation.objects.filter(pk__in={one.organisation_id for one in (*new, *changed)}))
    keep_many(owners, by=None, act="found")
    Name.objects.bulk_create(new, batch_size=200)
    if changed:
        Name.objects.bulk_update(changed, names, batch_size=200)
    keep_many(owners, by=by, act="import")


def _of_organisations(found: models.QuerySet) -> models.QuerySet:
    keys = found.order_by().values("pk")
    names = Name.objects.filter(organisation__in=keys).select_related("organisation")
    return names.order_by("organisation__name_en", "organisation", "id")


def _may(verbs: str, *names: str) -> tuple[str, ...]:
    return tuple(f"institutions.{verb}_{name}" for verb in verbs.split() for name in names)


CHECKED = Column(
    "checked",
    lambda: str(_("Checked")),
    lambda one: one.checked_at is not None,
    lambda yes: str(_("yes") if yes else _("no")),
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
        field(Organisation, "country.name_en", names=countries),
        field(Organisation, "city.name_en", names=cities),
        *fields(Organisation, "website", "ror", "wikidata", "founded", "about", "slug"),
        CHECKED,
    ),
    lambda found: found.select_related("city", "country"),
    Intake(
        keys=(("uid",), ("kind", "slug"), ("kind", "name_en"), ("kind", "name_zh_hans")),
        permissions=_may("add change", *SECTIONS),
        open_to=lambda by: Organisation.objects.current(),
        save=save_records,
        complete=_give_addresses,
        check=_check_organisation,
        similar=_alike,
    ),
)
NAMES = Sheet(
    "names",
    _("further names"),
    Name,
    (
        field(Name, "organisation.uid", names=organisations),
        field(Name, "organisation.name_en", name="name", label=_("Name of the organisation"), tells=True),
        field(Name, "text"),
        choice(Name, "language"),
        choice(Name, "kind"),
        *fields(Name, "valid_from", "valid_until", "source"),
    ),
    _of_organisations,
    Intake(
        keys=(("organisation", "kind", "language", "text"),),
        permissions=_may("add change", *SECTIONS, "name"),
        open_to=lambda by: Name.objects.all(),
        save=_save_names,
    ),
)
CITIES = Sheet(
    "cities",
    _("cities"),
    City,
    (
        *fields(City, "name", "province"),
        field(City, "country.name_en", names=countries),
        *fields(City, "latitude", "longitude", "slug"),
    ),
    lambda found: found.select_related("country"),
    Intake(
        keys=(("slug",), ("name_en", "province_en")),
        loose=True,
        permissions=_may("add change", "city"),
        open_to=lambda by: City.objects.all(),
        save=save_records,
        complete=_give_addresses,
    ),
)
COUNTRIES = Sheet(
    "countries",
    _("member states and countries"),
    Country,
    fields(Country, "name", "full_name", "iso2", "iso3", "joined_asean_on", "capital", "variants", "slug"),
)
