"""The address book as a catalogue in memory, in a handful of queries."""

from institutions.models import City, Country, Organisation
from trips.intake.catalogue import Catalogue
from trips.intake.mentions import Party
from trips.models import Theme


def catalogue() -> Catalogue:
    """All organisations with all their names, cities, countries and themes."""
    merged = dict(Organisation.objects.exclude(merged_into=None).values_list("uid", "merged_into__uid"))
    rows = Organisation.objects.select_related("country").prefetch_related("names")
    parties: dict[str, Party] = {}
    for row in sorted(rows, key=lambda one: one.uid in merged):
        names = {
            row.name_en,
            row.name_zh_hans,
            row.short_en,
            row.short_zh_hans,
            *(one.text for one in row.names.all()),
        } - {"", None}
        key = merged.get(row.uid, row.uid)
        own = parties.get(key)
        if own:
            parties[key] = Party(key, own.kind, own.type, (*own.names, *sorted(names)), own.country)
        else:
            parties[key] = Party(key, row.kind, row.type, tuple(sorted(names)), row.country.iso2 if row.country else "")
    cities = [(name, one.name_en) for one in City.objects.all() for name in (one.name_en, one.name_zh_hans) if name]
    themes = [
        (name.strip(), one.slug)
        for one in Theme.objects.all()
        for name in (
            one.name_en,
            one.name_zh_hans,
            *(one.also_en or "").split(","),
            *(one.also_zh_hans or "").split("、"),
        )
        if name and name.strip()
    ]
    countries = [
        (name, one.iso2)
        for one in Country.objects.all()
        for name in (one.name_en, one.name_zh_hans, one.full_name_en, one.full_name_zh_hans, *one.variants.splitlines())
        if name
    ]
    return Catalogue(parties.values(), cities, themes, countries)
